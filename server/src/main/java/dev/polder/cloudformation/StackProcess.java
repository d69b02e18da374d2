package dev.polder.cloudformation;

import dev.polder.cloudformation.StoredResource.State;
import dev.polder.cloudformation.resource.ResourceType.Made;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Platform;
import dev.polder.store.Batch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// The operation of one stack that is in hand, carried on from what is on disk until the stack is
/// at rest. Each step is written down before it is taken and when it was taken, so that a process
/// that takes this up after a crash repeats at most one step, and knows that it does.
final class StackProcess {
  private final StackStore store;
  private final StackExports exports;
  private final BooleanSupplier stopping;
  private final StackUnderway underway;
  private final ResourceSteps steps;

  /// @param stopping true once the process is to end: the operation rests where it is
  StackProcess(Platform platform, StackStore store, StoredStack stack, BooleanSupplier stopping) {
    this.store = store;
    this.exports = new StackExports(store);
    this.stopping = stopping;
    this.underway = new StackUnderway(platform, store, stack);
    this.steps = new ResourceSteps(underway, stopping);
  }

  void run() {
    while (stack().isInProgress() && !stopping.getAsBoolean()) {
      switch (stack().status()) {
        case "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS" -> forward();
        case "ROLLBACK_IN_PROGRESS" -> removeAll("ROLLBACK_COMPLETE", "ROLLBACK_FAILED");
        case "DELETE_IN_PROGRESS" -> removeAll("DELETE_COMPLETE", "DELETE_FAILED");
        case "UPDATE_ROLLBACK_IN_PROGRESS" -> back();
        case "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" -> cleanUp("UPDATE_COMPLETE");
        case "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" -> cleanUp("UPDATE_ROLLBACK_COMPLETE");
        default -> throw new IllegalStateException("Unknown status " + stack().status());
      }
    }
  }

  private StoredStack stack() {
    return underway.stack();
  }

  // Making and changing.

  private void forward() {
    StoredStack stack = stack();
    boolean creating = stack.status().startsWith("CREATE");
    Set<String> imports = new TreeSet<>();
    try {
      Blueprint blueprint = Blueprint.of(stack, stack.source());
      Values values = values(blueprint, imports);
      for (String id : blueprint.order(values)) {
        if (stopping.getAsBoolean()) {
          return;
        }
        steps.converge(id, blueprint, values);
      }
      complete(blueprint, values, imports, creating);
    } catch (StepFailed | TemplateException e) {
      fail(creating, String.valueOf(e.getMessage()));
    }
  }

  private Values values(Blueprint blueprint, Set<String> imports) {
    return blueprint.values(
        new Present(),
        name -> {
          imports.add(name);
          return store.export(stack().scope(), name).map(StackStore.Export::value).orElse(null);
        });
  }

  /// What the resources are now.
  private final class Present implements Values.Resources {
    private Made made(String id) {
      StoredResource resource = underway.find(id);
      if (resource == null || resource.present() == null) {
        throw new TemplateException(
            "Template format error: Unresolved resource dependencies ["
                + id
                + "] in the Resources block of the template");
      }
      return Objects.requireNonNull(resource.present()).made();
    }

    @Override
    public Object ref(String logicalId) {
      return made(logicalId).ref();
    }

    @Override
    public Object attribute(String logicalId, String name) {
      Object value = made(logicalId).attributes().get(name);
      if (value == null) {
        throw new TemplateException(
            "Template error: resource "
                + logicalId
                + " does not support attribute type "
                + name
                + " in Fn::GetAtt");
      }
      return value;
    }
  }

  private void complete(Blueprint blueprint, Values values, Set<String> imports, boolean creating)
      throws StepFailed {
    StoredStack stack = stack();
    List<StoredStack.Output> outputs = blueprint.outputs(values);
    exports.check(stack, outputs);
    Batch batch = new Batch();
    store.putExports(batch, stack, outputs);
    String status = creating ? "CREATE_COMPLETE" : "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
    underway.put(stack.with(outputs, List.copyOf(imports)).at(status, ""), batch);
  }

  // Failing.

  private void fail(boolean creating, String reason) {
    StoredStack stack = stack();
    if (!creating) {
      boolean rolledBack = !stack.terms().disableRollback();
      underway.become(rolledBack ? "UPDATE_ROLLBACK_IN_PROGRESS" : "UPDATE_FAILED", reason);
      return;
    }
    boolean kept =
        stack.terms().disableRollback() || stack.terms().onFailure().equals("DO_NOTHING");
    if (kept) {
      underway.become("CREATE_FAILED", reason);
    } else if (stack.terms().onFailure().equals("DELETE")) {
      underway.become("DELETE_IN_PROGRESS", reason + "Delete requested by user.");
    } else {
      underway.become("ROLLBACK_IN_PROGRESS", reason + "Rollback requested by user.");
    }
  }

  /// Undoes an update: what was changed gets its old properties, what was replaced its old
  /// resource; what is new is removed at the end.
  private void back() {
    try {
      for (String id : underway.inOrder()) {
        if (stopping.getAsBoolean()) {
          return;
        }
        steps.restore(underway.resource(id));
      }
      String status = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS";
      underway.put(stack().restored().at(status, ""), new Batch());
    } catch (StepFailed e) {
      underway.become("UPDATE_ROLLBACK_FAILED", e.reason());
    }
  }

  // Removing.

  private void removeAll(String done, String failed) {
    String inUse = stack().status().startsWith("DELETE") ? exports.inUse(stack()) : "";
    if (!inUse.isEmpty()) {
      underway.become("DELETE_FAILED", inUse);
      return;
    }
    Set<String> failures = new TreeSet<>();
    for (String id : underway.inOrder().reversed()) {
      if (stopping.getAsBoolean()) {
        return;
      }
      StoredResource resource = underway.resource(id);
      if (!steps.remove(resource, resource.terms().retain())) {
        failures.add(id);
      }
    }
    if (!failures.isEmpty()) {
      underway.become(failed, "The following resource(s) failed to delete: " + failures + ". ");
      return;
    }
    Batch batch = new Batch();
    store.putExports(batch, stack(), List.of());
    boolean deleted = done.equals("DELETE_COMPLETE");
    StoredStack end = deleted ? stack().deleted(underway.now()) : stack();
    underway.put(end.at(done, ""), batch);
  }

  /// Removes what the template does not have any more, and what was replaced. Something that cannot
  /// be removed is left behind, as at AWS: the update itself is done.
  private void cleanUp(String done) {
    Blueprint blueprint = Blueprint.of(stack(), stack().source());
    Set<String> wanted =
        new LinkedHashSet<>(blueprint.order(blueprint.values(new Present(), _ -> "")));
    for (String id : underway.inOrder().reversed()) {
      if (stopping.getAsBoolean()) {
        return;
      }
      StoredResource resource = underway.resource(id);
      if (!wanted.contains(id)) {
        steps.remove(resource, resource.terms().retain());
        underway.forget(resource);
        continue;
      }
      StoredResource settled = resource.settled();
      for (State old : resource.states().replaced()) {
        steps.remove(resource, old, resource.terms().retainReplaced());
      }
      if (!settled.equals(resource)) {
        underway.putQuietly(settled);
      }
    }
    underway.become(done, "");
  }
}
