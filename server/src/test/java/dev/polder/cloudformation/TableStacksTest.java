package dev.polder.cloudformation;

import static dev.polder.cloudformation.StackFixture.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.dynamodb.DynamoDbService;
import dev.polder.iam.IamService;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.TestBuckets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Tables, and functions on their streams, in stacks.
class TableStacksTest {
  private static final String TABLE =
      """
      Resources:
        Posts:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions:
              - {AttributeName: id, AttributeType: S}
              - {AttributeName: at, AttributeType: N}
              - {AttributeName: blog, AttributeType: S}
            KeySchema:
              - {AttributeName: id, KeyType: HASH}
              - {AttributeName: at, KeyType: RANGE}
            BillingMode: PAY_PER_REQUEST
            LocalSecondaryIndexes:
              - IndexName: local
                KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: blog, KeyType: RANGE}]
                Projection: {ProjectionType: KEYS_ONLY}
            GlobalSecondaryIndexes:
              - IndexName: byBlog
                KeySchema: [{AttributeName: blog, KeyType: HASH}]
                Projection: {ProjectionType: ALL}
            StreamSpecification: {StreamViewType: NEW_IMAGE}
            SSESpecification: {SSEEnabled: true}
            PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}
            TimeToLiveSpecification: {AttributeName: gone, Enabled: true}
            Tags: [{Key: team, Value: blue}]
      Outputs:
        Name: {Value: !Ref Posts}
        Arn: {Value: !GetAtt Posts.Arn}
        Stream: {Value: !GetAtt Posts.StreamArn}
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private StackFixture stacks;
  private DynamoDbClient dynamo;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    TestBuckets.in(platform);
    platform.add(IamService::new);
    var tables = platform.add(DynamoDbService::new);
    platform.add(_ -> tables.streams());
    platform.add(LambdaService::new);
    platform.add(CloudFormationService::new);
    stacks = StackFixture.of(platform);
    dynamo = platform.client(DynamoDbClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private TableDescription table(String name) {
    return dynamo.describeTable(b -> b.tableName(name)).table();
  }

  private static List<String> indexes(TableDescription table) {
    return table.globalSecondaryIndexes().stream()
        .map(GlobalSecondaryIndexDescription::indexName)
        .toList();
  }

  @Test
  void aTableIsMadeWithAllThatItsTemplateSays() throws Exception {
    Stack stack = stacks.create("blog", TABLE);
    String name = outputs(stack).get("Name");
    assertThat(name).startsWith("blog-Posts-");
    TableDescription table = table(name);
    assertThat(table.tableArn()).isEqualTo(outputs(stack).get("Arn"));
    assertThat(table.latestStreamArn()).isEqualTo(outputs(stack).get("Stream"));
    assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
    assertThat(table.billingModeSummary().billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.localSecondaryIndexes()).hasSize(1);
    assertThat(indexes(table)).containsExactly("byBlog");
    assertThat(table.sseDescription().statusAsString()).isEqualTo("ENABLED");
    assertThat(
            dynamo
                .describeTimeToLive(b -> b.tableName(name))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("gone");
    assertThat(dynamo.listTagsOfResource(b -> b.resourceArn(table.tableArn())).tags())
        .containsExactly(Tag.builder().key("team").value("blue").build());
    assertThat(stacks.delete(stack).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThatThrownBy(() -> table(name)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aTableIsChangedInPlaceAndKeepsItsItems() throws Exception {
    String name = outputs(stacks.create("blog", TABLE)).get("Name");
    dynamo.putItem(b ->
        b.tableName(name)
            .item(
                Map.of(
                    "id", AttributeValue.fromS("a"),
                    "at", AttributeValue.fromN("1"),
                    "author", AttributeValue.fromS("me"))));
    String other =
        TABLE
            .replace(
                "{AttributeName: blog, AttributeType: S}",
                "{AttributeName: blog, AttributeType: S}\n        - {AttributeName: author, AttributeType: S}")
            .replace(
                "BillingMode: PAY_PER_REQUEST",
                "BillingMode: PAY_PER_REQUEST\n      DeletionProtectionEnabled: true")
            .replace("NEW_IMAGE", "KEYS_ONLY")
            .replace("SSEEnabled: true", "SSEEnabled: false")
            .replace("AttributeName: gone", "AttributeName: dead")
            .replace("{Key: team, Value: blue}", "{Key: cost, Value: '1'}")
            .replace(
                "      StreamSpecification",
                """
                        - IndexName: byAuthor
                          KeySchema: [{AttributeName: author, KeyType: HASH}]
                          Projection: {ProjectionType: ALL}
                      StreamSpecification\
                """);
    Stack updated = stacks.update("blog", other);
    assertThat(outputs(updated)).containsEntry("Name", name);
    TableDescription table = table(name);
    assertThat(indexes(table)).containsExactlyInAnyOrder("byBlog", "byAuthor");
    assertThat(table.globalSecondaryIndexes())
        .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
    assertThat(
            dynamo
                .query(b ->
                    b.tableName(name)
                        .indexName("byAuthor")
                        .keyConditionExpression("author = :a")
                        .expressionAttributeValues(Map.of(":a", AttributeValue.fromS("me"))))
                .count())
        .isEqualTo(1);
    assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("KEYS_ONLY");
    assertThat(outputs(updated)).containsEntry("Stream", table.latestStreamArn());
    assertThat(table.sseDescription()).isNull();
    assertThat(table.deletionProtectionEnabled()).isTrue();
    assertThat(
            dynamo
                .describeTimeToLive(b -> b.tableName(name))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("dead");
    assertThat(dynamo.listTagsOfResource(b -> b.resourceArn(table.tableArn())).tags())
        .containsExactly(Tag.builder().key("cost").value("1").build());
    assertThat(stacks.delete(updated).stackStatusAsString()).isEqualTo("DELETE_FAILED");
  }

  @Test
  void oneIndexMovesAtATime() throws Exception {
    String name = outputs(stacks.create("blog", TABLE)).get("Name");
    Stack failed = stacks.update("blog", TABLE.replace("IndexName: byBlog", "IndexName: other"));
    assertThat(failed.stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(stacks.failure(failed))
        .get()
        .asString()
        .contains("Cannot perform more than one GSI creation or deletion in a single update");
    assertThat(indexes(table(name))).containsExactly("byBlog");
    Stack fixed =
        stacks.update(
            "blog",
            TABLE.replace(
                "Projection: {ProjectionType: ALL}", "Projection: {ProjectionType: KEYS_ONLY}"));
    assertThat(stacks.failure(fixed)).get().asString().contains("Cannot update GSI's properties");
  }

  @Test
  void capacityIsBoughtAndGivenBack() throws Exception {
    String name = outputs(stacks.create("blog", TABLE)).get("Name");
    String units = "ProvisionedThroughput: {ReadCapacityUnits: 3, WriteCapacityUnits: '2'}";
    String bought =
        TABLE
            .replace("BillingMode: PAY_PER_REQUEST", units)
            .replace(
                "- IndexName: byBlog", "- IndexName: byBlog\n          " + units.replace("3", "5"));
    outputs(stacks.update("blog", bought));
    TableDescription table = table(name);
    assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(3);
    assertThat(
            table.globalSecondaryIndexes().getFirst().provisionedThroughput().readCapacityUnits())
        .isEqualTo(5);
    outputs(stacks.update("blog", TABLE));
    assertThat(table(name).billingModeSummary().billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
  }

  @Test
  void anotherKeyIsAnotherTable() throws Exception {
    String before = outputs(stacks.create("blog", TABLE)).get("Name");
    String after =
        outputs(stacks.update("blog", TABLE.replace("AttributeType: N", "AttributeType: S")))
            .get("Name");
    assertThat(after).isNotEqualTo(before);
    assertThat(dynamo.listTables().tableNames()).containsExactly(after);
    assertThat(table(after).keySchema())
        .containsExactly(
            KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build(),
            KeySchemaElement.builder().attributeName("at").keyType(KeyType.RANGE).build());
  }

  @Test
  void recoveryAndLimitsAreWhatTheTemplateSays() throws Exception {
    String on =
        TABLE
            .replace(
                "PointInTimeRecoveryEnabled: false",
                "PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7")
            .replace(
                "BillingMode: PAY_PER_REQUEST",
                "BillingMode: PAY_PER_REQUEST\n      OnDemandThroughput: {MaxReadRequestUnits: 5}");
    String name = outputs(stacks.create("blog", on)).get("Name");
    assertThat(recovery(name).pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
    assertThat(recovery(name).recoveryPeriodInDays()).isEqualTo(7);
    assertThat(table(name).onDemandThroughput().maxReadRequestUnits()).isEqualTo(5);

    var _ =
        stacks.update(
            "blog",
            on.replace("MaxReadRequestUnits: 5", "MaxWriteRequestUnits: 6")
                .replace("RecoveryPeriodInDays: 7", "RecoveryPeriodInDays: 8"));
    assertThat(recovery(name).recoveryPeriodInDays()).isEqualTo(8);
    assertThat(table(name).onDemandThroughput().maxReadRequestUnits()).isNull();
    assertThat(table(name).onDemandThroughput().maxWriteRequestUnits()).isEqualTo(6);

    var _ = stacks.update("blog", TABLE);
    assertThat(recovery(name).pointInTimeRecoveryStatusAsString()).isEqualTo("DISABLED");
    assertThat(table(name).onDemandThroughput()).isNull();
  }

  private static final String GLOBAL =
      """
      Resources:
        Posts:
          Type: AWS::DynamoDB::GlobalTable
          Properties:
            AttributeDefinitions:
              - {AttributeName: id, AttributeType: S}
              - {AttributeName: blog, AttributeType: S}
            KeySchema: [{AttributeName: id, KeyType: HASH}]
            BillingMode: PAY_PER_REQUEST
            GlobalSecondaryIndexes:
              - IndexName: byBlog
                KeySchema: [{AttributeName: blog, KeyType: HASH}]
                Projection: {ProjectionType: ALL}
                WriteOnDemandThroughputSettings: {MaxWriteRequestUnits: 4}
            StreamSpecification: {StreamViewType: NEW_IMAGE}
            WriteOnDemandThroughputSettings: {MaxWriteRequestUnits: 6}
            Replicas:
              - Region: !Ref AWS::Region
                DeletionProtectionEnabled: false
                PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
                ReadOnDemandThroughputSettings: {MaxReadRequestUnits: 5}
                Tags: [{Key: team, Value: blue}]
      Outputs:
        Name: {Value: !Ref Posts}
        Id: {Value: !GetAtt Posts.TableId}
        Stream: {Value: !GetAtt Posts.StreamArn}
      """;

  @Test
  void aGlobalTableOfOneRegionIsATable() throws Exception {
    Map<String, String> made = outputs(stacks.create("blog", GLOBAL));
    String name = made.get("Name");
    TableDescription table = table(name);
    assertThat(made.get("Id")).isEqualTo(table.tableId());
    assertThat(made.get("Stream")).isEqualTo(table.latestStreamArn());
    assertThat(table.onDemandThroughput().maxReadRequestUnits()).isEqualTo(5);
    assertThat(table.onDemandThroughput().maxWriteRequestUnits()).isEqualTo(6);
    assertThat(
            table.globalSecondaryIndexes().getFirst().onDemandThroughput().maxWriteRequestUnits())
        .isEqualTo(4);
    assertThat(recovery(name).pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
    assertThat(dynamo.listTagsOfResource(b -> b.resourceArn(table.tableArn())).tags())
        .anyMatch(tag -> tag.key().equals("team"));

    var _ =
        stacks.update(
            "blog",
            GLOBAL
                .replace("MaxReadRequestUnits: 5", "MaxReadRequestUnits: 7")
                .replace("PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false"));
    assertThat(table(name).onDemandThroughput().maxReadRequestUnits()).isEqualTo(7);
    assertThat(recovery(name).pointInTimeRecoveryStatusAsString()).isEqualTo("DISABLED");
  }

  private PointInTimeRecoveryDescription recovery(String table) {
    return dynamo
        .describeContinuousBackups(b -> b.tableName(table))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SSESpecification: {SSEEnabled: true}| WarmThroughput: {ReadUnitsPerSecond: 1}| extraneous key [WarmThroughput]",
        "StreamViewType: NEW_IMAGE| Nope: 1| #/StreamSpecification: extraneous key [Nope]"
      })
  void whatATableCannotBeIsRefusedByName(String from, String to, String message) {
    assertThatThrownBy(() -> stacks.create("blog", TABLE.replace(from, to)))
        .hasMessageContaining(message);
    assertThat(dynamo.listTables().tableNames()).isEmpty();
  }

  private static final String APP =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Notes:
          Type: AWS::Serverless::SimpleTable
          Properties:
            PrimaryKey: {Name: key, Type: Number}
        Source:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
            BillingMode: PAY_PER_REQUEST
            StreamSpecification: {StreamViewType: NEW_IMAGE}
        Take:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java21
            Handler: fn.Take::take
            CodeUri: s3://code/take.jar
            Policies: [{DynamoDBCrudPolicy: {TableName: !Ref Notes}}]
            Events:
              Changes:
                Type: DynamoDB
                Properties: {Stream: !GetAtt Source.StreamArn, StartingPosition: TRIM_HORIZON, BatchSize: 7}
      Outputs:
        Notes: {Value: !Ref Notes}
        Function: {Value: !Ref Take}
        Mapping: {Value: !Ref TakeChanges}
        Role: {Value: !Ref TakeRole}
      """;

