package dev.polder.cloudformation;

import dev.polder.cloudformation.sam.ServerlessTransform;
import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.cloudformation.template.TemplateReader;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.*;

/// CloudFormation as one account and region sees it.
final class LocalCloudFormation implements CloudFormationClient {
  private static final int PAGE = 100;

  private final Platform platform;
  private final StackStore store;
  private final Scope scope;
  private final Stacks stacks;
  private final ChangeSets changeSets;

  LocalCloudFormation(Platform platform, StackStore store, Scope scope, Consumer<StoredStack> run) {
    this.platform = platform;
    this.store = store;
    this.scope = scope;
    this.stacks = new Stacks(platform, store, scope, run);
    this.changeSets = new ChangeSets(platform, store, scope, stacks);
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

  /// A page of a list; the token is the number of the first item.
  private record Page<T>(List<T> items, @Nullable String next) {

    static <T> Page<T> of(List<T> all, @Nullable String token) {
      int from = from(token);
      int to = Math.min(all.size(), from + PAGE);
      return new Page<>(
          all.subList(Math.min(from, to), to), to < all.size() ? Integer.toString(to) : null);
    }

    static int from(@Nullable String token) {
      if (token == null) {
        return 0;
      }
      if (!token.matches("\\d{1,9}")) {
        throw CloudFormationErrors.validation("NextToken is not valid");
      }
      return Integer.parseInt(token);
    }
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    if (request.stackName() != null) {
      Stack one = Described.stack(stacks.find(request.stackName()));
      return DescribeStacksResponse.builder().stacks(one).build();
    }
    List<StoredStack> live = store.all(scope).stream().filter(s -> !s.isDeleted()).toList();
    var page = Page.of(live, request.nextToken());
    return DescribeStacksResponse.builder()
        .stacks(page.items().stream().map(Described::stack).toList())
        .nextToken(page.next())
        .build();
  }

  @Override
  public ListStacksResponse listStacks(ListStacksRequest request) {
    List<String> wanted = request.stackStatusFiltersAsStrings();
    var page =
        Page.of(
            store.all(scope).stream()
                .filter(stack -> wanted.isEmpty() || wanted.contains(stack.status()))
                .toList(),
            request.nextToken());
    return ListStacksResponse.builder()
        .stackSummaries(page.items().stream().map(Described::summary).toList())
        .nextToken(page.next())
        .build();
  }

  @Override
  public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    long below = request.nextToken() == null ? Long.MAX_VALUE : Page.from(request.nextToken());
    List<StackStore.KeptEvent> events = store.events(stack, below, PAGE);
    String next =
        events.size() < PAGE || events.getLast().number() == 0
            ? null
            : Long.toString(events.getLast().number());
    return DescribeStackEventsResponse.builder()
        .stackEvents(events.stream().map(event -> Described.event(stack, event)).toList())
        .nextToken(next)
        .build();
  }

  @Override
  public DescribeStackResourcesResponse describeStackResources(
      DescribeStackResourcesRequest request) {
    Requests.refuse("PhysicalResourceId", request.physicalResourceId() != null);
    StoredStack stack = stacks.find(request.stackName());
    String only = request.logicalResourceId();
    return DescribeStackResourcesResponse.builder()
        .stackResources(
            store.resourcesOf(stack).values().stream()
                .filter(resource -> only == null || only.equals(resource.logicalId()))
                .map(resource -> Described.resource(stack, resource))
                .toList())
        .build();
  }

  @Override
  public DescribeStackResourceResponse describeStackResource(DescribeStackResourceRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    StoredResource resource = store.resourcesOf(stack).get(request.logicalResourceId());
    if (resource == null) {
      throw CloudFormationErrors.validation(
          "Resource " + request.logicalResourceId() + " does not exist for stack " + stack.name());
    }
    return DescribeStackResourceResponse.builder()
        .stackResourceDetail(Described.detail(stack, resource))
        .build();
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    var page = Page.of(List.copyOf(store.resourcesOf(stack).values()), request.nextToken());
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(page.items().stream().map(Described::summary).toList())
        .nextToken(page.next())
        .build();
  }

  @Override
  public ListExportsResponse listExports(ListExportsRequest request) {
    List<StackStore.Export> found = store.exports(scope, request.nextToken(), PAGE + 1);
    boolean more = found.size() > PAGE;
    List<StackStore.Export> page = more ? found.subList(0, PAGE) : found;
    return ListExportsResponse.builder()
        .exports(
            page.stream()
                .map(e ->
                    Export.builder()
                        .exportingStackId(e.stackId())
                        .name(e.name())
                        .value(e.value())
                        .build())
                .toList())
        .nextToken(more ? page.getLast().name() : null)
        .build();
  }

