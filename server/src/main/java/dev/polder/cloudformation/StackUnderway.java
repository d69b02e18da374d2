package dev.polder.cloudformation;

import dev.polder.cloudformation.StoredResource.State;
import dev.polder.cloudformation.template.References;
import dev.polder.kernel.Json;
import dev.polder.kernel.Platform;
import dev.polder.store.Batch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A stack and its resources while an operation is in hand: what is changed here is on disk, with
/// the event that tells of it, before it is seen. Used by one thread.
final class StackUnderway {
  private final Platform platform;
  private final StackStore store;
  private final Map<String, StoredResource> resources;
  private StoredStack stack;

  StackUnderway(Platform platform, StackStore store, StoredStack stack) {
    this.platform = platform;
    this.store = store;
    this.stack = stack;
    this.resources = store.resourcesOf(stack);
  }

  StoredStack stack() {
    return stack;
  }

  Platform platform() {
    return platform;
  }

  Instant now() {
    return platform.time().instant();
  }

  /// The resource of a logical id; null for none.
  @Nullable StoredResource find(String logicalId) {
    return resources.get(logicalId);
  }

  /// A resource that is there.
  StoredResource resource(String logicalId) {
    return Objects.requireNonNull(resources.get(logicalId));
  }

  /// All resources, each after all that it needs.
  List<String> inOrder() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    resources.forEach(
        (id, resource) -> needs.put(id, new LinkedHashSet<>(resource.terms().needs())));
    return References.order(needs);
  }

  /// Puts the stack.
  ///
  /// @param more what is to be done with it, or not at all
  void put(StoredStack changed, Batch more) {
    stack = store.put(changed, now(), more);
  }

  void become(String status, String reason) {
    put(stack.at(status, reason), new Batch());
  }

  /// Puts a resource.
  ///
  /// @param properties that the event shows; null for none
  StoredResource put(StoredResource resource, @Nullable Map<String, Object> properties) {
    resources.put(resource.logicalId(), resource);
    var event =
        new StackStore.Event(
            resource.logicalId(),
            resource.physicalId(),
            resource.type(),
            resource.status(),
            resource.standing().reason(),
            properties == null ? "" : Json.write(properties));
    stack = store.put(stack, resource, event, now());
    return resource;
  }

  /// Puts a resource and tells nobody.
  void putQuietly(StoredResource resource) {
    resources.put(resource.logicalId(), resource);
    store.putQuietly(stack, resource);
  }

  /// Tells what becomes of one of the things that a resource has or had.
  void tell(StoredResource resource, State state, String status, String why) {
    boolean isPresent = state.equals(resource.present());
    StoredResource after = isPresent ? resource.at(status, why, now()) : resource;
    resources.put(resource.logicalId(), after);
    var event =
        new StackStore.Event(
            resource.logicalId(), state.made().physicalId(), resource.type(), status, why, "");
    stack = store.put(stack, after, event, now());
  }

  void forget(StoredResource resource) {
    resources.remove(resource.logicalId());
    store.removeResource(stack, resource.logicalId());
  }
}
