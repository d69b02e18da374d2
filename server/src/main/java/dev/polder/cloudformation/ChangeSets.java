package dev.polder.cloudformation;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Violation;
import dev.polder.shape.Shapes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

/// Operations on change sets, as `aws cloudformation deploy` and `sam deploy` use them. A change
/// set is worked out before its creation is answered.
final class ChangeSets {
  private static final String NOTHING =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";

  private final Platform platform;
  private final StackStore store;
  private final Scope scope;
  private final Stacks stacks;

  ChangeSets(Platform platform, StackStore store, Scope scope, Stacks stacks) {
    this.platform = platform;
    this.store = store;
    this.scope = scope;
    this.stacks = stacks;
  }

  private Instant now() {
    return platform.time().instant();
  }

  CreateChangeSetResponse create(CreateChangeSetRequest request) {
    String type = request.changeSetTypeAsString();
    boolean creates = "CREATE".equals(type);
    refuse(request, type);
    String name = name(request.changeSetName());
    StoredStack stack = creates ? toCreate(request.stackName()) : stacks.find(request.stackName());
    if (!creates) {
      Stacks.requireUpdatable(stack);
    }
    // A change set says its source in the members of an update.
    StoredStack.Source source =
        stacks.source(stack, Shapes.copy(request, UpdateStackRequest.builder()).build());
    Blueprint blueprint = Stacks.checked(stack, source);
    blueprint.requireCapabilities(source.capabilities(), true);
    List<ChangeSet.Change> changes = Stacks.changes(stacks.preview(stack, blueprint));
    boolean any = creates || stacks.changesAnything(stack, source, blueprint);
    var changeSet =
        new ChangeSet(
            name,
            arn(name),
            Stacks.text(request.description()),
            creates,
            source,
            Stacks.text(request.roleARN()),
            Objects.requireNonNullElse(request.onStackFailureAsString(), "ROLLBACK"),
            any ? "CREATE_COMPLETE" : "FAILED",
            any ? "" : NOTHING,
            changes,
            now());
    keep(stack, changeSet);
    return CreateChangeSetResponse.builder().id(changeSet.id()).stackId(stack.arn()).build();
  }

  private String arn(String name) {
    String id = platform.ids().uuid();
    return scope.arn("cloudformation", "changeSet/" + name + "/" + id).toString();
  }

  private static void refuse(CreateChangeSetRequest request, @Nullable String type) {
    if (type != null && !Set.of("CREATE", "UPDATE").contains(type)) {
      throw CloudFormationErrors.unsupported("ChangeSetType " + type);
    }
    Requests.refuse("NotificationARNs", !request.notificationARNs().isEmpty());
    Requests.refuse("ResourceTypes", !request.resourceTypes().isEmpty());
    Requests.refuse("ResourcesToImport", !request.resourcesToImport().isEmpty());
    Requests.refuse(
        "ImportExistingResources", Boolean.TRUE.equals(request.importExistingResources()));
    Requests.refuse("DeploymentMode", request.deploymentModeAsString() != null);
    Requests.refuse(
        "RollbackConfiguration",
        request.rollbackConfiguration() != null
            && !request.rollbackConfiguration().rollbackTriggers().isEmpty());
  }

  private static String name(@Nullable String name) {
    if (name == null || !name.matches("[a-zA-Z][-a-zA-Z0-9]{0,127}")) {
      throw CloudFormationErrors.validation(
          Violation.pattern(name, "changeSetName", "[a-zA-Z][-a-zA-Z0-9]*"));
    }
    return name;
  }

  private StoredStack toCreate(@Nullable String given) {
    String name = Requests.newStackName(given);
    Optional<StoredStack> found = store.find(scope, name);
    if (found.isPresent() && !found.get().status().equals("REVIEW_IN_PROGRESS")) {
      throw CloudFormationErrors.validation(
          "Stack ["
              + name
              + "] already exists and cannot be created again with the changeSet ["
              + name
              + "].");
    }
    return found.orElseGet(() -> stacks.blank(name, "REVIEW_IN_PROGRESS"));
  }

  private void keep(StoredStack stack, ChangeSet changeSet) {
    if (store.byUuid(scope, stack.uuid()).isEmpty() && !store.create(stack, now())) {
      throw CloudFormationErrors.stackExists(stack.name());
    }
    if (!store.create(stack, changeSet)) {
      throw CloudFormationErrors.changeSetExists(changeSet.name(), stack.name());
    }
  }

  /// A change set by its name and stack, or by its id alone.
  private record Found(StoredStack stack, ChangeSet changeSet) {}

