package dev.polder.cloudformation;

import dev.polder.kernel.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.*;

/// Operations that tell of stacks, their events and resources, and of exports.
final class StackQueries {
  private static final int PAGE = 100;

  private final StackStore store;
  private final Scope scope;
  private final Stacks stacks;

  StackQueries(StackStore store, Scope scope, Stacks stacks) {
    this.store = store;
    this.scope = scope;
    this.stacks = stacks;
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

  DescribeStacksResponse describe(DescribeStacksRequest request) {
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

  ListStacksResponse list(ListStacksRequest request) {
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

  DescribeStackEventsResponse events(DescribeStackEventsRequest request) {
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

  DescribeStackResourcesResponse resources(DescribeStackResourcesRequest request) {
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

  DescribeStackResourceResponse resource(DescribeStackResourceRequest request) {
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

  ListStackResourcesResponse listResources(ListStackResourcesRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    var page = Page.of(List.copyOf(store.resourcesOf(stack).values()), request.nextToken());
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(page.items().stream().map(Described::summary).toList())
        .nextToken(page.next())
        .build();
  }

  ListExportsResponse exports(ListExportsRequest request) {
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

  ListImportsResponse imports(ListImportsRequest request) {
    List<String> importers = store.importers(scope, String.valueOf(request.exportName()));
    if (importers.isEmpty()) {
      throw CloudFormationErrors.validation(
          "Export '" + request.exportName() + "' is not imported by any stack.");
    }
    return ListImportsResponse.builder().imports(importers).build();
  }
}
