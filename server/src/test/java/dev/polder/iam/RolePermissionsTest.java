package dev.polder.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Caller;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

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
            new Caller("ASIA", "000000000000", arn, "AROA:post"),
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
}
