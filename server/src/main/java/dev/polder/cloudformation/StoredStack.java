package dev.polder.cloudformation;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stack.
///
/// @param events how many there have been
record StoredStack(
    Id id,
    Standing standing,
    Sources sources,
    Terms terms,
    Results results,
    Times times,
    long events) {

  /// @param uuid the last part of its ARN
  record Id(Scope scope, String uuid, String name) {}

  /// @param status such as `CREATE_COMPLETE`
  /// @param reason why; empty where that is plain
  record Standing(String status, String reason) {}

  /// @param current what the stack is made from
  /// @param previous what it was made from before the update in hand; null for none
  /// @param changeSet the ARN of the change set that `current` came in; empty for none
  record Sources(Source current, @Nullable Source previous, String changeSet) {
    private Sources settled() {
      return new Sources(current, null, changeSet);
    }

    private Sources restored() {
      return new Sources(previous == null ? current : previous, null, changeSet);
    }
  }

  /// How its operations are to go.
  ///
  /// @param role as given; kept and answered only
  /// @param onFailure of its creation: `ROLLBACK`, `DELETE` or `DO_NOTHING`
  /// @param disableRollback true if the operation in hand is not rolled back
  /// @param isProtected true if it cannot be deleted
  record Terms(String role, String onFailure, boolean disableRollback, boolean isProtected) {}

  /// What its resources came to.
  ///
  /// @param imports names of the exports of other stacks that it uses
  record Results(List<Output> outputs, List<String> imports) {
    private static final Results NONE = new Results(List.of(), List.of());
  }

  /// @param updated when the last update began; null before the first
  record Times(Instant created, @Nullable Instant updated, @Nullable Instant deleted) {}

  /// What a stack is made from.
  ///
  /// @param template as given
  /// @param parameters texts of all parameters that were given or kept
  record Source(
      String template,
      Map<String, String> parameters,
      Map<String, String> tags,
      List<String> capabilities) {

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("template", template);
      json.put("parameters", parameters);
      json.put("tags", tags);
      json.put("capabilities", capabilities);
      return json;
    }

    static Source of(JsonObject json) {
      return new Source(
          json.text("template"),
          json.texts("parameters"),
          json.texts("tags"),
          json.list("capabilities"));
    }
  }

  /// A value that the stack tells.
  ///
  /// @param export the name that other stacks import it by; empty for none
  record Output(String key, String value, String description, String export) {
    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("key", key);
      json.put("value", value);
      json.put("description", description);
      json.put("export", export);
      return json;
    }

    private static Output of(JsonObject json) {
      return new Output(
          json.text("key"), json.text("value"), json.text("description"), json.text("export"));
    }
  }

  /// A stack of which nothing has been made yet.
  static StoredStack blank(Id id, String status, Instant now) {
    return new StoredStack(
        id,
        new Standing(status, ""),
        new Sources(new Source("", Map.of(), Map.of(), List.of()), null, ""),
        new Terms("", "ROLLBACK", false, false),
        Results.NONE,
        new Times(now, null, null),
        0);
  }

  Scope scope() {
    return id.scope();
  }

  String uuid() {
    return id.uuid();
  }

  String name() {
    return id.name();
  }

  String status() {
    return standing.status();
  }

  Source source() {
    return sources.current();
  }

  String arn() {
    return scope().arn("cloudformation", "stack/" + name() + "/" + uuid()).toString();
  }

  boolean isInProgress() {
    return status().endsWith("_IN_PROGRESS") && !status().equals("REVIEW_IN_PROGRESS");
  }

  boolean isDeleted() {
    return status().equals("DELETE_COMPLETE");
  }

  StoredStack at(String status, String reason) {
    return new StoredStack(
        id, new Standing(status, reason), sources, terms, results, times, events);
  }

  /// One event more.
  StoredStack counted() {
    return new StoredStack(id, standing, sources, terms, results, times, events + 1);
  }

  /// At the beginning of an update.
  ///
  /// @param changeSet empty for none
  StoredStack updating(
      Source to, String role, boolean disableRollback, Instant now, String changeSet) {
    return new StoredStack(
        id,
        new Standing(status(), ""),
        new Sources(to, source(), changeSet),
        new Terms(role, terms.onFailure(), disableRollback, terms.isProtected()),
        results,
        new Times(times.created(), now, times.deleted()),
        events);
  }

  /// At the beginning of its creation.
  ///
  /// @param changeSet empty for none
  StoredStack creating(Source from, String role, String onFailure, Instant now, String changeSet) {
    return new StoredStack(
        id,
        new Standing(status(), ""),
        new Sources(from, null, changeSet),
        new Terms(role, onFailure, terms.disableRollback(), terms.isProtected()),
        results,
        new Times(now, null, times.deleted()),
        events);
  }

  /// With the template of before an update that failed.
  StoredStack restored() {
    return new StoredStack(id, standing, sources.restored(), terms, results, times, events);
  }

  /// At the end of making all resources.
  StoredStack with(List<Output> outputs, List<String> imports) {
    var made = new Results(outputs, imports);
    return new StoredStack(id, standing, sources.settled(), terms, made, times, events);
  }

  StoredStack protectedFromDeletion(boolean yes) {
    var changed = new Terms(terms.role(), terms.onFailure(), terms.disableRollback(), yes);
    return new StoredStack(id, standing, sources, changed, results, times, events);
  }

  StoredStack deleted(Instant at) {
    var ended = new Times(times.created(), times.updated(), at);
    return new StoredStack(id, standing, sources, terms, Results.NONE, ended, events);
  }

  byte[] bytes() {
    Source previous = sources.previous();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", scope().account());
    json.put("region", scope().region());
    json.put("uuid", uuid());
    json.put("name", name());
    json.put("status", status());
    json.put("reason", standing.reason());
    json.put("source", source().json());
    json.put("previous", previous == null ? null : previous.json());
    json.put("outputs", results.outputs().stream().map(Output::json).toList());
    json.put("imports", results.imports());
    json.put("role", terms.role());
    json.put("onFailure", terms.onFailure());
    json.put("disableRollback", terms.disableRollback());
    json.put("protected", terms.isProtected());
    json.put("created", times.created().toString());
    json.put("updated", text(times.updated()));
    json.put("deleted", text(times.deleted()));
    json.put("changeSetId", sources.changeSet());
    json.put("events", events);
    return JsonObject.bytes(json);
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  static StoredStack of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new StoredStack(
        new Id(
            new Scope(json.text("account"), json.text("region")),
            json.text("uuid"),
            json.text("name")),
        new Standing(json.text("status"), json.text("reason")),
        new Sources(
            Source.of(json.object("source")),
            json.has("previous") ? Source.of(json.object("previous")) : null,
            json.text("changeSetId")),
        new Terms(
            json.text("role"),
            json.text("onFailure"),
            json.flag("disableRollback"),
            json.flag("protected")),
        new Results(
            json.objects("outputs").stream().map(Output::of).toList(), json.list("imports")),
        new Times(
            json.instant("created"),
            json.optionalInstant("updated"),
            json.optionalInstant("deleted")),
        json.number("events"));
  }
}
