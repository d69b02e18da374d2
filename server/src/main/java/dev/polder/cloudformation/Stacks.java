package dev.polder.cloudformation;

import dev.polder.cloudformation.template.TemplateException;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionResponse;

/// Operations that change stacks.
final class Stacks {
  private static final Set<String> UPDATABLE =
      Set.of(
          "CREATE_COMPLETE",
          "CREATE_FAILED",
          "UPDATE_COMPLETE",
          "UPDATE_FAILED",
          "UPDATE_ROLLBACK_COMPLETE");

  private final Platform platform;
  private final StackStore store;
  private final Scope scope;
  private final Consumer<StoredStack> run;

  /// @param run carries an operation on
  Stacks(Platform platform, StackStore store, Scope scope, Consumer<StoredStack> run) {
    this.platform = platform;
    this.store = store;
    this.scope = scope;
    this.run = run;
  }

  private Instant now() {
    return platform.time().instant();
  }

  /// A stack that is there, or, by its id, one that was.
  StoredStack find(@Nullable String nameOrId) {
    String name = Requests.stackName(nameOrId);
    return store.find(scope, name).orElseThrow(() -> CloudFormationErrors.noStack(name));
  }

  /// A stack of which nothing has been made yet.
  StoredStack blank(String name, String status) {
    return StoredStack.blank(new StoredStack.Id(scope, platform.ids().uuid(), name), status, now());
  }

  static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  CreateStackResponse create(CreateStackRequest request) {
    String name = Requests.newStackName(request.stackName());
    refuse(request);
    String body =
        required(Requests.template(platform, scope, request.templateBody(), request.templateURL()));
    var source =
        new StoredStack.Source(
            body,
            Requests.parameters(request.parameters(), Map.of()),
            Requests.tags(request.tags()),
            request.capabilitiesAsStrings());
    boolean disable = Boolean.TRUE.equals(request.disableRollback());
    String failure = request.onFailureAsString();
    if (disable && failure != null) {
      throw CloudFormationErrors.validation(
          "You can specify either DisableRollback or OnFailure, but not both.");
    }
    StoredStack stack =
        blank(name, "CREATE_IN_PROGRESS")
            .creating(
                source,
                text(request.roleARN()),
                disable ? "DO_NOTHING" : failure == null ? "ROLLBACK" : failure,
                now(),
                "")
            .at("CREATE_IN_PROGRESS", "User Initiated")
            .protectedFromDeletion(Boolean.TRUE.equals(request.enableTerminationProtection()));
    checked(stack, source).requireCapabilities(source.capabilities(), false);
    begin(() -> create(stack), stack);
    return CreateStackResponse.builder().stackId(stack.arn()).build();
  }

  private void create(StoredStack stack) {
    if (!store.create(stack, now())) {
      throw CloudFormationErrors.stackExists(stack.name());
    }
  }

  /// Writes an operation down and carries it on; the clock waits for both.
  private void begin(Runnable commit, StoredStack stack) {
    try (var _ = platform.time().work()) {
      commit.run();
      run.accept(stack.counted());
    }
  }

  private static void refuse(CreateStackRequest request) {
    Requests.refuse("NotificationARNs", !request.notificationARNs().isEmpty());
    Requests.refuse("ResourceTypes", !request.resourceTypes().isEmpty());
    Requests.refuse("StackPolicyBody", request.stackPolicyBody() != null);
    Requests.refuse("StackPolicyURL", request.stackPolicyURL() != null);
    Requests.refuse("TimeoutInMinutes", request.timeoutInMinutes() != null);
    Requests.refuse("RetainExceptOnCreate", Boolean.TRUE.equals(request.retainExceptOnCreate()));
    Requests.refuse(
        "RollbackConfiguration",
        request.rollbackConfiguration() != null
            && !request.rollbackConfiguration().rollbackTriggers().isEmpty());
  }

  private static String required(@Nullable String body) {
    if (body == null) {
      throw CloudFormationErrors.validation(
          "Either Template URL or Template Body must be specified.");
    }
    return body;
  }

  /// A template that can be used for a stack.
  static Blueprint checked(StoredStack stack, StoredStack.Source source) {
    try {
      return Blueprint.of(stack, source);
    } catch (TemplateException e) {
      throw CloudFormationErrors.validation(String.valueOf(e.getMessage()));
    }
  }

  UpdateStackResponse update(UpdateStackRequest request) {
    StoredStack stack = find(request.stackName());
    requireUpdatable(stack);
    Requests.refuse("NotificationARNs", !request.notificationARNs().isEmpty());
    Requests.refuse("ResourceTypes", !request.resourceTypes().isEmpty());
    Requests.refuse("StackPolicyBody", request.stackPolicyBody() != null);
    Requests.refuse("RetainExceptOnCreate", Boolean.TRUE.equals(request.retainExceptOnCreate()));
    StoredStack.Source source = source(stack, request);
    Blueprint blueprint = checked(stack, source);
    blueprint.requireCapabilities(source.capabilities(), false);
    if (!changesAnything(stack, source, blueprint)) {
      throw CloudFormationErrors.validation("No updates are to be performed.");
    }
    boolean disable = Boolean.TRUE.equals(request.disableRollback());
    beginUpdate(stack, source, text(request.roleARN()), disable, "");
    return UpdateStackResponse.builder().stackId(stack.arn()).build();
  }

