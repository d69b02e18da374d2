package dev.polder.cloudformation;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.cloudformation.StoredResource.State;
import dev.polder.cloudformation.resource.PropertyException;
import dev.polder.cloudformation.resource.ResourceCall;
import dev.polder.cloudformation.resource.ResourceType;
import dev.polder.cloudformation.resource.ResourceType.Made;
import dev.polder.cloudformation.resource.StoppedException;
import dev.polder.cloudformation.template.References;
import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.TemplateException;
import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.store.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// The operation of one stack that is in hand, carried on from what is on disk until the stack is
/// at rest. Each step is written down before it is taken and when it was taken, so that a process
/// that takes this up after a crash repeats at most one step, and knows that it does.
final class StackProcess {
  private static final System.Logger LOG = System.getLogger(StackProcess.class.getName());

  private final Platform platform;
  private final StackStore store;
  private final BooleanSupplier stopping;
  private StoredStack stack;
  private Map<String, StoredResource> resources;

  /// @param stopping true once the process is to end: the operation rests where it is
  StackProcess(Platform platform, StackStore store, StoredStack stack, BooleanSupplier stopping) {
    this.platform = platform;
    this.store = store;
    this.stack = stack;
    this.stopping = stopping;
    this.resources = store.resourcesOf(stack);
  }