  @Override
  public ListImportsResponse listImports(ListImportsRequest request) {
    List<String> importers = store.importers(scope, String.valueOf(request.exportName()));
    if (importers.isEmpty()) {
      throw CloudFormationErrors.validation(
          "Export '" + request.exportName() + "' is not imported by any stack.");
    }
    return ListImportsResponse.builder().imports(importers).build();
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    String body = stack.source().template();
    if (request.changeSetName() != null) {
      body =
          store
              .changeSet(stack, request.changeSetName())
              .orElseThrow(() -> CloudFormationErrors.noChangeSet(request.changeSetName()))
              .source()
              .template();
    }
    String shown = body;
    if (request.templateStage() == TemplateStage.PROCESSED) {
      shown = Json.write(Blueprint.processed(TemplateReader.read(body)).value());
    }
    return GetTemplateResponse.builder()
        .templateBody(shown)
        .stagesAvailableWithStrings("Original", "Processed")
        .build();
  }

  private Template template(@Nullable String body, @Nullable String url) {
    return read(body(body, url));
  }

  private String body(@Nullable String body, @Nullable String url) {
    String text = Requests.template(platform, scope, body, url);
    if (text == null) {
      throw CloudFormationErrors.validation(
          "Either Template URL or Template Body must be specified.");
    }
    return text;
  }

  private static Template read(String text) {
    try {
      return Blueprint.read(text);
    } catch (TemplateException e) {
      throw CloudFormationErrors.validation(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> capabilities(Template template) {
    if (!template.makesIam(false)) {
      return List.of();
    }
    return List.of(template.makesIam(true) ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
  }

  private static @Nullable String reason(Template template) {
    List<String> types = new ArrayList<>();
    template.resources().values().stream()
        .map(Template.Resource::type)
        .filter(type -> type.startsWith("AWS::IAM::"))
        .distinct()
        .forEach(types::add);
    return types.isEmpty() ? null : "The following resource(s) require capabilities: " + types;
  }

  /// Checks a template as it is written: transforms are named and not applied, as at AWS, so local
  /// paths in a serverless template are no mistake.
  @Override
  public ValidateTemplateResponse validateTemplate(ValidateTemplateRequest request) {
    String body = body(request.templateBody(), request.templateURL());
    boolean transforms;
    Template template;
    try {
      TemplateReader.Document document = TemplateReader.read(body);
      transforms = Blueprint.isTransformed(document);
      template = transforms ? Template.untransformed(document) : Template.of(document);
    } catch (TemplateException e) {
      throw CloudFormationErrors.validation(String.valueOf(e.getMessage()));
    }
    List<String> capabilities = new ArrayList<>(capabilities(template));
    if (transforms) {
      capabilities.add("CAPABILITY_AUTO_EXPAND");
    }
    return ValidateTemplateResponse.builder()
        .description(template.description().isEmpty() ? null : template.description())
        .parameters(
            template.parameters().values().stream()
                .map(LocalCloudFormation::templateParameter)
                .toList())
        .capabilitiesWithStrings(capabilities)
        .capabilitiesReason(reason(template))
        .declaredTransforms(transforms ? List.of(ServerlessTransform.NAME) : List.of())
        .build();
  }

  private static TemplateParameter templateParameter(
      dev.polder.cloudformation.template.Parameter parameter) {
    return TemplateParameter.builder()
        .parameterKey(parameter.name())
        .defaultValue(parameter.byDefault())
        .noEcho(parameter.noEcho())
        .description(parameter.description().isEmpty() ? null : parameter.description())
        .build();
  }

  @Override
  public GetTemplateSummaryResponse getTemplateSummary(GetTemplateSummaryRequest request) {
    Template template =
        request.stackName() == null
            ? template(request.templateBody(), request.templateURL())
            : read(stacks.find(request.stackName()).source().template());
    List<String> types =
        template.resources().values().stream()
            .map(Template.Resource::type)
            .distinct()
            .sorted()
            .toList();
    return GetTemplateSummaryResponse.builder()
        .description(template.description().isEmpty() ? null : template.description())
        .parameters(
            template.parameters().values().stream().map(LocalCloudFormation::declaration).toList())
        .capabilitiesWithStrings(capabilities(template))
        .capabilitiesReason(reason(template))
        .resourceTypes(types)
        .build();
  }

  private static ParameterDeclaration declaration(
      dev.polder.cloudformation.template.Parameter parameter) {
    return ParameterDeclaration.builder()
        .parameterKey(parameter.name())
        .defaultValue(parameter.byDefault())
        .parameterType(parameter.type())
        .noEcho(parameter.noEcho())
        .description(parameter.description().isEmpty() ? null : parameter.description())
        .parameterConstraints(
            ParameterConstraints.builder().allowedValues(parameter.allowed()).build())
        .build();
  }

  /// No stack here has a policy; AWS answers none then. Terraform asks.
  @Override
  public GetStackPolicyResponse getStackPolicy(GetStackPolicyRequest request) {
    stacks.find(request.stackName());
    return GetStackPolicyResponse.builder().build();
  }
}
