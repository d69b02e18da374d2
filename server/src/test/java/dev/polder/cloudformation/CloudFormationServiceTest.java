package dev.polder.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.glue.GlueService;
import dev.polder.iam.IamService;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import dev.polder.s3.S3Service;
import dev.polder.stepfunctions.StepFunctionsService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.sfn.SfnClient;

/// Over 600 lines: all operations of one service against one fixture.
class CloudFormationServiceTest {
  private static final byte[] CODE =
      Compiled.jar(
          "fn.Hello",
          "package fn; public class Hello { public String go() { return System.getenv(\"WHO\"); } }");

  private static final String LAKE =
      """
      Parameters:
        Name: {Type: String, Default: first}
      Resources:
        Data: {Type: AWS::S3::Bucket}
        Catalog:
          Type: AWS::Glue::Database
          Properties:
            CatalogId: !Ref AWS::AccountId
            DatabaseInput: {Name: !Sub 'db_${Name}', Description: !Ref Data}
      Outputs:
        Bucket: {Value: !GetAtt Data.Arn, Description: where}
        Db: {Value: !Ref Catalog, Export: {Name: !Sub '${AWS::StackName}-db'}}
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private CloudFormationClient stacks;
  private final Map<String, CreateScheduleRequest> schedules = new ConcurrentHashMap<>();
  private volatile BiConsumer<String, Boolean> onCall = (_, _) -> {};

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(p -> {
      var s3 = new S3Service(p);
      platform.use(s3.lake());
      return s3;
    });
    platform.add(GlueService::new);
    platform.add(IamService::new);
    platform.add(LambdaService::new);
    platform.add(StepFunctionsService::new);
    platform.add(SchedulerClient.class, new KeptSchedules());
    watch(S3Client.class);
    watch(GlueClient.class);
    platform.add(CloudFormationService::new);
    stacks = platform.client(CloudFormationClient.class);
  }

  /// Tells the test of calls: before (false) and after (true) each.
  private <C> void watch(Class<C> type) {
    C real = platform.client(type);
    platform.add(
        type,
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> {
                  onCall.accept(method.getName(), false);
                  try {
                    Object answer = method.invoke(real, arguments);
                    onCall.accept(method.getName(), true);
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                })));
  }

  private final class KeptSchedules implements SchedulerClient {
    @Override
    public String serviceName() {
      return "scheduler";
    }

    @Override
    public void close() {}

    @Override
    public CreateScheduleResponse createSchedule(CreateScheduleRequest request) {
      schedules.put(request.name(), request);
      return CreateScheduleResponse.builder().build();
    }

    @Override
    public DeleteScheduleResponse deleteSchedule(DeleteScheduleRequest request) {
      schedules.remove(request.name());
      return DeleteScheduleResponse.builder().build();
    }
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private Stack settled(String name) throws Exception {
    // A real wait for work of other threads; ends the test if that never comes.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      Stack stack = stacks.describeStacks(b -> b.stackName(name)).stacks().getFirst();
      if (!stack.stackStatusAsString().endsWith("_IN_PROGRESS")) {
        return stack;
      }
      assertThat(System.nanoTime()).as(stack.stackStatusAsString()).isLessThan(end);
      new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  private Stack create(String name, String template) throws Exception {
    String id =
        stacks
            .createStack(b ->
                b.stackName(name)
                    .templateBody(template)
                    .capabilities(
                        Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND))
            .stackId();
    return settled(id);
  }

  private Stack update(String name, String template, Parameter... parameters) throws Exception {
    stacks.updateStack(b ->
        b.stackName(name)
            .templateBody(template)
            .parameters(parameters)
            .capabilities(Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND));
    return settled(name);
  }

  private static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }

  private static Map<String, String> outputs(Stack stack) {
    return stack.outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /// Events as `logicalId STATUS`, the first one first, without those of IN_PROGRESS.
  private List<String> events(String stack) {
    return stacks.describeStackEventsPaginator(b -> b.stackName(stack)).stackEvents().stream()
        .filter(event -> !event.resourceStatusAsString().endsWith("_IN_PROGRESS"))
        .map(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
        .toList()
        .reversed();
  }

  private List<String> databases() {
    return platform.client(GlueClient.class).getDatabases(b -> {}).databaseList().stream()
        .map(Database::name)
        .toList();
  }

  private List<String> buckets() {
    return platform.client(S3Client.class).listBuckets().buckets().stream()
        .map(Bucket::name)
        .toList();
  }

  @Test
  void aStackIsMadeUpdatedAndDeleted() throws Exception {
    Stack made = create("lake", LAKE);
    assertThat(made.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(buckets()).singleElement().asString().matches("lake-data-[a-z0-9]{12}");
    String bucket = buckets().getFirst();
    assertThat(outputs(made))
        .isEqualTo(Map.of("Bucket", "arn:aws:s3:::" + bucket, "Db", "db_first"));
    assertThat(events("lake"))
        .containsExactly("Data CREATE_COMPLETE", "Catalog CREATE_COMPLETE", "lake CREATE_COMPLETE");
    assertThat(made.parameters()).containsExactly(parameter("Name", "first"));

    assertThatThrownBy(() -> update("lake", LAKE))
        .hasMessageContaining("No updates are to be performed.");
    Stack changed = update("lake", LAKE, parameter("Name", "second"));
    assertThat(changed.stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).containsExactly("db_second");
    assertThat(buckets()).containsExactly(bucket);
    assertThat(events("lake"))
        .endsWith("Catalog UPDATE_COMPLETE", "Catalog DELETE_COMPLETE", "lake UPDATE_COMPLETE")
        .filteredOn(event -> event.startsWith("Data"))
        .hasSize(1);

    String less =
        LAKE.substring(0, LAKE.indexOf("  Catalog:")) + "Outputs: {B: {Value: !Ref Data}}";
    assertThat(update("lake", less, parameter("Name", "x")).stackStatusAsString())
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).isEmpty();

    stacks.deleteStack(b -> b.stackName("lake"));
    assertThat(settled(made.stackId()).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(buckets()).isEmpty();
    assertThatThrownBy(() -> stacks.describeStacks(b -> b.stackName("lake")))
        .hasMessageContaining("Stack with id lake does not exist");
    stacks.deleteStack(b -> b.stackName("lake"));
    assertThat(create("lake", LAKE).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aBucketIsMadeInTheRegionOfItsStack() throws Exception {
    var abroad = new Scope(Scope.DEFAULT.account(), "eu-west-1");
    stacks = platform.platform().clients().get(CloudFormationClient.class, abroad);
    assertThat(create("lake", LAKE).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
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
    Stack stack = create("lake", LAKE);
    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(buckets()).isEmpty();
    assertThat(databases()).containsExactly("db_first");
    assertThat(events("lake"))
        .containsExactly(
            "Data CREATE_COMPLETE",
            "Catalog CREATE_FAILED",
            "Data DELETE_COMPLETE",
            "lake ROLLBACK_COMPLETE");
    assertThat(stacks.describeStackEvents(b -> b.stackName("lake")).stackEvents())
        .filteredOn(event -> event.resourceStatusAsString().equals("CREATE_FAILED"))
        .extracting(StackEvent::resourceStatusReason)
        .singleElement()
        .asString()
        .startsWith("Resource handler returned message: \"")
        .contains("HandlerErrorCode: AlreadyExistsException");
    assertThatThrownBy(() -> update("lake", LAKE, parameter("Name", "x")))
        .hasMessageContaining("is in ROLLBACK_COMPLETE state and can not be updated.");
    assertThatThrownBy(() -> create("lake", LAKE)).isInstanceOf(AlreadyExistsException.class);
  }

  @Test
  void aFailedUpdateRestoresWhatWas() throws Exception {
    create("lake", LAKE);
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
    Stack stack = update("lake", more);
    assertThat(stack.stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(buckets()).containsExactly(bucket);
    var database =
        platform.client(GlueClient.class).getDatabase(b -> b.name("db_first")).database();
    assertThat(database.description()).isEqualTo(bucket);
    assertThat(outputs(stack)).containsEntry("Bucket", "arn:aws:s3:::" + bucket);
    assertThat(update("lake", LAKE, parameter("Name", "later")).stackStatusAsString())
        .isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void whatCannotBeDeletedKeepsTheStack() throws Exception {
    create("lake", LAKE);
    String bucket = buckets().getFirst();
    platform
        .client(S3Client.class)
        .putObject(b -> b.bucket(bucket).key("k"), RequestBody.fromString("v"));
    stacks.deleteStack(b -> b.stackName("lake"));
    Stack stack = settled("lake");
    assertThat(stack.stackStatusAsString()).isEqualTo("DELETE_FAILED");
    assertThat(stack.stackStatusReason()).contains("failed to delete: [Data]");
    assertThat(databases()).isEmpty();
    stacks.deleteStack(b -> b.stackName("lake").retainResources("Data"));
    assertThat(settled(stack.stackId()).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(buckets()).containsExactly(bucket);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before createBucket",
        "after createBucket",
        "before createDatabase",
        "after createDatabase"
      })
  void aKilledCreationGoesOn(String moment) throws Exception {
    String[] part = moment.split(" ");
    var killed = new CountDownLatch(1);
    onCall =
        (method, after) -> {
          if (method.equals(part[1]) && after == part[0].equals("after")) {
            onCall = (_, _) -> {};
            killed.countDown();
            throw new Killed();
          }
        };
    stacks.createStack(b -> b.stackName("lake").templateBody(LAKE));
    killed.await();
    platform.close();
    open();
    assertThat(settled("lake").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(buckets()).hasSize(1);
    assertThat(databases()).containsExactly("db_first");
    assertThat(events("lake"))
        .containsExactly("Data CREATE_COMPLETE", "Catalog CREATE_COMPLETE", "lake CREATE_COMPLETE");
  }

  /// Ends a thread as an end of the process would.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before createDatabase",
        "after createDatabase",
        "before deleteDatabase",
        "after deleteDatabase"
      })
  void aKilledReplacementGoesOn(String moment) throws Exception {
    create("lake", LAKE);
    String[] part = moment.split(" ");
    var killed = new CountDownLatch(1);
    onCall =
        (method, after) -> {
          if (method.equals(part[1]) && after == part[0].equals("after")) {
            onCall = (_, _) -> {};
            killed.countDown();
            throw new Killed();
          }
        };
    stacks.updateStack(
        b -> b.stackName("lake").usePreviousTemplate(true).parameters(parameter("Name", "second")));
    killed.await();
    platform.close();
    open();
    assertThat(settled("lake").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).containsExactly("db_second");
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
            () -> stacks.createStack(b -> b.stackName("s").templateBody("Resources: " + resources)))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
    assertThat(stacks.listStacks(b -> {}).stackSummaries()).isEmpty();
    assertThat(buckets()).isEmpty();
  }

  @Test
  void changeSetsWorkAsTheCommandLineUsesThem() throws Exception {
    stacks.createChangeSet(b ->
        b.stackName("lake")
            .changeSetName("c1")
            .changeSetType(ChangeSetType.CREATE)
            .templateBody(LAKE));
    assertThat(
            stacks
                .describeStacks(b -> b.stackName("lake"))
                .stacks()
                .getFirst()
                .stackStatusAsString())
        .isEqualTo("REVIEW_IN_PROGRESS");
    var first = stacks.describeChangeSet(b -> b.stackName("lake").changeSetName("c1"));
    assertThat(first.statusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(first.changes()).hasSize(2);
    stacks.executeChangeSet(b -> b.changeSetName(first.changeSetId()));
    assertThat(settled("lake").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");

    stacks.createChangeSet(b -> b.stackName("lake").changeSetName("c2").templateBody(LAKE));
    var second = stacks.describeChangeSet(b -> b.stackName("lake").changeSetName("c2"));
    assertThat(second.statusAsString()).isEqualTo("FAILED");
    assertThat(second.statusReason()).contains("The submitted information didn't contain changes.");
    assertThatThrownBy(() -> stacks.executeChangeSet(b -> b.stackName("lake").changeSetName("c2")))
        .hasMessageContaining("cannot be executed");

    stacks.createChangeSet(b ->
        b.stackName("lake")
            .changeSetName("c3")
            .templateBody(LAKE)
            .parameters(parameter("Name", "next")));
    var third = stacks.describeChangeSet(b -> b.stackName("lake").changeSetName("c3"));
    assertThat(third.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.resourceChange().logicalResourceId()).isEqualTo("Catalog");
          assertThat(change.resourceChange().replacementAsString()).isEqualTo("True");
        });
    stacks.executeChangeSet(b -> b.stackName("lake").changeSetName("c3"));
    assertThat(settled("lake").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).containsExactly("db_next");
    assertThatThrownBy(() -> stacks.describeChangeSet(b -> b.stackName("lake").changeSetName("c3")))
        .isInstanceOf(ChangeSetNotFoundException.class);
  }

  @Test
  void exportsTieStacksTogether() throws Exception {
    create("lake", LAKE);
    String user =
        "Resources: {T: {Type: AWS::Glue::Table, Properties: {CatalogId: !Ref AWS::AccountId,"
            + " DatabaseName: !ImportValue lake-db, TableInput: {Name: t}}}}";
    assertThat(create("user", user).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(stacks.listExports(b -> {}).exports().getFirst().name()).isEqualTo("lake-db");
    assertThat(stacks.listImports(b -> b.exportName("lake-db")).imports()).containsExactly("user");
    stacks.deleteStack(b -> b.stackName("lake"));
    assertThat(settled("lake").stackStatusReason())
        .contains("Cannot delete export lake-db as it is in use by user");
    stacks.deleteStack(b -> b.stackName("user"));
    stacks.listStacks(b -> {}).stackSummaries().forEach(s -> assertThat(s.stackName()).isNotNull());
    settled(stackId("user"));
    stacks.deleteStack(b -> b.stackName("lake"));
    assertThat(settled(stackId("lake")).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
  }

  private String stackId(String name) {
    return stacks.listStacks(b -> {}).stackSummaries().stream()
        .filter(s -> s.stackName().equals(name))
        .findFirst()
        .orElseThrow()
        .stackId();
  }

  private static final String APP =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Hello:
          Type: AWS::Serverless::Function
          Properties:
            Handler: fn.Hello::go
            Runtime: java21
            CodeUri: s3://code/hello.jar
            Environment: {Variables: {WHO: one}}
            Events:
              Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
        Machine:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: s3://code/machine.asl.yaml
            DefinitionSubstitutions: {Hello: !GetAtt Hello.Arn}
            Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Hello}}]
            Events:
              Daily: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), Input: '{}'}}
      Outputs:
        Function: {Value: !Ref Hello}
        Machine: {Value: !Ref Machine}
      """;

