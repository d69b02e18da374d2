package dev.polder.cloudformation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Ids;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stacks, their resources, events and change sets, and the exports of all, in the store.
final class StackStore {
  private static final String SERVICE = "cloudformation";

  /// Stacks whose operation is in hand, of all scopes.
  private static final Key OPEN = Key.of(SERVICE, "open");

  private final Store store;
  private final Ids ids;

  StackStore(Store store, Ids ids) {
    this.store = store;
    this.ids = ids;
  }

  private static Key key(Scope scope, String kind) {
    return Key.of(SERVICE, scope.account(), scope.region(), kind);
  }

  private static Key stackKey(Scope scope, String uuid) {
    return key(scope, "stack").with(uuid);
  }

  private static Key openKey(StoredStack stack) {
    return OPEN.with(stack.scope().account()).with(stack.scope().region()).with(stack.uuid());
  }

  private static Key resources(StoredStack stack) {
    return key(stack.scope(), "resource").with(stack.uuid());
  }

  private static Key events(StoredStack stack) {
    return key(stack.scope(), "event").with(stack.uuid());
  }

  private static Key changeSets(StoredStack stack) {
    return key(stack.scope(), "changeset").with(stack.uuid());
  }

  /// A stack by its name, unless it was deleted, or by its id.
  Optional<StoredStack> find(Scope scope, String nameOrId) {
    if (nameOrId.startsWith("arn:")) {
      return byUuid(scope, nameOrId.substring(nameOrId.lastIndexOf('/') + 1));
    }
    byte[] uuid = store.get(key(scope, "name").with(nameOrId));
    return uuid == null ? Optional.empty() : byUuid(scope, new String(uuid, UTF_8));
  }

  Optional<StoredStack> byUuid(Scope scope, String uuid) {
    byte[] bytes = store.get(stackKey(scope, uuid));
    return bytes == null ? Optional.empty() : Optional.of(StoredStack.of(bytes));
  }