  /// A step that could not be taken, with the reason that events show.
  private static final class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailed(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  void run() {
    while (stack.isInProgress() && !stopping.getAsBoolean()) {
      switch (stack.status()) {
        case "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS" -> forward();
        case "ROLLBACK_IN_PROGRESS" -> removeAll("ROLLBACK_COMPLETE", "ROLLBACK_FAILED");
        case "DELETE_IN_PROGRESS" -> removeAll("DELETE_COMPLETE", "DELETE_FAILED");
        case "UPDATE_ROLLBACK_IN_PROGRESS" -> back();
        case "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" -> cleanUp("UPDATE_COMPLETE");
        case "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" -> cleanUp("UPDATE_ROLLBACK_COMPLETE");
        default -> throw new IllegalStateException("Unknown status " + stack.status());
      }
    }
  }

  private Instant now() {
    return platform.time().instant();
  }

  private void become(String status, String reason) {
    stack = store.put(stack.at(status, reason), now(), new Batch());
  }

  private StoredResource put(StoredResource resource, @Nullable Map<String, Object> properties) {
    resources.put(resource.logicalId(), resource);
    var event =
        new StackStore.Event(
            resource.logicalId(),
            resource.physicalId(),
            resource.type(),
            resource.status(),
            resource.reason(),
            properties == null ? "" : Json.write(properties));
    stack = store.put(stack, resource, event, now());
    return resource;
  }

  // Making and changing.

  private void forward() {
    boolean creating = stack.status().startsWith("CREATE");
    Set<String> imports = new TreeSet<>();
    try {
      Blueprint blueprint = Blueprint.of(stack, stack.source());
      Values values = values(blueprint, imports);
      for (String id : blueprint.order(values)) {
        if (stopping.getAsBoolean()) {
          return;
        }
        converge(id, blueprint, values);
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
          return store.export(stack.scope(), name).map(StackStore.Export::value).orElse(null);
        });
  }

  /// What the resources are now.
  private final class Present implements Values.Resources {
    private Made made(String id) {
      StoredResource resource = resources.get(id);
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

  private void converge(String id, Blueprint blueprint, Values values) throws StepFailed {
    Template.Resource declared = Objects.requireNonNull(blueprint.template().resources().get(id));
    List<String> needs =
        List.copyOf(new References(blueprint.template()).needs().getOrDefault(id, Set.of()));
    StoredResource known = resources.get(id);
    Map<String, Object> properties;
    try {
      properties = plain(values.object(declared.properties()));
    } catch (TemplateException e) {
      StoredResource none = known == null ? absent(id, declared) : known;
      put(
          none.at(
              none.present() == null ? "CREATE_FAILED" : "UPDATE_FAILED",
              String.valueOf(e.getMessage()),
              now()),
          null);
      throw new StepFailed(failedMessage("create", id));
    }
    if (known == null || known.present() == null) {
      StoredResource fresh = known == null ? absent(id, declared) : known;
      create(fresh.declared(needs, declared.retain(), declared.retainReplaced()), properties);
      return;
    }
    StoredResource same = known.declared(needs, declared.retain(), declared.retainReplaced());
    State present = Objects.requireNonNull(known.present());
    if (present.properties().equals(properties)) {
      if (!same.equals(known)) {
        resources.put(id, same);
        store.putQuietly(stack, same);
      }
      return;
    }
    change(same, present, properties);
  }

  private StoredResource absent(String id, Template.Resource declared) {
    return new StoredResource(
        id, declared.type(), "", "", now(), 0, null, null, List.of(), List.of(), false, false);
  }

  /// Values as the store gives them back, so that they can be compared.
  static Map<String, Object> plain(Map<String, Object> properties) {
    return Json.parseObject(Json.write(properties));
  }

  private void create(StoredResource resource, Map<String, Object> properties) throws StepFailed {
    boolean resumed = resource.status().equals("CREATE_IN_PROGRESS");
    StoredResource begun =
        resumed ? resource : put(resource.at("CREATE_IN_PROGRESS", "", now()), properties);
    Made made;
    try {
      made =
          attempt(() -> type(begun).create(call(begun, begun.generation(), properties, resumed)));
    } catch (StepFailed e) {
      put(begun.at("CREATE_FAILED", e.reason(), now()), properties);
      throw new StepFailed(failedMessage("create", begun.logicalId()));
    }
    State state = new State(made, properties, begun.generation());
    put(begun.with(state).at("CREATE_COMPLETE", "", now()), properties);
  }

  private static String failedMessage(String verb, String id) {
    return "The following resource(s) failed to " + verb + ": [" + id + "]. ";
  }

  private void change(StoredResource resource, State present, Map<String, Object> properties)
      throws StepFailed {
    ResourceType type = type(resource);
    boolean resumed = resource.status().equals("UPDATE_IN_PROGRESS");
    boolean replaces = type.replaces(present.properties(), properties);
    StoredResource begun = resource;
    if (!resumed) {
      StoredResource remembered = resource.remembering();
      begun = replaces ? remembered.nextGeneration() : remembered;
      String why =
          replaces
              ? "Requested update requires the creation of a new physical resource; hence creating"
                  + " one."
              : "";
      begun = put(begun.at("UPDATE_IN_PROGRESS", why, now()), properties);
    }
    StoredResource step = begun;
    Made made;
    try {
      ResourceCall call = call(step, step.generation(), properties, resumed);
      made =
          attempt(() ->
              replaces
                  ? type.create(call)
                  : type.update(call, present.made(), present.properties()));
    } catch (StepFailed e) {
      put(step.at("UPDATE_FAILED", e.reason(), now()), properties);
      throw new StepFailed(failedMessage("update", step.logicalId()));
    }
    State state = new State(made, properties, replaces ? step.generation() : present.generation());
    StoredResource done = replaces ? step.replacing(present) : step;
    put(done.with(state).at("UPDATE_COMPLETE", "", now()), properties);
  }

  private static ResourceType type(StoredResource resource) {
    return Blueprint.type(resource.type());
  }

  private ResourceCall call(
      StoredResource resource, int generation, Map<String, Object> properties, boolean resumed) {
    return new ResourceCall(
        platform.clients(),
        stack.scope(),
        stack.name(),
        stack.arn(),
        resource.logicalId(),
        generation,
        properties,
        resumed,
        stopping);
  }

  private interface Step<T> {
    T take();
  }

  private static <T> T attempt(Step<T> step) throws StepFailed {
    try {
      return step.take();
    } catch (AwsServiceException e) {
      var details = e.awsErrorDetails();
      throw new StepFailed(
          details == null
              ? String.valueOf(e.getMessage())
              : "Resource handler returned message: \""
                  + details.errorMessage()
                  + "\" (HandlerErrorCode: "
                  + details.errorCode()
                  + ")");
    } catch (PropertyException | TemplateException e) {
      throw new StepFailed("Properties validation failed: " + e.getMessage());
    } catch (UnsupportedOperationException | SdkException | IllegalArgumentException e) {
      throw new StepFailed("Resource handler returned message: \"" + e.getMessage() + "\"");
    } catch (StoppedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(ERROR, "A step of a stack failed", e);
      throw new StepFailed("Resource handler returned message: \"Internal failure\"");
    }
  }

  private void complete(Blueprint blueprint, Values values, Set<String> imports, boolean creating)
      throws StepFailed {
    List<StoredStack.Output> outputs = outputs(blueprint, values);
    for (StoredStack.Output output : outputs) {
      var other = store.export(stack.scope(), output.export());
      if (!output.export().isEmpty()
          && other.isPresent()
          && !other.get().stackId().equals(stack.arn())) {
        throw new StepFailed(
            "Export with name "
                + output.export()
                + " is already exported by stack "
                + other.get().stackName()
                + ".");
      }
    }
    refuseLostExports(outputs);
    Batch batch = new Batch();
    store.putExports(batch, stack, outputs);
    String status = creating ? "CREATE_COMPLETE" : "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
    StoredStack done = stack.with(outputs, List.copyOf(imports)).at(status, "");
    stack = store.put(done, now(), batch);
  }

  private void refuseLostExports(List<StoredStack.Output> now) throws StepFailed {
    Set<String> kept = new LinkedHashSet<>();
    now.forEach(output -> kept.add(output.export()));
    for (StoredStack.Output old : stack.outputs()) {
      if (!old.export().isEmpty() && !kept.contains(old.export())) {
        List<String> importers = store.importers(stack.scope(), old.export());
        if (!importers.isEmpty()) {
          throw new StepFailed(
              "Cannot delete export "
                  + old.export()
                  + " as it is in use by "
                  + String.join(", ", importers));
        }
      }
    }
  }

  static List<StoredStack.Output> outputs(Blueprint blueprint, Values values) {
    List<StoredStack.Output> outputs = new ArrayList<>();
    blueprint
        .template()
        .outputs()
        .forEach((key, output) -> {
          if (output.condition() == null || values.holds(output.condition())) {
            outputs.add(
                new StoredStack.Output(
                    key,
                    Values.text(values.value(output.value())),
                    output.description(),
                    Values.text(values.value(output.export()))));
          }
        });
    return outputs;
  }

  // Failing.

  private void fail(boolean creating, String reason) {
    if (!creating) {
      boolean rolledBack = !stack.disableRollback();
      become(rolledBack ? "UPDATE_ROLLBACK_IN_PROGRESS" : "UPDATE_FAILED", reason);
      return;
    }
    boolean kept = stack.disableRollback() || stack.onFailure().equals("DO_NOTHING");
    if (kept) {
      become("CREATE_FAILED", reason);
    } else if (stack.onFailure().equals("DELETE")) {
      become("DELETE_IN_PROGRESS", reason + "Delete requested by user.");
    } else {
      become("ROLLBACK_IN_PROGRESS", reason + "Rollback requested by user.");
    }
  }

  /// Undoes an update: what was changed gets its old properties, what was replaced its old
  /// resource; what is new is removed at the end.
  private void back() {
    try {
      for (String id : inOrder()) {
        if (stopping.getAsBoolean()) {
          return;
        }
        restore(Objects.requireNonNull(resources.get(id)));
      }
      stack = stack.restored();
      become("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "");
    } catch (StepFailed e) {
      become("UPDATE_ROLLBACK_FAILED", e.reason());
    }
  }

  private void restore(StoredResource resource) throws StepFailed {
    State before = resource.before();
    if (before == null) {
      return;
    }
    State present = Objects.requireNonNull(resource.present());
    boolean replaced = resource.generation() != before.generation();
    StoredResource begun = put(resource.at("UPDATE_IN_PROGRESS", "", now()), before.properties());
    if (replaced) {
      boolean made = !present.made().equals(before.made());
      StoredResource old = begun.replacing(made ? present : null).restored();
      put(old.at("UPDATE_COMPLETE", "", now()), before.properties());
      return;
    }
    try {
      ResourceCall call = call(begun, before.generation(), before.properties(), true);
      attempt(() -> type(begun).update(call, before.made(), present.properties()));
    } catch (StepFailed e) {
      put(begun.at("UPDATE_FAILED", e.reason(), now()), before.properties());
      throw new StepFailed(failedMessage("update", begun.logicalId()));
    }
    put(begun.restored().at("UPDATE_COMPLETE", "", now()), before.properties());
  }

  // Removing.

  /// All resources, each after all that it needs.
  private List<String> inOrder() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    resources.forEach((id, resource) -> needs.put(id, new LinkedHashSet<>(resource.needs())));
    return References.order(needs);
  }

  private void removeAll(String done, String failed) {
    String inUse = stack.status().startsWith("DELETE") ? exportInUse() : "";
    if (!inUse.isEmpty()) {
      become("DELETE_FAILED", inUse);
      return;
    }
    Set<String> failures = new TreeSet<>();
    for (String id : inOrder().reversed()) {
      if (stopping.getAsBoolean()) {
        return;
      }
      StoredResource resource = Objects.requireNonNull(resources.get(id));
      if (!remove(resource, resource.retain())) {
        failures.add(id);
      }
    }
    if (!failures.isEmpty()) {
      become(failed, "The following resource(s) failed to delete: " + failures + ". ");
      return;
    }
    Batch batch = new Batch();
    store.putExports(batch, stack, List.of());
    boolean deleted = done.equals("DELETE_COMPLETE");
    StoredStack end = deleted ? stack.deleted(now()) : stack;
    stack = store.put(end.at(done, ""), now(), batch);
  }

  private String exportInUse() {
    for (StoredStack.Output output : stack.outputs()) {
      List<String> importers =
          output.export().isEmpty() ? List.of() : store.importers(stack.scope(), output.export());
      if (!importers.isEmpty()) {
        return "Delete canceled. Cannot delete export "
            + output.export()
            + " as it is in use by "
            + String.join(", ", importers)
            + ".";
      }
    }
    return "";
  }

  /// Removes all that a resource has and had; false if something stays against the will.
  private boolean remove(StoredResource resource, boolean retain) {
    for (State old : resource.replaced()) {
      if (!remove(resource, old, resource.retainReplaced())) {
        return false;
      }
    }
    State present = resource.present();
    if (present != null && !remove(resource, present, retain)) {
      return false;
    }
    forget(resource);
    return true;
  }

  private void forget(StoredResource resource) {
    resources.remove(resource.logicalId());
    store.removeResource(stack, resource.logicalId());
  }

  /// Removes one of the things that a logical id has or had. The record of the resource keeps them
  /// all until it is settled or forgotten, so that this can be repeated.
  private boolean remove(StoredResource resource, State state, boolean retain) {
    if (retain) {
      tell(resource, state, "DELETE_SKIPPED", "");
      return true;
    }
    tell(resource, state, "DELETE_IN_PROGRESS", "");
    try {
      ResourceCall call = call(resource, state.generation(), state.properties(), true);
      attempt(() -> {
        type(resource).delete(call, state.made());
        return state;
      });
    } catch (StepFailed e) {
      tell(resource, state, "DELETE_FAILED", e.reason());
      return false;
    }
    tell(resource, state, "DELETE_COMPLETE", "");
    return true;
  }

  private void tell(StoredResource resource, State state, String status, String why) {
    boolean isPresent = state.equals(resource.present());
    StoredResource after = isPresent ? resource.at(status, why, now()) : resource;
    resources.put(resource.logicalId(), after);
    var event =
        new StackStore.Event(
            resource.logicalId(), state.made().physicalId(), resource.type(), status, why, "");
    stack = store.put(stack, after, event, now());
  }

  /// Removes what the template does not have any more, and what was replaced. Something that cannot
  /// be removed is left behind, as at AWS: the update itself is done.
  private void cleanUp(String done) {
    Blueprint blueprint = Blueprint.of(stack, stack.source());
    Set<String> wanted =
        new LinkedHashSet<>(blueprint.order(blueprint.values(new Present(), _ -> "")));
    for (String id : inOrder().reversed()) {
      if (stopping.getAsBoolean()) {
        return;
      }
      StoredResource resource = Objects.requireNonNull(resources.get(id));
      if (!wanted.contains(id)) {
        remove(resource, resource.retain());
        forget(resource);
        continue;
      }
      StoredResource settled = resource.settled();
      for (State old : resource.replaced()) {
        remove(resource, old, resource.retainReplaced());
      }
      if (!settled.equals(resource)) {
        resources.put(id, settled);
        store.putQuietly(stack, settled);
      }
    }
    become(done, "");
  }
}