  private Found find(@Nullable String given, @Nullable String stackName) {
    String name = given == null ? "" : given;
    if (name.startsWith("arn:")) {
      String plain = name.replaceFirst("^.*:changeSet/", "").replaceFirst("/.*$", "");
      for (StoredStack stack : store.all(scope)) {
        var changeSet = store.changeSet(stack, plain).filter(c -> c.id().equals(name));
        if (changeSet.isPresent()) {
          return new Found(stack, changeSet.get());
        }
      }
      throw CloudFormationErrors.noChangeSet(name);
    }
    StoredStack stack = stacks.find(stackName);
    return store
        .changeSet(stack, name)
        .map(changeSet -> new Found(stack, changeSet))
        .orElseThrow(() -> CloudFormationErrors.noChangeSet(name));
  }

  DescribeChangeSetResponse describe(DescribeChangeSetRequest request) {
    Found found = find(request.changeSetName(), request.stackName());
    ChangeSet changeSet = found.changeSet();
    boolean ready = changeSet.status().equals("CREATE_COMPLETE");
    return DescribeChangeSetResponse.builder()
        .changeSetName(changeSet.name())
        .changeSetId(changeSet.id())
        .stackId(found.stack().arn())
        .stackName(found.stack().name())
        .description(changeSet.description().isEmpty() ? null : changeSet.description())
        .parameters(Described.parameters(changeSet.source()))
        .creationTime(changeSet.created())
        .executionStatus(ready ? "AVAILABLE" : "UNAVAILABLE")
        .status(changeSet.status())
        .statusReason(changeSet.reason().isEmpty() ? null : changeSet.reason())
        .notificationARNs(List.of())
        .capabilitiesWithStrings(changeSet.source().capabilities())
        .tags(Described.tags(changeSet.source().tags()))
        .changes(changeSet.changes().stream().map(ChangeSets::change).toList())
        .includeNestedStacks(false)
        .build();
  }

  private static Change change(ChangeSet.Change change) {
    var resource =
        ResourceChange.builder()
            .action(change.action())
            .logicalResourceId(change.logicalId())
            .resourceType(change.type())
            .scopeWithStrings(change.properties().isEmpty() ? List.of() : List.of("Properties"))
            .details(change.properties().stream().map(ChangeSets::detail).toList());
    if (!change.physicalId().isEmpty()) {
      resource.physicalResourceId(change.physicalId());
    }
    if (!change.replacement().isEmpty()) {
      resource.replacement(change.replacement());
    }
    return Change.builder().type("Resource").resourceChange(resource.build()).build();
  }

  private static ResourceChangeDetail detail(String property) {
    return ResourceChangeDetail.builder()
        .target(ResourceTargetDefinition.builder().attribute("Properties").name(property).build())
        .build();
  }

  ExecuteChangeSetResponse execute(ExecuteChangeSetRequest request) {
    Found found = find(request.changeSetName(), request.stackName());
    ChangeSet changeSet = found.changeSet();
    if (!changeSet.status().equals("CREATE_COMPLETE")) {
      throw CloudFormationErrors.changeSetStatus(
          "ChangeSet ["
              + changeSet.id()
              + "] cannot be executed in its current status of ["
              + changeSet.status()
              + "]");
    }
    Requests.refuse("RetainExceptOnCreate", Boolean.TRUE.equals(request.retainExceptOnCreate()));
    boolean disable = Boolean.TRUE.equals(request.disableRollback());
    if (changeSet.creates()) {
      if (!found.stack().status().equals("REVIEW_IN_PROGRESS")) {
        throw CloudFormationErrors.stackExists(found.stack().name());
      }
      stacks.beginCreation(found.stack(), changeSet, disable);
    } else {
      Stacks.requireUpdatable(found.stack());
      stacks.beginUpdate(
          found.stack(), changeSet.source(), changeSet.role(), disable, changeSet.id());
    }
    // The stack has begun to change: what was worked out for it does not hold any more.
    store.removeChangeSets(found.stack());
    return ExecuteChangeSetResponse.builder().build();
  }

  /// Deleting a change set that does not exist succeeds, as at AWS.
  DeleteChangeSetResponse delete(DeleteChangeSetRequest request) {
    try {
      Found found = find(request.changeSetName(), request.stackName());
      store.removeChangeSet(found.stack(), found.changeSet().name());
    } catch (ChangeSetNotFoundException _) {
      return DeleteChangeSetResponse.builder().build();
    }
    return DeleteChangeSetResponse.builder().build();
  }

  ListChangeSetsResponse list(ListChangeSetsRequest request) {
    StoredStack stack = stacks.find(request.stackName());
    return ListChangeSetsResponse.builder()
        .summaries(
            store.changeSetsOf(stack).stream()
                .map(c ->
                    ChangeSetSummary.builder()
                        .changeSetId(c.id())
                        .changeSetName(c.name())
                        .stackId(stack.arn())
                        .stackName(stack.name())
                        .creationTime(c.created())
                        .status(c.status())
                        .statusReason(c.reason().isEmpty() ? null : c.reason())
                        .executionStatus(
                            c.status().equals("CREATE_COMPLETE") ? "AVAILABLE" : "UNAVAILABLE")
                        .build())
                .toList())
        .build();
  }
}
