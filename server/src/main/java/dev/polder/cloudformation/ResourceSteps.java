package dev.polder.cloudformation;

import static java.lang.System.Logger.Level.ERROR;

import dev.polder.cloudformation.StoredResource.State;
import dev.polder.cloudformation.StoredResource.Terms;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Making, changing, restoring and removing one resource of a stack. Each step is written down
/// before it is taken and when it was taken.
final class ResourceSteps {
  private static final System.Logger LOG = System.getLogger(ResourceSteps.class.getName());

  private final StackUnderway underway;

  private final BooleanSupplier stopping;

  /// @param stopping true once the process is to end
  ResourceSteps(StackUnderway underway, BooleanSupplier stopping) {
    this.underway = underway;
    this.stopping = stopping;
  }

  /// Makes a resource what the template says, if it is not that already.
  void converge(String id, Blueprint blueprint, Values values) throws StepFailed {
    Template.Resource declared = Objects.requireNonNull(blueprint.template().resources().get(id));
    var needs = new References(blueprint.template()).needs().getOrDefault(id, Set.of());
    var terms = new Terms(List.copyOf(needs), declared.retain(), declared.retainReplaced());
    StoredResource known = underway.find(id);
    Map<String, Object> properties = properties(id, declared, values);
    if (known == null || known.present() == null) {
      StoredResource fresh = known == null ? absent(id, declared) : known;
      create(fresh.declared(terms), properties);
      return;
    }
    StoredResource same = known.declared(terms);
    State present = Objects.requireNonNull(known.present());
    if (present.properties().equals(properties)) {
      if (!same.equals(known)) {
        underway.putQuietly(same);
      }
      return;
    }
    change(same, present, properties);
  }

  private Map<String, Object> properties(String id, Template.Resource declared, Values values)
      throws StepFailed {
    try {
      return plain(values.object(declared.properties()));
    } catch (TemplateException e) {
      StoredResource known = underway.find(id);
      StoredResource none = known == null ? absent(id, declared) : known;
      String status = none.present() == null ? "CREATE_FAILED" : "UPDATE_FAILED";
      underway.put(none.at(status, String.valueOf(e.getMessage()), underway.now()), null);
      throw new StepFailed(failedMessage("create", id));
    }
  }

  private StoredResource absent(String id, Template.Resource declared) {
    return StoredResource.absent(id, declared.type(), underway.now());
  }

  /// Values as the store gives them back, so that they can be compared.
  static Map<String, Object> plain(Map<String, Object> properties) {
    return Json.parseObject(Json.write(properties));
  }

  private void create(StoredResource resource, Map<String, Object> properties) throws StepFailed {
    boolean resumed = resource.status().equals("CREATE_IN_PROGRESS");
    StoredResource begun =
        resumed
            ? resource
            : underway.put(resource.at("CREATE_IN_PROGRESS", "", underway.now()), properties);
    Made made;
    try {
      made =
          attempt(() -> type(begun).create(call(begun, begun.generation(), properties, resumed)));
    } catch (StepFailed e) {
      underway.put(begun.at("CREATE_FAILED", e.reason(), underway.now()), properties);
      throw new StepFailed(failedMessage("create", begun.logicalId()));
    }
    State state = new State(made, properties, begun.generation());
    underway.put(begun.with(state).at("CREATE_COMPLETE", "", underway.now()), properties);
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
      begun = underway.put(begun.at("UPDATE_IN_PROGRESS", why, underway.now()), properties);
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
      underway.put(step.at("UPDATE_FAILED", e.reason(), underway.now()), properties);
      throw new StepFailed(failedMessage("update", step.logicalId()));
    }
    State state = new State(made, properties, replaces ? step.generation() : present.generation());
    StoredResource done = replaces ? step.replacing(present) : step;
    underway.put(done.with(state).at("UPDATE_COMPLETE", "", underway.now()), properties);
  }

  private static ResourceType type(StoredResource resource) {
    return Blueprint.type(resource.type());
  }

  private ResourceCall call(
      StoredResource resource, int generation, Map<String, Object> properties, boolean resumed) {
    return new ResourceCall(
        underway.platform().clients(),
        underway.stack().scope(),
        underway.stack().name(),
        underway.stack().arn(),
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

  /// Undoes what the update in hand did to a resource.
  void restore(StoredResource resource) throws StepFailed {
    State before = resource.states().before();
    if (before == null) {
      return;
    }
    State present = Objects.requireNonNull(resource.present());
    boolean replaced = resource.generation() != before.generation();
    StoredResource begun =
        underway.put(resource.at("UPDATE_IN_PROGRESS", "", underway.now()), before.properties());
    if (replaced) {
      boolean made = !present.made().equals(before.made());
      StoredResource old = made ? begun.replacing(present) : begun;
      underway.put(old.restored().at("UPDATE_COMPLETE", "", underway.now()), before.properties());
      return;
    }
    try {
      ResourceCall call = call(begun, before.generation(), before.properties(), true);
      attempt(() -> type(begun).update(call, before.made(), present.properties()));
    } catch (StepFailed e) {
      underway.put(begun.at("UPDATE_FAILED", e.reason(), underway.now()), before.properties());
      throw new StepFailed(failedMessage("update", begun.logicalId()));
    }
    underway.put(begun.restored().at("UPDATE_COMPLETE", "", underway.now()), before.properties());
  }

  /// Removes all that a resource has and had; false if something stays against the will.
  boolean remove(StoredResource resource, boolean retain) {
    for (State old : resource.states().replaced()) {
      if (!remove(resource, old, resource.terms().retainReplaced())) {
        return false;
      }
    }
    State present = resource.present();
    if (present != null && !remove(resource, present, retain)) {
      return false;
    }
    underway.forget(resource);
    return true;
  }

  /// Removes one of the things that a logical id has or had. The record of the resource keeps them
  /// all until it is settled or forgotten, so that this can be repeated.
  boolean remove(StoredResource resource, State state, boolean retain) {
    if (retain) {
      underway.tell(resource, state, "DELETE_SKIPPED", "");
      return true;
    }
    underway.tell(resource, state, "DELETE_IN_PROGRESS", "");
    try {
      ResourceCall call = call(resource, state.generation(), state.properties(), true);
      attempt(() -> {
        type(resource).delete(call, state.made());
        return state;
      });
    } catch (StepFailed e) {
      underway.tell(resource, state, "DELETE_FAILED", e.reason());
      return false;
    }
    underway.tell(resource, state, "DELETE_COMPLETE", "");
    return true;
  }
}
