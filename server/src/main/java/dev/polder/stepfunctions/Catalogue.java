package dev.polder.stepfunctions;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.StateMachine.Alias;
import dev.polder.stepfunctions.StateMachine.Logging;
import dev.polder.stepfunctions.StateMachine.Revision;
import dev.polder.stepfunctions.StateMachine.Type;
import dev.polder.stepfunctions.StateMachine.Version;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// State machines with their versions and aliases, activities, and tags, in the store.
final class Catalogue {
  private final Store store;

  Catalogue(Store store) {
    this.store = store;
  }

  private static Key in(Scope scope, String kind) {
    return Key.of("stepfunctions", scope.account(), scope.region(), kind);
  }

  static Key machines(Scope scope) {
    return in(scope, "machine");
  }

  static Key machine(Scope scope, String name) {
    return machines(scope).with(name);
  }

  private static Key revision(Scope scope, String machine, String revision) {
    return in(scope, "revision").with(machine).with(revision);
  }

  static Key versions(Scope scope, String machine) {
    return in(scope, "version").with(machine);
  }

  // The newest first.
  static Key version(Scope scope, String machine, long number) {
    return versions(scope, machine).with(Long.MAX_VALUE - number);
  }

  static Key aliases(Scope scope, String machine) {
    return in(scope, "alias").with(machine);
  }

  static Key alias(Scope scope, String machine, String name) {
    return aliases(scope, machine).with(name);
  }

  static Key activities(Scope scope) {
    return in(scope, "activity");
  }

  static Key activity(Scope scope, String name) {
    return activities(scope).with(name);
  }

  static Key tags(Scope scope, String arn) {
    return in(scope, "tags").with(arn);
  }

  private @Nullable JsonObject json(Key key) {
    byte[] bytes = store.get(key);
    return bytes == null ? null : JsonObject.of(bytes);
  }

  /// A machine as it is stored, to require that it still is so when it is changed.
  record Stored(StateMachine machine, byte[] bytes) {}

  Optional<Stored> find(Scope scope, String name) {
    byte[] bytes = store.get(machine(scope, name));
    return bytes == null
        ? Optional.empty()
        : Optional.of(new Stored(machine(scope, JsonObject.of(bytes)), bytes));
  }

  private StateMachine machine(Scope scope, JsonObject json) {
    String name = json.text("name");
    return new StateMachine(
        name,
        Type.valueOf(json.text("type")),
        json.number("created"),
        revisionOf(scope, name, json.text("revision")),
        json.number("versions"));
  }

  Revision revisionOf(Scope scope, String machine, String key) {
    JsonObject json = json(revision(scope, machine, key));
    if (json == null) {
      throw new IllegalStateException("No revision " + key + " of " + machine);
    }
    return revision(json);
  }

  private static Revision revision(JsonObject json) {
    return new Revision(
        json.text("key"),
        json.optionalText("id"),
        json.text("definition"),
        json.text("roleArn"),
        json.has("logging") ? logging(json.object("logging")) : Logging.OFF,
        json.flag("tracing"),
        json.number("updated"));
  }

  private static Logging logging(JsonObject json) {
    return new Logging(json.text("level"), json.flag("data"), json.list("destinations"));
  }