  @Test
  void aServerlessApplicationRuns() throws Exception {
    var s3 = platform.client(S3Client.class);
    s3.createBucket(b -> b.bucket("code"));
    s3.putObject(b -> b.bucket("code").key("hello.jar"), RequestBody.fromBytes(CODE));
    String machine =
        """
        StartAt: Call
        States:
          Call: {Type: Task, Resource: '${Hello}', End: true}
        """;
    s3.putObject(b -> b.bucket("code").key("machine.asl.yaml"), RequestBody.fromString(machine));
    Stack stack = create("app", APP);
    assertThat(stack.stackStatusAsString())
        .as(String.valueOf(stack.stackStatusReason()))
        .isEqualTo("CREATE_COMPLETE");
    String function = outputs(stack).get("Function");
    var lambda = platform.client(LambdaClient.class);
    assertThat(lambda.getPolicy(b -> b.functionName(function)).policy())
        .contains("events.amazonaws.com");
    String definition =
        platform
            .client(SfnClient.class)
            .describeStateMachine(b -> b.stateMachineArn(outputs(stack).get("Machine")))
            .definition();
    assertThat(definition)
        .isEqualTo(
            "{\"StartAt\":\"Call\",\"States\":{\"Call\":{\"Type\":\"Task\",\"Resource\":"
                + "\"arn:aws:lambda:us-east-1:000000000000:function:"
                + function
                + "\",\"End\":true}}}");
    assertThat(schedules).hasSize(2).containsKey("MachineDaily");
    assertThat(schedules.values())
        .filteredOn(s -> s.target().input().contains("Scheduled Event"))
        .singleElement()
        .satisfies(s -> assertThat(s.target().input()).contains("<aws.scheduler.scheduled-time>"));
    assertThat(platform.client(IamClient.class).listRoles().roles()).hasSize(3);

    Stack changed = update("app", APP.replace("WHO: one", "WHO: two"));
    assertThat(changed.stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(
            lambda
                .getFunctionConfiguration(b -> b.functionName(function))
                .environment()
                .variables())
        .containsEntry("WHO", "two");
    assertThat(events("app"))
        .filteredOn(e -> e.endsWith("UPDATE_COMPLETE"))
        .containsExactly("Hello UPDATE_COMPLETE", "app UPDATE_COMPLETE");

    stacks.deleteStack(b -> b.stackName("app"));
    assertThat(settled(stack.stackId()).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(schedules).isEmpty();
    assertThat(lambda.listFunctions().functions()).isEmpty();
    assertThat(platform.client(IamClient.class).listRoles().roles()).isEmpty();
  }

  @Test
  void capabilitiesMustBeAcknowledged() {
    assertThatThrownBy(() -> stacks.createStack(b -> b.stackName("app").templateBody(APP)))
        .isInstanceOf(InsufficientCapabilitiesException.class)
        .hasMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
    assertThatThrownBy(() ->
            stacks.createStack(
                b -> b.stackName("app").templateBody(APP).capabilities(Capability.CAPABILITY_IAM)))
        .hasMessageContaining("[CAPABILITY_AUTO_EXPAND]");
    var validated =
        stacks.validateTemplate(b -> b.templateBody(APP.replace("s3://code/hello.jar", "local/")));
    assertThat(validated.capabilitiesAsStrings()).containsExactly("CAPABILITY_AUTO_EXPAND");
    assertThat(validated.declaredTransforms()).containsExactly("AWS::Serverless-2016-10-31");
  }

  @Test
  void templatesComeFromABucketToo() throws Exception {
    var s3 = platform.client(S3Client.class);
    s3.createBucket(b -> b.bucket("code"));
    s3.putObject(b -> b.bucket("code").key("a/t.yaml"), RequestBody.fromString(LAKE));
    stacks.createStack(b -> b.stackName("s").templateURL("http://127.0.0.1:4566/code/a/t.yaml"));
    assertThat(settled("s").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(stacks.getTemplate(b -> b.stackName("s")).templateBody()).isEqualTo(LAKE);
    assertThatThrownBy(() ->
            stacks.createStack(
                b -> b.stackName("t").templateURL("https://code.s3.amazonaws.com/no")))
        .hasMessageContaining("S3 error: ");
  }

  @Test
  void secretParametersStayHidden() throws Exception {
    String template =
        "Parameters: {P: {Type: String, NoEcho: true}}\nResources: {A: {Type: AWS::S3::Bucket}}";
    stacks.createStack(
        b -> b.stackName("s").templateBody(template).parameters(parameter("P", "secret")));
    assertThat(settled("s").parameters()).containsExactly(parameter("P", "****"));
  }

  @Test
  void scopesDoNotSeeEachOther() throws Exception {
    create("lake", LAKE);
    var other =
        platform
            .platform()
            .clients()
            .get(CloudFormationClient.class, new Scope("123456789012", "us-east-1"));
    assertThat(other.listStacks(b -> {}).stackSummaries()).isEmpty();
  }
}
