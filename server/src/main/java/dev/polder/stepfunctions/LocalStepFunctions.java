package dev.polder.stepfunctions;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityRequest;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityRequest;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TagResourceRequest;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.UntagResourceRequest;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunRequest;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/// Step Functions as one account and region sees it. Which class does what is all that is here.
final class LocalStepFunctions implements SfnClient {
  private final Scope scope;
  private final StateMachineOperations machines;
  private final VersionOperations versions;
  private final Descriptions descriptions;
  private final ExecutionOperations executions;
  private final ExpressOperations express;
  private final Activities activities;
  private final TestStateOperation tests;
  private final MapRunOperations mapRuns;
  private final Tags tags;

  LocalStepFunctions(Platform platform, Engine engine, Scope scope) {
    Catalogue catalogue = engine.catalogue();
    this.scope = scope;
    this.tags = new Tags(catalogue);
    this.machines = new StateMachineOperations(platform, catalogue, tags, scope);
    this.versions = new VersionOperations(platform, catalogue, machines, scope);
    this.descriptions = new Descriptions(engine, scope);
    this.executions = new ExecutionOperations(platform, engine, scope);
    this.express = new ExpressOperations(platform, engine, scope);
    this.tests = new TestStateOperation(platform, engine, scope);
    this.mapRuns = new MapRunOperations(engine, scope);
    this.activities = new Activities(platform, engine, catalogue, scope);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public CreateStateMachineResponse createStateMachine(CreateStateMachineRequest request) {
    return machines.create(request);
  }

  @Override
  public UpdateStateMachineResponse updateStateMachine(UpdateStateMachineRequest request) {
    return machines.update(request);
  }

  @Override
  public DeleteStateMachineResponse deleteStateMachine(DeleteStateMachineRequest request) {
    return machines.delete(request);
  }

  @Override
  public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
    return machines.list(request);
  }

  @Override
  public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
    return descriptions.machine(request);
  }

  @Override
  public DescribeStateMachineForExecutionResponse describeStateMachineForExecution(
      DescribeStateMachineForExecutionRequest request) {
    return descriptions.forExecution(request);
  }

  @Override
  public ValidateStateMachineDefinitionResponse validateStateMachineDefinition(
      ValidateStateMachineDefinitionRequest request) {
    return descriptions.validate(request);
  }

  @Override
  public PublishStateMachineVersionResponse publishStateMachineVersion(
      PublishStateMachineVersionRequest request) {
    return versions.publish(request);
  }

  @Override
  public ListStateMachineVersionsResponse listStateMachineVersions(
      ListStateMachineVersionsRequest request) {
    return versions.list(request);
  }

  @Override
  public DeleteStateMachineVersionResponse deleteStateMachineVersion(
      DeleteStateMachineVersionRequest request) {
    return versions.delete(request);
  }

  @Override
  public CreateStateMachineAliasResponse createStateMachineAlias(
      CreateStateMachineAliasRequest request) {
    return versions.createAlias(request);
  }

  @Override
  public UpdateStateMachineAliasResponse updateStateMachineAlias(
      UpdateStateMachineAliasRequest request) {
    return versions.updateAlias(request);
  }

  @Override
  public DescribeStateMachineAliasResponse describeStateMachineAlias(
      DescribeStateMachineAliasRequest request) {
    return versions.describeAlias(request);
  }

  @Override
  public DeleteStateMachineAliasResponse deleteStateMachineAlias(
      DeleteStateMachineAliasRequest request) {
    return versions.deleteAlias(request);
  }

  @Override
  public ListStateMachineAliasesResponse listStateMachineAliases(
      ListStateMachineAliasesRequest request) {
    return versions.listAliases(request);
  }

  @Override
  public StartExecutionResponse startExecution(StartExecutionRequest request) {
    return executions.start(request);
  }

  @Override
  public StopExecutionResponse stopExecution(StopExecutionRequest request) {
    return executions.stop(request);
  }

  @Override
  public RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
    return executions.redrive(request);
  }

  @Override
  public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
    return executions.describe(request);
  }

  @Override
  public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
    return executions.list(request);
  }

  @Override
  public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
    return executions.history(request);
  }

  @Override
  public StartSyncExecutionResponse startSyncExecution(StartSyncExecutionRequest request) {
    return express.run(request);
  }

  @Override
  public CreateActivityResponse createActivity(CreateActivityRequest request) {
    return activities.create(request);
  }

  @Override
  public DescribeActivityResponse describeActivity(DescribeActivityRequest request) {
    return activities.describe(request);
  }

  @Override
  public DeleteActivityResponse deleteActivity(DeleteActivityRequest request) {
    return activities.delete(request);
  }

  @Override
  public ListActivitiesResponse listActivities(ListActivitiesRequest request) {
    return activities.list(request);
  }

  @Override
  public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
    return activities.take(request);
  }

  @Override
  public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
    return activities.succeed(request);
  }

  @Override
  public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
    return activities.fail(request);
  }

  @Override
  public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
    return activities.heartbeat(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return tags.tag(scope, request);
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return tags.untag(scope, request);
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return tags.list(scope, request);
  }

  @Override
  public DescribeMapRunResponse describeMapRun(DescribeMapRunRequest request) {
    return mapRuns.describe(request);
  }

  @Override
  public ListMapRunsResponse listMapRuns(ListMapRunsRequest request) {
    return mapRuns.list(request);
  }

  @Override
  public UpdateMapRunResponse updateMapRun(UpdateMapRunRequest request) {
    return mapRuns.update(request);
  }

  @Override
  public TestStateResponse testState(TestStateRequest request) {
    return tests.run(request);
  }
}
