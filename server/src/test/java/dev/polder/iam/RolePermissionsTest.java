package dev.polder.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.dynamodb.DynamoDbService;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

class RolePermissionsTest {
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
      """;
  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Action": ["dynamodb:BatchWriteItem", "dynamodb:Query", "dynamodb:Delete*", "s3:GetObject"],
       "Resource": ["arn:aws:dynamodb:us-east-1:000000000000:table/Post",
        "arn:aws:dynamodb:us-east-1:000000000000:table/Comment/index/*", "arn:aws:s3:::lake/in/*"]}]}
      """;
  private static final String SESSION = "arn:aws:sts::000000000000:assumed-role/fn/post";

  @TempDir Path directory;
  private TestPlatform platform;
  private IamService service;
  private String address = Caller.LOOPBACK;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    service = platform.add(IamService::new);
    iam().createRole(r -> r.roleName("fn").assumeRolePolicyDocument(TRUST));
    iam().putRolePolicy(r -> r.roleName("fn").policyName("p").policyDocument(POLICY));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private IamClient iam() {
    return platform.client(IamClient.class);
  }

  private Optional<String> denial(
      String arn, String service, String operation, Map<String, Object> members) {
    return this.service
        .permissions()
        .denial(
            new Caller("ASIA", "000000000000", arn, "AROA:post", address),
            Scope.DEFAULT,
            service,
            operation,
            () -> Map.copyOf(members));
  }