  /// What an update makes of what a stack is made from.
  StoredStack.Source source(StoredStack stack, UpdateStackRequest request) {
    String template =
        Boolean.TRUE.equals(request.usePreviousTemplate())
            ? stack.source().template()
            : required(
                Requests.template(platform, scope, request.templateBody(), request.templateURL()));
    return new StoredStack.Source(
        template,
        Requests.parameters(request.parameters(), stack.source().parameters()),
        request.hasTags() ? Requests.tags(request.tags()) : stack.source().tags(),
        request.capabilitiesAsStrings());
  }

  static void requireUpdatable(StoredStack stack) {
    if (stack.isDeleted()) {
      throw CloudFormationErrors.noStack(stack.name());
    }
    if (!UPDATABLE.contains(stack.status())) {
      throw CloudFormationErrors.validation(
          "Stack:" + stack.arn() + " is in " + stack.status() + " state and can not be updated.");
    }
  }

  boolean changesAnything(StoredStack stack, StoredStack.Source source, Blueprint blueprint) {
    var preview = preview(stack, blueprint);
    return !changes(preview).isEmpty()
        || preview.changesOutputs(stack)
        || !source.tags().equals(stack.source().tags())
        || stack.status().endsWith("_FAILED");
  }

  Preview preview(StoredStack stack, Blueprint blueprint) {
    return new Preview(
        blueprint,
        store.resourcesOf(stack),
        name -> store.export(scope, name).map(StackStore.Export::value).orElse(null));
  }

  /// What a preview finds; refuses what cannot be worked out, and changes of a resource's type.
  static List<ChangeSet.Change> changes(Preview preview) {
    try {
      return preview.changes();
    } catch (TemplateException e) {
      throw CloudFormationErrors.validation(String.valueOf(e.getMessage()));
    }
  }

  void beginUpdate(
      StoredStack stack,
      StoredStack.Source source,
      String role,
      boolean disableRollback,
      String changeSet) {
    StoredStack after =
        stack
            .updating(
                source,
                role.isEmpty() ? stack.terms().role() : role,
                disableRollback,
                now(),
                changeSet)
            .at("UPDATE_IN_PROGRESS", "User Initiated");
    begin(() -> replace(stack, after), after);
  }

  /// Makes the stack of a change set.
  void beginCreation(StoredStack stack, ChangeSet changeSet, boolean disableRollback) {
    StoredStack after =
        stack
            .creating(
                changeSet.source(),
                changeSet.role(),
                disableRollback ? "DO_NOTHING" : changeSet.onFailure(),
                now(),
                changeSet.id())
            .at("CREATE_IN_PROGRESS", "User Initiated");
    begin(() -> replace(stack, after), after);
  }

  private void replace(StoredStack before, StoredStack after) {
    if (!store.replace(before, after, now())) {
      throw CloudFormationErrors.validation(
          "Stack:" + before.arn() + " is being changed by somebody else.");
    }
  }

  /// Deleting a stack that does not exist succeeds, as at AWS.
  DeleteStackResponse delete(DeleteStackRequest request) {
    var found = store.find(scope, Requests.stackName(request.stackName()));
    if (found.isEmpty() || found.get().isDeleted()) {
      return DeleteStackResponse.builder().build();
    }
    StoredStack stack = found.get();
    Requests.refuse("DeletionMode", request.deletionModeAsString() != null);
    if (stack.terms().isProtected()) {
      throw CloudFormationErrors.validation(
          "Stack [" + stack.arn() + "] cannot be deleted while TerminationProtection is enabled");
    }
    if (stack.status().equals("DELETE_IN_PROGRESS")) {
      return DeleteStackResponse.builder().build();
    }
    if (stack.isInProgress()) {
      throw CloudFormationErrors.validation(
          "Stack [" + stack.arn() + "] cannot be deleted while in status " + stack.status());
    }
    retain(stack, request.retainResources());
    StoredStack after = stack.at("DELETE_IN_PROGRESS", "User Initiated");
    begin(() -> replace(stack, after), after);
    return DeleteStackResponse.builder().build();
  }

  private void retain(StoredStack stack, List<String> ids) {
    if (!ids.isEmpty() && !stack.status().equals("DELETE_FAILED")) {
      throw CloudFormationErrors.validation(
          "Invalid operation on stack ["
              + stack.arn()
              + "]. Specify RetainResources only when the stack is in DELETE_FAILED state.");
    }
    Map<String, StoredResource> resources = store.resourcesOf(stack);
    for (String id : ids) {
      StoredResource resource = resources.get(id);
      if (resource == null) {
        throw CloudFormationErrors.validation(
            "Resource [" + id + "] does not exist in stack " + stack.name());
      }
      store.putQuietly(
          stack, resource.declared(new StoredResource.Terms(resource.terms().needs(), true, true)));
    }
  }

  UpdateTerminationProtectionResponse protect(UpdateTerminationProtectionRequest request) {
    StoredStack stack = find(request.stackName());
    if (stack.isInProgress() || stack.isDeleted()) {
      throw CloudFormationErrors.validation(
          "Stack [" + stack.name() + "] is in " + stack.status() + " state");
    }
    boolean yes = Boolean.TRUE.equals(request.enableTerminationProtection());
    store.putQuietly(stack.protectedFromDeletion(yes));
    return UpdateTerminationProtectionResponse.builder().stackId(stack.arn()).build();
  }
}