  List<StoredStack> all(Scope scope) {
    List<StoredStack> stacks = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(key(scope, "stack")))) {
      scan.forEachRemaining(entry -> stacks.add(StoredStack.of(entry.value())));
    }
    stacks.sort(Comparator.comparing((StoredStack stack) -> stack.times().created()).reversed());
    return stacks;
  }

  /// Stacks whose operation was in hand when the last process ended.
  List<StoredStack> open() {
    List<StoredStack> stacks = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(OPEN))) {
      while (scan.hasNext()) {
        Key key = scan.next().key();
        byUuid(new Scope(key.string(2), key.string(3)), key.string(4)).ifPresent(stacks::add);
      }
    }
    return stacks;
  }

  /// Adds a stack under its name; false if there is one of that name.
  boolean create(StoredStack stack, Instant now) {
    Key name = key(stack.scope(), "name").with(stack.name());
    return store.tryCommit(
        changed(new Batch().require(name, null), stack, now)
            .put(name, stack.uuid().getBytes(UTF_8)));
  }

  /// Replaces a stack, with an event for its new status; false if somebody changed it meanwhile.
  boolean replace(StoredStack before, StoredStack after, Instant now) {
    Key key = stackKey(before.scope(), before.uuid());
    return store.tryCommit(changed(new Batch().require(key, before.bytes()), after, now));
  }

  /// Puts a stack that is in nobody else's hands, with an event for its new status.
  StoredStack put(StoredStack stack, Instant now, Batch more) {
    store.commit(changed(more, stack, now));
    return stack.counted();
  }

  /// Puts a stack and no event.
  void putQuietly(StoredStack stack) {
    store.commit(new Batch().put(stackKey(stack.scope(), stack.uuid()), stack.bytes()));
  }

  private Batch changed(Batch batch, StoredStack stack, Instant now) {
    var event =
        new Event(
            stack.name(),
            stack.arn(),
            "AWS::CloudFormation::Stack",
            stack.status(),
            stack.standing().reason(),
            "");
    StoredStack counted = stack.counted();
    batch.put(stackKey(stack.scope(), stack.uuid()), counted.bytes());
    putEvent(batch, stack, event, now);
    if (stack.isInProgress()) {
      batch.put(openKey(stack), new byte[0]);
    } else {
      batch.delete(openKey(stack));
    }
    if (stack.isDeleted()) {
      batch.delete(key(stack.scope(), "name").with(stack.name()));
      batch.deleteRange(KeyRange.prefix(changeSets(stack)));
    }
    return batch;
  }

  /// What happened to a resource, or to the stack itself.
  record Event(
      String logicalId,
      String physicalId,
      String type,
      String status,
      String reason,
      String properties) {}

  /// An event as it is kept.
  record KeptEvent(long number, String id, Instant at, Event event) {}

  private void putEvent(Batch batch, StoredStack stack, Event event, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", ids.uuid());
    json.put("at", now.toString());
    json.put("logicalId", event.logicalId());
    json.put("physicalId", event.physicalId());
    json.put("type", event.type());
    json.put("status", event.status());
    json.put("reason", event.reason());
    json.put("properties", event.properties());
    batch.put(events(stack).with(stack.events()), JsonObject.bytes(json));
  }

  /// Events, the last one first.
  ///
  /// @param below answer only events with smaller numbers
  List<KeptEvent> events(StoredStack stack, long below, int size) {
    List<KeptEvent> found = new ArrayList<>();
    Key all = events(stack);
    try (Scan scan = store.scanReverse(new KeyRange(all, all.with(below)))) {
      while (scan.hasNext() && found.size() < size) {
        var entry = scan.next();
        JsonObject json = JsonObject.of(entry.value());
        var event =
            new Event(
                json.text("logicalId"),
                json.text("physicalId"),
                json.text("type"),
                json.text("status"),
                json.text("reason"),
                json.text("properties"));
        found.add(
            new KeptEvent(entry.key().number(-1), json.text("id"), json.instant("at"), event));
      }
    }
    return found;
  }

  Map<String, StoredResource> resourcesOf(StoredStack stack) {
    Map<String, StoredResource> found = new LinkedHashMap<>();
    try (Scan scan = store.scan(KeyRange.prefix(resources(stack)))) {
      scan.forEachRemaining(entry -> {
        StoredResource resource = StoredResource.of(entry.value());
        found.put(resource.logicalId(), resource);
      });
    }
    return found;
  }

  /// Puts a resource and an event about it; answers the stack with that event counted.
  StoredStack put(StoredStack stack, StoredResource resource, Event event, Instant now) {
    StoredStack counted = stack.counted();
    Batch batch = new Batch();
    batch.put(stackKey(stack.scope(), stack.uuid()), counted.bytes());
    batch.put(resources(stack).with(resource.logicalId()), resource.bytes());
    putEvent(batch, stack, event, now);
    store.commit(batch);
    return counted;
  }

  /// Puts a resource and no event.
  void putQuietly(StoredStack stack, StoredResource resource) {
    store.commit(new Batch().put(resources(stack).with(resource.logicalId()), resource.bytes()));
  }

  void removeResource(StoredStack stack, String logicalId) {
    store.commit(new Batch().delete(resources(stack).with(logicalId)));
  }

  /// What a stack exports.
  record Export(String name, String value, String stackId, String stackName) {}

  private static Key exports(Scope scope) {
    return key(scope, "export");
  }

  List<Export> exports(Scope scope, @Nullable String after, int size) {
    Key all = exports(scope);
    KeyRange range =
        after == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, all.with(after));
    List<Export> found = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && found.size() < size) {
        found.add(export(scan.next().value()));
      }
    }
    return found;
  }

  private static Export export(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new Export(
        json.text("name"), json.text("value"), json.text("stackId"), json.text("stackName"));
  }

  Optional<Export> export(Scope scope, String name) {
    byte[] bytes = store.get(exports(scope).with(name));
    return bytes == null ? Optional.empty() : Optional.of(export(bytes));
  }

  /// Adds to a batch that a stack exports these outputs and nothing else.
  void putExports(Batch batch, StoredStack stack, List<StoredStack.Output> outputs) {
    for (Export old : exports(stack.scope(), null, Integer.MAX_VALUE)) {
      if (old.stackId().equals(stack.arn())) {
        batch.delete(exports(stack.scope()).with(old.name()));
      }
    }
    for (StoredStack.Output output : outputs) {
      if (!output.export().isEmpty()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", output.export());
        json.put("value", output.value());
        json.put("stackId", stack.arn());
        json.put("stackName", stack.name());
        batch.put(exports(stack.scope()).with(output.export()), JsonObject.bytes(json));
      }
    }
  }

  /// Names of stacks that import a value.
  List<String> importers(Scope scope, String export) {
    return all(scope).stream()
        .filter(stack -> !stack.isDeleted() && stack.results().imports().contains(export))
        .map(StoredStack::name)
        .toList();
  }

  Optional<ChangeSet> changeSet(StoredStack stack, String name) {
    byte[] bytes = store.get(changeSets(stack).with(name));
    return bytes == null ? Optional.empty() : Optional.of(ChangeSet.of(bytes));
  }

  List<ChangeSet> changeSetsOf(StoredStack stack) {
    List<ChangeSet> found = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(changeSets(stack)))) {
      scan.forEachRemaining(entry -> found.add(ChangeSet.of(entry.value())));
    }
    return found;
  }

  /// Adds a change set; false if there is one of that name.
  boolean create(StoredStack stack, ChangeSet changeSet) {
    Key key = changeSets(stack).with(changeSet.name());
    return store.tryCommit(new Batch().require(key, null).put(key, changeSet.bytes()));
  }

  void removeChangeSets(StoredStack stack) {
    store.commit(new Batch().deleteRange(KeyRange.prefix(changeSets(stack))));
  }

  void removeChangeSet(StoredStack stack, String name) {
    store.commit(new Batch().delete(changeSets(stack).with(name)));
  }
}