  @Test
  void aSessionMayDoWhatThePoliciesOfItsRoleAllow() {
    assertThat(denial(SESSION, "dynamodb", "DeleteItem", Map.of("TableName", "Post"))).isEmpty();
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "Query",
                Map.of("TableName", "Comment", "IndexName", "byPost")))
        .isEmpty();
    assertThat(denial(SESSION, "s3", "HeadObject", Map.of("Bucket", "lake", "Key", "in/a")))
        .isEmpty();
    assertThat(denial(SESSION, "sts", "GetCallerIdentity", Map.of())).isEmpty();
  }

  @Test
  void aDenialNamesCallerActionAndResource() {
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post")))
        .contains(
            "User: "
                + SESSION
                + " is not authorized to perform: dynamodb:PutItem on resource:"
                + " arn:aws:dynamodb:us-east-1:000000000000:table/Post because no identity-based"
                + " policy allows the dynamodb:PutItem action");
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "BatchWriteItem",
                Map.of("RequestItems", Map.of("Comment", List.of()))))
        .get()
        .asString()
        .contains("dynamodb:BatchWriteItem on resource", "table/Comment because");
    assertThat(denial(SESSION, "s3", "GetObject", Map.of("Bucket", "lake", "Key", "out/a")))
        .get()
        .asString()
        .contains("s3:GetObject on resource: arn:aws:s3:::lake/out/a because");
  }

  @Test
  void aTransactionNeedsWhatItsPartsNeed() {
    var put = Map.of("Put", Map.of("TableName", "Post"));
    var delete = Map.of("Delete", Map.of("TableName", "Post"));
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "TransactWriteItems",
                Map.of("TransactItems", List.of(delete))))
        .isEmpty();
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "TransactWriteItems",
                Map.of("TransactItems", List.of(delete, put))))
        .get()
        .asString()
        .contains("dynamodb:PutItem");
  }

  @Test
  void aChangedPolicyCountsAtOnce() {
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isPresent();
    iam()
        .attachRolePolicy(
            r -> r.roleName("fn").policyArn("arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isEmpty();
    iam()
        .putRolePolicy(r ->
            r.roleName("fn")
                .policyName("no")
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}"));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post")))
        .get()
        .asString()
        .endsWith("with an explicit deny in an identity-based policy");
  }

  @Test
  void rootAndSessionsOfRolesThatAreNotHereAreNotRestricted() {
    String root = "arn:aws:iam::000000000000:root";
    String stranger = "arn:aws:sts::000000000000:assumed-role/stranger/x";
    assertThat(denial(root, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isEmpty();
    assertThat(denial(stranger, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isEmpty();
  }

  @Test
  void aRoleWithAPolicyThatIsNotKnownIsNotRestricted() {
    iam()
        .attachRolePolicy(
            r -> r.roleName("fn").policyArn("arn:aws:iam::aws:policy/AmazonBraketFullAccess"));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isEmpty();
  }

  private static String allow(String more) {
    return ("{'Statement':[{'Effect':'Allow'," + more + "}]}").replace('\'', '"');
  }

  private String managed(String name, String document) {
    return iam().createPolicy(b -> b.policyName(name).policyDocument(document)).policy().arn();
  }

  @Test
  void anAttachedPolicyOfTheAccountCountsWithItsDefaultVersion() {
    String arn = managed("tables", allow("'Action':'dynamodb:PutItem','Resource':'*'"));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isPresent();
    iam().attachRolePolicy(r -> r.roleName("fn").policyArn(arn));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isEmpty();
    iam()
        .createPolicyVersion(b ->
            b.policyArn(arn)
                .policyDocument(allow("'Action':'dynamodb:GetItem','Resource':'*'"))
                .setAsDefault(true));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isPresent();
    iam().setDefaultPolicyVersion(b -> b.policyArn(arn).versionId("v1"));
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Post"))).isEmpty();
  }

  @Test
  void nothingIsAllowedBeyondABoundary() {
    String arn = managed("edge", allow("'Action':'dynamodb:Query','Resource':'*'"));
    iam()
        .createRole(
            r -> r.roleName("bound").assumeRolePolicyDocument(TRUST).permissionsBoundary(arn));
    iam()
        .attachRolePolicy(
            r -> r.roleName("bound").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    String session = SESSION.replace("/fn/", "/bound/");
    assertThat(denial(session, "dynamodb", "Query", Map.of("TableName", "Post"))).isEmpty();
    assertThat(denial(session, "dynamodb", "PutItem", Map.of("TableName", "Post")))
        .get()
        .asString()
        .endsWith("because no permissions boundary allows the dynamodb:PutItem action");
  }

  @Test
  void aStatementAsksForItsOwnAction() {
    iam()
        .putRolePolicy(r ->
            r.roleName("fn")
                .policyName("q")
                .policyDocument(
                    allow("'Action':'dynamodb:PartiQLSelect','Resource':'*table/Post'")));
    String read = "SELECT * FROM \"Post\" WHERE id = 'a'";
    assertThat(denial(SESSION, "dynamodb", "ExecuteStatement", Map.of("Statement", read)))
        .isEmpty();
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "ExecuteStatement",
                Map.of("Statement", "INSERT INTO Post VALUE {'id': 'a'}")))
        .get()
        .asString()
        .contains("dynamodb:PartiQLInsert on resource", "table/Post because");
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "BatchExecuteStatement",
                Map.of("Statements", List.of(Map.of("Statement", "SELECT * FROM \"Other\"")))))
        .isPresent();
  }

  @Test
  void leadingKeysConfineASessionToItsItems() {
    createMine();
    iam().tagRole(r -> r.roleName("fn").tags(Tag.builder().key("who").value("ann").build()));
    iam()
        .putRolePolicy(r ->
            r.roleName("fn")
                .policyName("own")
                .policyDocument(
                    allow(
                        "'Action':'dynamodb:*','Resource':'*table/Mine','Condition':{"
                            + "'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':['${aws:PrincipalTag/who}']}}")));
    Map<String, Object> ann = Map.of("owner", Map.of("S", "ann"));
    Map<String, Object> bob = Map.of("owner", Map.of("S", "bob"));
    assertThat(denial(SESSION, "dynamodb", "GetItem", Map.of("TableName", "Mine", "Key", ann)))
        .isEmpty();
    assertThat(denial(SESSION, "dynamodb", "PutItem", Map.of("TableName", "Mine", "Item", bob)))
        .isPresent();
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "BatchWriteItem",
                Map.of(
                    "RequestItems",
                    Map.of(
                        "Mine",
                        List.of(
                            Map.of("PutRequest", Map.of("Item", ann)),
                            Map.of("DeleteRequest", Map.of("Key", bob)))))))
        .isPresent();
    assertThat(
            denial(
                SESSION,
                "dynamodb",
                "Query",
                Map.of(
                    "TableName",
                    "Mine",
                    "KeyConditionExpression",
                    "#o = :o",
                    "ExpressionAttributeNames",
                    Map.of("#o", "owner"),
                    "ExpressionAttributeValues",
                    Map.of(":o", Map.of("S", "bob")))))
        .isPresent();
    assertThat(statement("SELECT * FROM Mine WHERE owner = 'ann' AND size(x) > 2")).isEmpty();
    assertThat(statement("SELECT * FROM \"Mine\" WHERE \"owner\" IN ['ann','bob']")).isPresent();
    assertThat(statement("SELECT * FROM Mine WHERE owner = 'ann' OR x = 1")).isPresent();
    assertThat(statement("SELECT * FROM Mine WHERE NOT owner = 'ann'")).isPresent();
    assertThat(statement("SELECT * FROM Mine")).isPresent();
    assertThat(statement("UPDATE Mine SET x = ? WHERE owner = ?", "bob", "ann")).isEmpty();
    assertThat(statement("DELETE FROM Mine WHERE owner = ?", "bob")).isPresent();
    assertThat(statement("INSERT INTO Mine VALUE {'x': {'owner': 'bob'}, 'owner': 'ann'}"))
        .isEmpty();
    assertThat(statement("INSERT INTO Mine VALUE {'x': {'owner': 'ann'}, 'owner': 'bob'}"))
        .isPresent();
  }

  private Optional<String> statement(String text, String... parameters) {
    List<Map<String, String>> typed = Stream.of(parameters).map(p -> Map.of("S", p)).toList();
    return denial(
        SESSION, "dynamodb", "ExecuteStatement", Map.of("Statement", text, "Parameters", typed));
  }

  @Test
  void aScanByStatementCanBeDenied() {
    createMine();
    put(
        allow("'Action':'dynamodb:PartiQL*','Resource':'*'")
            .replace(
                "]}",
                ",{'Effect':'Deny','Action':'dynamodb:PartiQLSelect','Resource':'*','Condition':{'Bool':{'dynamodb:FullTableScan':'true'}}}]}"
                    .replace('\'', '"')));

    assertThat(statement("SELECT * FROM Mine")).isPresent();
    assertThat(statement("SELECT * FROM Mine WHERE owner = 'ann'")).isEmpty();
  }

  @Test
  void addressesAreOfNetworks() {
    put(
        allow(
            "'Action':'dynamodb:*','Resource':'*','Condition':{"
                + "'IpAddress':{'aws:SourceIp':['127.0.0.0/8','2001:db8::/33']},"
                + "'NotIpAddress':{'aws:SourceIp':'127.0.0.7'}}"));

    assertThat(listed()).isEmpty();
    address = "127.0.0.7";
    assertThat(listed()).isPresent();
    address = "128.0.0.1";
    assertThat(listed()).isPresent();
    address = "2001:db8:7fff::1";
    assertThat(listed()).isEmpty();
    address = "2001:db8:8000::1";
    assertThat(listed()).isPresent();
  }

  private Optional<String> listed() {
    return denial(SESSION, "dynamodb", "ListTables", Map.of());
  }

  @Test
  void theTagsOfATableDecide() {
    createMine();
    put(
        allow(
            "'Action':'dynamodb:*','Resource':'*','Condition':{"
                + "'StringEquals':{'aws:ResourceTag/team':'blog'}}"));
    var dynamo = platform.client(DynamoDbClient.class);
    Map<String, Object> query = Map.of("TableName", "Mine", "IndexName", "byX");

    assertThat(denial(SESSION, "dynamodb", "Query", query)).isPresent();
    dynamo.tagResource(b ->
        b.resourceArn("arn:aws:dynamodb:us-east-1:000000000000:table/Mine")
            .tags(
                software.amazon.awssdk.services.dynamodb.model.Tag.builder()
                    .key("team")
                    .value("blog")
                    .build()));
    assertThat(denial(SESSION, "dynamodb", "Query", query)).isEmpty();
    assertThat(denial(SESSION, "dynamodb", "GetItem", Map.of("TableName", "Other"))).isPresent();
  }

  private void put(String policy) {
    iam().putRolePolicy(r -> r.roleName("fn").policyName("p").policyDocument(policy));
  }

  private void createMine() {
    var tables = platform.add(DynamoDbService::new);
    tables
        .client(Scope.DEFAULT)
        .createTable(b ->
            b.tableName("Mine")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName("owner").attributeType("S").build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("owner").keyType("HASH").build()));
  }

  @Test
  void aQueryBelongsToItsWorkGroup() {
    platform.add(
        AthenaClient.class,
        new AthenaClient() {
          @Override
          public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
            return GetQueryExecutionResponse.builder()
                .queryExecution(q -> q.workGroup(request.queryExecutionId()))
                .build();
          }

          @Override
          public String serviceName() {
            return "athena";
          }

          @Override
          public void close() {}
        });
    iam()
        .putRolePolicy(r ->
            r.roleName("fn")
                .policyName("q")
                .policyDocument(
                    allow("'Action':'athena:GetQueryExecution','Resource':'*workgroup/mine'")));
    assertThat(denial(SESSION, "athena", "GetQueryExecution", Map.of("QueryExecutionId", "mine")))
        .isEmpty();
    assertThat(denial(SESSION, "athena", "GetQueryExecution", Map.of("QueryExecutionId", "other")))
        .get()
        .asString()
        .contains("workgroup/other because");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dynamodb | GetRecords | ShardIterator | arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/s!1!x | table/T/stream/s",
        "dynamodb | ListStreams | TableName | T | table/T/stream/*",
        "logs | FilterLogEvents | LogGroupName | /a/b | log-group:/a/b:log-stream:",
        "cloudformation | DescribeStacks | StackName | s | stack/s/*",
        "lambda | InvokeFunction | FunctionName | f | function:f"
      })
  void aRequestIsForWhatItNames(
      String service, String operation, String member, String value, String resource) {
    String given = value.replace('!', '|');
    assertThat(denial(SESSION, service, operation, Map.of(member, given)))
        .get()
        .asString()
        .contains("on resource: arn:aws:" + service + ":us-east-1:000000000000:" + resource + " ");
  }
}
