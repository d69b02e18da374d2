package dev.polder.cloudformation;

import static dev.polder.cloudformation.StackFixture.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.iam.IamService;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import dev.polder.stepfunctions.StepFunctionsService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.sfn.SfnClient;

/// Applications of the serverless transform, as stacks that run.
class ServerlessStacksTest extends LakeStacks {
  private static final byte[] CODE =
      Compiled.jar(
          "fn.Hello",
          "package fn; public class Hello { public String go() { return System.getenv(\"WHO\"); } }");

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

  private final Map<String, CreateScheduleRequest> schedules = new ConcurrentHashMap<>();

  @Override
  void more() {
    platform.add(IamService::new);
    platform.add(LambdaService::new);
    platform.add(StepFunctionsService::new);
    platform.add(SchedulerClient.class, new KeptSchedules());
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
    Stack stack = stacks.create("app", APP);
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

    Stack changed = stacks.update("app", APP.replace("WHO: one", "WHO: two"));
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

    client.deleteStack(b -> b.stackName("app"));
    assertThat(stacks.settled(stack.stackId()).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(schedules).isEmpty();
    assertThat(lambda.listFunctions().functions()).isEmpty();
    assertThat(platform.client(IamClient.class).listRoles().roles()).isEmpty();
  }

  @Test
  void capabilitiesMustBeAcknowledged() {
    assertThatThrownBy(() -> client.createStack(b -> b.stackName("app").templateBody(APP)))
        .isInstanceOf(InsufficientCapabilitiesException.class)
        .hasMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
    assertThatThrownBy(() ->
            client.createStack(
                b -> b.stackName("app").templateBody(APP).capabilities(Capability.CAPABILITY_IAM)))
        .hasMessageContaining("[CAPABILITY_AUTO_EXPAND]");
    var validated =
        client.validateTemplate(b -> b.templateBody(APP.replace("s3://code/hello.jar", "local/")));
    assertThat(validated.capabilitiesAsStrings()).containsExactly("CAPABILITY_AUTO_EXPAND");
    assertThat(validated.declaredTransforms()).containsExactly("AWS::Serverless-2016-10-31");
  }
}