  /// Adds a machine to a batch.
  static void put(Batch batch, Scope scope, StateMachine machine) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", machine.name());
    json.put("type", machine.type().name());
    json.put("created", machine.created());
    json.put("revision", machine.revision().key());
    json.put("versions", machine.versions());
    batch.put(machine(scope, machine.name()), JsonObject.bytes(json));
  }

  /// Adds a revision to a batch. Revisions are never changed.
  static void put(Batch batch, Scope scope, String machine, Revision revision) {
    Map<String, @Nullable Object> logging = new LinkedHashMap<>();
    logging.put("level", revision.logging().level());
    logging.put("data", revision.logging().includeExecutionData());
    logging.put("destinations", revision.logging().destinations());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("key", revision.key());
    json.put("id", revision.id());
    json.put("definition", revision.definition());
    json.put("roleArn", revision.roleArn());
    json.put("logging", logging);
    json.put("tracing", revision.tracing());
    json.put("updated", revision.updated());
    batch.put(revision(scope, machine, revision.key()), JsonObject.bytes(json));
  }

  static void put(Batch batch, Scope scope, String machine, Version version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", version.number());
    json.put("description", version.description());
    json.put("created", version.created());
    json.put("revision", version.revision().key());
    batch.put(version(scope, machine, version.number()), JsonObject.bytes(json));
  }

  static void put(Batch batch, Scope scope, String machine, Alias alias) {
    Map<String, @Nullable Object> routes = new LinkedHashMap<>();
    alias.routes().forEach((number, weight) -> routes.put(Long.toString(number), weight));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", alias.name());
    json.put("description", alias.description());
    json.put("routes", routes);
    json.put("created", alias.created());
    json.put("updated", alias.updated());
    batch.put(alias(scope, machine, alias.name()), JsonObject.bytes(json));
  }

  Optional<Version> version(Scope scope, StateMachine machine, long number) {
    JsonObject json = json(version(scope, machine.name(), number));
    return json == null ? Optional.empty() : Optional.of(version(scope, machine.name(), json));
  }

  private Version version(Scope scope, String machine, JsonObject json) {
    return new Version(
        json.number("number"),
        json.optionalText("description"),
        json.number("created"),
        revisionOf(scope, machine, json.text("revision")));
  }

  Optional<Alias> alias(Scope scope, StateMachine machine, String name) {
    JsonObject json = json(alias(scope, machine.name(), name));
    return json == null ? Optional.empty() : Optional.of(alias(json));
  }

  private static Alias alias(JsonObject json) {
    Map<Long, Integer> routes = new LinkedHashMap<>();
    JsonObject written = json.object("routes");
    written.names().forEach(version -> routes.put(Long.parseLong(version), written.whole(version)));
    return new Alias(
        json.text("name"),
        json.optionalText("description"),
        routes,
        json.number("created"),
        json.number("updated"));
  }

  List<Alias> allAliases(Scope scope, String machine) {
    try (Scan scan = store.scan(KeyRange.prefix(aliases(scope, machine)))) {
      return scan.stream().map(each -> alias(JsonObject.of(each.value()))).toList();
    }
  }

  List<Version> allVersions(Scope scope, String machine) {
    try (Scan scan = store.scan(KeyRange.prefix(versions(scope, machine)))) {
      return scan.stream()
          .map(each -> version(scope, machine, JsonObject.of(each.value())))
          .toList();
    }
  }

  /// When an activity was created, in milliseconds since the epoch.
  Optional<Long> activityCreated(Scope scope, String name) {
    JsonObject json = json(activity(scope, name));
    return json == null ? Optional.empty() : Optional.of(json.number("created"));
  }

  /// An activity.
  ///
  /// @param created milliseconds since the epoch
  record Activity(String name, long created) {}

  /// A page of a listing.
  ///
  /// @param next where the next page begins; null at the end
  record Page<T>(List<T> items, @Nullable String next) {}

  /// A page of what is below a key.
  ///
  /// @param after the last key of the page before, or null
  <T> Page<T> page(Key prefix, @Nullable Key after, int size, Function<byte[], T> read) {
    KeyRange range = after == null ? KeyRange.prefix(prefix) : KeyRange.prefixAfter(prefix, after);
    List<T> items = new ArrayList<>();
    Key last = prefix;
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && items.size() < size) {
        Scan.Entry entry = scan.next();
        items.add(read.apply(entry.value()));
        last = entry.key();
      }
      return new Page<>(items, scan.hasNext() ? PageToken.of(last) : null);
    }
  }

  Page<StateMachine> machines(Scope scope, @Nullable Key after, int size) {
    return page(machines(scope), after, size, bytes -> machine(scope, JsonObject.of(bytes)));
  }

  Page<Version> versions(Scope scope, String machine, @Nullable Key after, int size) {
    return page(
        versions(scope, machine),
        after,
        size,
        bytes -> version(scope, machine, JsonObject.of(bytes)));
  }

  Page<Alias> aliases(Scope scope, String machine, @Nullable Key after, int size) {
    return page(aliases(scope, machine), after, size, bytes -> alias(JsonObject.of(bytes)));
  }

  Page<Activity> activities(Scope scope, @Nullable Key after, int size) {
    return page(activities(scope), after, size, Catalogue::activity);
  }

  private static Activity activity(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new Activity(json.text("name"), json.number("created"));
  }

  /// The tags of a resource.
  Map<String, String> tagsOf(Scope scope, String arn) {
    Map<String, String> tags = new LinkedHashMap<>();
    JsonObject json = json(tags(scope, arn));
    if (json != null) {
      json.names().forEach(key -> tags.put(key, json.text(key)));
    }
    return tags;
  }

  void commit(Batch batch) {
    store.commit(batch);
  }
}
