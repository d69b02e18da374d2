package dev.polder.cloudformation;

import dev.polder.cloudformation.ChangeSet.Change;
import dev.polder.cloudformation.resource.ResourceType;
import dev.polder.cloudformation.template.Template;
import dev.polder.cloudformation.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an operation would change, without doing it. What cannot be known before, such as the name
/// of a new resource, counts as a change of whatever refers to it.
final class Preview {
  private static final String UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

  private final Blueprint blueprint;
  private final Map<String, StoredResource> resources;
  private final Values values;
  private final Set<String> renewed = new LinkedHashSet<>();

  /// @param resources of the stack as it is
  Preview(
      Blueprint blueprint,
      Map<String, StoredResource> resources,
      Function<String, @Nullable Object> exports) {
    this.blueprint = blueprint;
    this.resources = resources;
    this.values = blueprint.values(new Known(), exports);
  }

  /// What a logical id has and will keep; null where that is not known yet.
  private StoredResource.@Nullable State kept(String logicalId) {
    StoredResource resource = resources.get(logicalId);
    return resource == null || renewed.contains(logicalId) ? null : resource.present();
  }

  private final class Known implements Values.Resources {
    @Override
    public Object ref(String logicalId) {
      StoredResource.State kept = kept(logicalId);
      return kept == null ? UNKNOWN : kept.made().ref();
    }

    @Override
    public Object attribute(String logicalId, String name) {
      StoredResource.State kept = kept(logicalId);
      Object value = kept == null ? null : kept.made().attributes().get(name);
      return value == null ? UNKNOWN : value;
    }
  }

  /// Changes in the order in which they would be made.
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    List<String> order = blueprint.order(values);
    for (String id : order) {
      Template.Resource declared = Objects.requireNonNull(blueprint.template().resources().get(id));
      StoredResource known = resources.get(id);
      if (known == null || known.present() == null) {
        renewed.add(id);
        changes.add(new Change("Add", id, "", declared.type(), "", List.of()));
      } else {
        modified(id, declared, Objects.requireNonNull(known.present()), changes);
      }
    }
    resources.forEach((id, resource) -> {
      if (!order.contains(id)) {
        changes.add(
            new Change("Remove", id, resource.physicalId(), resource.type(), "", List.of()));
      }
    });
    return changes;
  }

  private void modified(
      String id, Template.Resource declared, StoredResource.State present, List<Change> changes) {
    Map<String, Object> now = ResourceSteps.plain(values.object(declared.properties()));
    Map<String, Object> old = present.properties();
    Set<String> differing = new TreeSet<>();
    differing.addAll(old.keySet());
    differing.addAll(now.keySet());
    differing.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    if (differing.isEmpty()) {
      return;
    }
    ResourceType type = Blueprint.type(declared.type());
    boolean replaces = type.replaces(old, now);
    if (replaces) {
      renewed.add(id);
    }
    changes.add(
        new Change(
            "Modify",
            id,
            present.made().physicalId(),
            declared.type(),
            replaces ? "True" : "False",
            List.copyOf(differing)));
  }

  /// True if the outputs would be other ones.
  boolean changesOutputs(StoredStack stack) {
    return !blueprint.outputs(values).equals(stack.results().outputs());
  }
}
