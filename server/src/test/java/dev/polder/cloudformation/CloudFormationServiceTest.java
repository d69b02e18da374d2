package dev.polder.cloudformation;

import static dev.polder.cloudformation.StackFixture.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The life of stacks, by the operations of the service.
class CloudFormationServiceTest extends LakeStacks {
  @Test
  void aStackIsMadeUpdatedAndDeleted() throws Exception {
    Stack made = stacks.create("lake", LAKE);
    assertThat(made.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(buckets()).singleElement().asString().matches("lake-data-[a-z0-9]{12}");
    String bucket = buckets().getFirst();
    assertThat(outputs(made))
        .isEqualTo(Map.of("Bucket", "arn:aws:s3:::" + bucket, "Db", "db_first"));
    assertThat(events("lake"))
        .containsExactly("Data CREATE_COMPLETE", "Catalog CREATE_COMPLETE", "lake CREATE_COMPLETE");
    assertThat(made.parameters()).containsExactly(parameter("Name", "first"));

    assertThatThrownBy(() -> stacks.update("lake", LAKE))
        .hasMessageContaining("No updates are to be performed.");
    Stack changed = stacks.update("lake", LAKE, parameter("Name", "second"));
    assertThat(changed.stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).containsExactly("db_second");
    assertThat(buckets()).containsExactly(bucket);
    assertThat(events("lake"))
        .endsWith("Catalog UPDATE_COMPLETE", "Catalog DELETE_COMPLETE", "lake UPDATE_COMPLETE")
        .filteredOn(event -> event.startsWith("Data"))
        .hasSize(1);

    String less =
        LAKE.substring(0, LAKE.indexOf("  Catalog:")) + "Outputs: {B: {Value: !Ref Data}}";
    assertThat(stacks.update("lake", less, parameter("Name", "x")).stackStatusAsString())
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).isEmpty();

    client.deleteStack(b -> b.stackName("lake"));
    assertThat(stacks.settled(made.stackId()).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(buckets()).isEmpty();
    assertThatThrownBy(() -> client.describeStacks(b -> b.stackName("lake")))
        .hasMessageContaining("Stack with id lake does not exist");
    client.deleteStack(b -> b.stackName("lake"));
    assertThat(stacks.create("lake", LAKE).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aBucketIsMadeInTheRegionOfItsStack() throws Exception {
    var abroad = new Scope(Scope.DEFAULT.account(), "eu-west-1");
    stacks =
        new StackFixture(platform.platform().clients().get(CloudFormationClient.class, abroad));
    assertThat(stacks.create("lake", LAKE).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    String bucket = buckets().getFirst();
    assertThat(
            platform
                .client(S3Client.class)
                .getBucketLocation(b -> b.bucket(bucket))
                .locationConstraintAsString())
        .isEqualTo("eu-west-1");
  }

  @Test
  void aFailedCreationIsRolledBackWithItsReason() throws Exception {
    platform.client(GlueClient.class).createDatabase(b -> b.databaseInput(i -> i.name("db_first")));
    Stack stack = stacks.create("lake", LAKE);
    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(buckets()).isEmpty();
    assertThat(databases()).containsExactly("db_first");
    assertThat(events("lake"))
        .containsExactly(
            "Data CREATE_COMPLETE",
            "Catalog CREATE_FAILED",
            "Data DELETE_COMPLETE",
            "lake ROLLBACK_COMPLETE");
    assertThat(client.describeStackEvents(b -> b.stackName("lake")).stackEvents())
        .filteredOn(event -> event.resourceStatusAsString().equals("CREATE_FAILED"))
        .extracting(StackEvent::resourceStatusReason)
        .singleElement()
        .asString()
        .startsWith("Resource handler returned message: \"")
        .contains("HandlerErrorCode: AlreadyExistsException");
    assertThatThrownBy(() -> stacks.update("lake", LAKE, parameter("Name", "x")))
        .hasMessageContaining("is in ROLLBACK_COMPLETE state and can not be updated.");
    assertThatThrownBy(() -> stacks.create("lake", LAKE))
        .isInstanceOf(AlreadyExistsException.class);
  }

  @Test
  void aFailedUpdateRestoresWhatWas() throws Exception {
    stacks.create("lake", LAKE);
    String bucket = buckets().getFirst();
    platform.client(GlueClient.class).createDatabase(b -> b.databaseInput(i -> i.name("taken")));
    String more =
        LAKE.replace("Description: !Ref Data", "Description: other")
            .replace(
                "Outputs:",
                "  New: {Type: AWS::S3::Bucket}\n"
                    + "  Bad: {Type: AWS::Glue::Database, DependsOn: [New, Catalog], Properties: {CatalogId: !Ref AWS::AccountId, DatabaseInput: {Name: taken}}}\n"
                    + "Outputs:")
            .replace(
                "{Type: AWS::S3::Bucket}\n  Catalog",
                "{Type: AWS::S3::Bucket, Properties: {BucketName: renamed-bucket}}\n  Catalog");
    Stack stack = stacks.update("lake", more);
    assertThat(stack.stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(buckets()).containsExactly(bucket);
    var database =
        platform.client(GlueClient.class).getDatabase(b -> b.name("db_first")).database();
    assertThat(database.description()).isEqualTo(bucket);
    assertThat(stack.outputs()).extracting(Output::outputValue).contains("arn:aws:s3:::" + bucket);
    assertThat(stacks.update("lake", LAKE, parameter("Name", "later")).stackStatusAsString())
        .isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void whatCannotBeDeletedKeepsTheStack() throws Exception {
    stacks.create("lake", LAKE);
    String bucket = buckets().getFirst();
    platform
        .client(S3Client.class)
        .putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("v"));
    client.deleteStack(b -> b.stackName("lake"));
    Stack stack = stacks.settled("lake");
    assertThat(stack.stackStatusAsString()).isEqualTo("DELETE_FAILED");
    assertThat(stack.stackStatusReason()).contains("failed to delete: [Data]");
    assertThat(databases()).isEmpty();
    client.deleteStack(b -> b.stackName("lake").retainResources("Data"));
    assertThat(stacks.settled(stack.stackId()).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(buckets()).containsExactly(bucket);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{A: {Type: AWS::EC2::Instance}}| Unrecognized resource types: [AWS::EC2::Instance] (/Resources/A/Type, line 1)",
        "{A: {Type: AWS::S3::Bucket, Properties: {Nope: 1}}}| Properties validation failed for resource A with message: #: extraneous key [Nope] is not permitted",
        "{A: {Type: AWS::Glue::Table, Properties: {CatalogId: x, DatabaseName: d, TableInput: {StorageDescriptor: {Colums: []}}}}}| #/TableInput/StorageDescriptor: extraneous key [Colums] is not permitted",
        "{A: {Type: AWS::Glue::Database, Properties: {CatalogId: x}}}| required key [DatabaseInput] not found",
        "{A: {Type: AWS::S3::Bucket}, B: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt A.Nope}}}| resource A does not support attribute type Nope",
        "{A: {Type: AWS::Events::Rule, Properties: {EventPattern: {}}}}| extraneous key [EventPattern] is not permitted",
        "{A: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}}| extraneous key [VersioningConfiguration]"
      })
  void whatIsNotSupportedFailsBeforeAnythingIsMade(String resources, String message) {
    assertThatThrownBy(
            () -> client.createStack(b -> b.stackName("s").templateBody("Resources: " + resources)))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
    assertThat(client.listStacks(b -> {}).stackSummaries()).isEmpty();
    assertThat(buckets()).isEmpty();
  }

  @Test
  void changeSetsWorkAsTheCommandLineUsesThem() throws Exception {
    client.createChangeSet(b ->
        b.stackName("lake")
            .changeSetName("c1")
            .changeSetType(ChangeSetType.CREATE)
            .templateBody(LAKE));
    assertThat(
            client
                .describeStacks(b -> b.stackName("lake"))
                .stacks()
                .getFirst()
                .stackStatusAsString())
        .isEqualTo("REVIEW_IN_PROGRESS");
    var first = client.describeChangeSet(b -> b.stackName("lake").changeSetName("c1"));
    assertThat(first.statusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(first.changes()).hasSize(2);
    client.executeChangeSet(b -> b.changeSetName(first.changeSetId()));
    assertThat(stacks.settled("lake").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");

    client.createChangeSet(b -> b.stackName("lake").changeSetName("c2").templateBody(LAKE));
    var second = client.describeChangeSet(b -> b.stackName("lake").changeSetName("c2"));
    assertThat(second.statusAsString()).isEqualTo("FAILED");
    assertThat(second.statusReason()).contains("The submitted information didn't contain changes.");
    assertThatThrownBy(() -> client.executeChangeSet(b -> b.stackName("lake").changeSetName("c2")))
        .hasMessageContaining("cannot be executed");

    client.createChangeSet(b ->
        b.stackName("lake")
            .changeSetName("c3")
            .templateBody(LAKE)
            .parameters(parameter("Name", "next")));
    var third = client.describeChangeSet(b -> b.stackName("lake").changeSetName("c3"));
    assertThat(third.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.resourceChange().logicalResourceId()).isEqualTo("Catalog");
          assertThat(change.resourceChange().replacementAsString()).isEqualTo("True");
        });
    client.executeChangeSet(b -> b.stackName("lake").changeSetName("c3"));
    assertThat(stacks.settled("lake").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).containsExactly("db_next");
    assertThatThrownBy(() -> client.describeChangeSet(b -> b.stackName("lake").changeSetName("c3")))
        .isInstanceOf(ChangeSetNotFoundException.class);
  }

  @Test
  void exportsTieStacksTogether() throws Exception {
    stacks.create("lake", LAKE);
    String user =
        "Resources: {T: {Type: AWS::Glue::Table, Properties: {CatalogId: !Ref AWS::AccountId,"
            + " DatabaseName: !ImportValue lake-db, TableInput: {Name: t}}}}";
    assertThat(stacks.create("user", user).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(client.listExports(b -> {}).exports().getFirst().name()).isEqualTo("lake-db");
    assertThat(client.listImports(b -> b.exportName("lake-db")).imports()).containsExactly("user");
    client.deleteStack(b -> b.stackName("lake"));
    assertThat(stacks.settled("lake").stackStatusReason())
        .contains("Cannot delete export lake-db as it is in use by user");
    client.deleteStack(b -> b.stackName("user"));
    stacks.settled(stackId("user"));
    client.deleteStack(b -> b.stackName("lake"));
    assertThat(stacks.settled(stackId("lake")).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
  }

  private String stackId(String name) {
    return client.listStacks(b -> {}).stackSummaries().stream()
        .filter(s -> s.stackName().equals(name))
        .findFirst()
        .orElseThrow()
        .stackId();
  }

  @Test
  void templatesComeFromABucketToo() throws Exception {
    var s3 = platform.client(S3Client.class);
    s3.createBucket(b -> b.bucket("code"));
    s3.putObject(b -> b.bucket("code").key("a/t.yaml"), RequestBody.fromString(LAKE));
    client.createStack(b -> b.stackName("s").templateURL("http://127.0.0.1:4566/code/a/t.yaml"));
    assertThat(stacks.settled("s").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(client.getTemplate(b -> b.stackName("s")).templateBody()).isEqualTo(LAKE);
    assertThatThrownBy(() ->
            client.createStack(
                b -> b.stackName("t").templateURL("https://code.s3.amazonaws.com/no")))
        .hasMessageContaining("S3 error: ");
  }

  @Test
  void secretParametersStayHidden() throws Exception {
    String template =
        "Parameters: {P: {Type: String, NoEcho: true}}\nResources: {A: {Type: AWS::S3::Bucket}}";
    client.createStack(
        b -> b.stackName("s").templateBody(template).parameters(parameter("P", "secret")));
    assertThat(stacks.settled("s").parameters()).containsExactly(parameter("P", "****"));
  }

  @Test
  void scopesDoNotSeeEachOther() throws Exception {
    stacks.create("lake", LAKE);
    var other =
        platform
            .platform()
            .clients()
            .get(CloudFormationClient.class, new Scope("123456789012", "us-east-1"));
    assertThat(other.listStacks(b -> {}).stackSummaries()).isEmpty();
  }
}
