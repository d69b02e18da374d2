package dev.polder.cloudformation;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.*;

/// CloudFormation as one account and region sees it: each operation in the class of what it is
/// about.
final class LocalCloudFormation implements CloudFormationClient {
  private final Stacks stacks;
  private final StackQueries queries;
  private final ChangeSets changeSets;
  private final TemplateOperations templates;

  LocalCloudFormation(Platform platform, StackStore store, Scope scope, Consumer<StoredStack> run) {
    this.stacks = new Stacks(platform, store, scope, run);
    this.queries = new StackQueries(store, scope, stacks);
    this.changeSets = new ChangeSets(platform, store, scope, stacks);
    this.templates = new TemplateOperations(platform, store, scope, stacks);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public CreateStackResponse createStack(CreateStackRequest request) {
    return stacks.create(request);
  }

  @Override
  public UpdateStackResponse updateStack(UpdateStackRequest request) {
    return stacks.update(request);
  }

  @Override
  public DeleteStackResponse deleteStack(DeleteStackRequest request) {
    return stacks.delete(request);
  }

  @Override
  public UpdateTerminationProtectionResponse updateTerminationProtection(
      UpdateTerminationProtectionRequest request) {
    return stacks.protect(request);
  }

  @Override
  public CreateChangeSetResponse createChangeSet(CreateChangeSetRequest request) {
    return changeSets.create(request);
  }

  @Override
  public DescribeChangeSetResponse describeChangeSet(DescribeChangeSetRequest request) {
    return changeSets.describe(request);
  }

  @Override
  public ExecuteChangeSetResponse executeChangeSet(ExecuteChangeSetRequest request) {
    return changeSets.execute(request);
  }

  @Override
  public DeleteChangeSetResponse deleteChangeSet(DeleteChangeSetRequest request) {
    return changeSets.delete(request);
  }

  @Override
  public ListChangeSetsResponse listChangeSets(ListChangeSetsRequest request) {
    return changeSets.list(request);
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    return queries.describe(request);
  }

  @Override
  public ListStacksResponse listStacks(ListStacksRequest request) {
    return queries.list(request);
  }

  @Override
  public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
    return queries.events(request);
  }

  @Override
  public DescribeStackResourcesResponse describeStackResources(
      DescribeStackResourcesRequest request) {
    return queries.resources(request);
  }

  @Override
  public DescribeStackResourceResponse describeStackResource(DescribeStackResourceRequest request) {
    return queries.resource(request);
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    return queries.listResources(request);
  }

  @Override
  public ListExportsResponse listExports(ListExportsRequest request) {
    return queries.exports(request);
  }

  @Override
  public ListImportsResponse listImports(ListImportsRequest request) {
    return queries.imports(request);
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    return templates.get(request);
  }

  @Override
  public ValidateTemplateResponse validateTemplate(ValidateTemplateRequest request) {
    return templates.validate(request);
  }

  @Override
  public GetTemplateSummaryResponse getTemplateSummary(GetTemplateSummaryRequest request) {
    return templates.summary(request);
  }

  /// No stack here has a policy; AWS answers none then. Terraform asks.
  @Override
  public GetStackPolicyResponse getStackPolicy(GetStackPolicyRequest request) {
    stacks.find(request.stackName());
    return GetStackPolicyResponse.builder().build();
  }
}