  @Test
  void aFunctionListensToTheStreamOfATable() throws Exception {
    var s3 = platform.client(S3Client.class);
    s3.createBucket(b -> b.bucket("code"));
    byte[] code =
        Compiled.jar("fn.Take", "package fn; public class Take { public void take(Object e) {} }");
    s3.putObject(b -> b.bucket("code").key("take.jar"), RequestBody.fromBytes(code));
    Stack stack = stacks.create("app", APP);
    Map<String, String> outputs = outputs(stack);
    TableDescription notes = table(String.valueOf(outputs.get("Notes")));
    assertThat(notes.keySchema())
        .containsExactly(
            KeySchemaElement.builder().attributeName("key").keyType(KeyType.HASH).build());
    assertThat(notes.attributeDefinitions().getFirst().attributeTypeAsString()).isEqualTo("N");
    var lambda = platform.client(LambdaClient.class);
    var mapping = lambda.getEventSourceMapping(b -> b.uuid(outputs.get("Mapping")));
    assertThat(mapping.functionArn()).endsWith(":" + outputs.get("Function"));
    assertThat(mapping.batchSize()).isEqualTo(7);
    var iam = platform.client(IamClient.class);
    assertThat(
            iam.listAttachedRolePolicies(b -> b.roleName(outputs.get("Role"))).attachedPolicies())
        .anyMatch(policy -> policy.policyName().equals("AWSLambdaDynamoDBExecutionRole"));

    outputs(stacks.update("app", APP.replace(", BatchSize: 7", "")));
    assertThat(lambda.getEventSourceMapping(b -> b.uuid(outputs.get("Mapping"))).batchSize())
        .isEqualTo(100);
    assertThat(stacks.delete(stack).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(lambda.listEventSourceMappings(b -> {}).eventSourceMappings()).isEmpty();
    assertThat(dynamo.listTables().tableNames()).isEmpty();
  }
}
