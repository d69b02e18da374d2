package dev.polder.cloudformation;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A stack.
///
/// @param uuid the last part of its id
/// @param status such as `CREATE_COMPLETE`
/// @param reason why; empty where that is plain
/// @param source what it is made from
/// @param previous what it was made from before the update in hand; null for none
/// @param role as given; kept and answered only
/// @param onFailure of its creation: `ROLLBACK`, `DELETE` or `DO_NOTHING`
/// @param disableRollback true if the operation in hand is not rolled back
/// @param events how many there have been
record StoredStack(
    Scope scope,
    String uuid,
    String name,
    String status,
    String reason,
    Source source,
    @Nullable Source previous,
    List<Output> outputs,
    List<String> imports,
    String role,
    String onFailure,
    boolean disableRollback,
    boolean isProtected,
    Instant created,
    @Nullable Instant updated,
    @Nullable Instant deleted,
    String changeSetId,
    long events) {

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

  /// @param export empty for none
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

  String arn() {
    return scope.arn("cloudformation", "stack/" + name + "/" + uuid).toString();
  }

  boolean isInProgress() {
    return status.endsWith("_IN_PROGRESS") && !status.equals("REVIEW_IN_PROGRESS");
  }

  boolean isDeleted() {
    return status.equals("DELETE_COMPLETE");
  }

  StoredStack at(String newStatus, String why) {
    return with(edit -> {
      edit.status = newStatus;
      edit.reason = why;
    });
  }

  /// One event more.
  StoredStack counted() {
    return with(edit -> edit.events = events + 1);
  }

  /// At the beginning of an update.
  StoredStack updating(
      Source to, String newRole, boolean noRollback, Instant now, String changeSet) {
    return with(edit -> {
      edit.reason = "";
      edit.source = to;
      edit.previous = source;
      edit.role = newRole;
      edit.disableRollback = noRollback;
      edit.updated = now;
      edit.changeSetId = changeSet;
    });
  }

  /// At the first execution of a change set.
  StoredStack creating(Source from, String newRole, String failure, Instant now, String changeSet) {
    return with(edit -> {
      edit.reason = "";
      edit.source = from;
      edit.previous = null;
      edit.role = newRole;
      edit.onFailure = failure;
      edit.created = now;
      edit.updated = null;
      edit.changeSetId = changeSet;
    });
  }

  /// With the template of before an update that failed.
  StoredStack restored() {
    return with(edit -> {
      edit.source = previous == null ? source : previous;
      edit.previous = null;
    });
  }

  /// At the end of making all resources.
  StoredStack with(List<Output> newOutputs, List<String> newImports) {
    return with(edit -> {
      edit.previous = null;
      edit.outputs = newOutputs;
      edit.imports = newImports;
    });
  }

  StoredStack protectedFromDeletion(boolean yes) {
    return with(edit -> edit.isProtected = yes);
  }

  StoredStack deleted(Instant at) {
    return with(edit -> {
      edit.outputs = List.of();
      edit.imports = List.of();
      edit.deleted = at;
    });
  }

  /// The members of a stack while some of them change.
  private static final class Edit {
    String status;
    String reason;
    Source source;
    @Nullable Source previous;
    List<Output> outputs;
    List<String> imports;
    String role;
    String onFailure;
    boolean disableRollback;
    boolean isProtected;
    Instant created;
    @Nullable Instant updated;
    @Nullable Instant deleted;
    String changeSetId;
    long events;

    Edit(StoredStack of) {
      status = of.status;
      reason = of.reason;
      source = of.source;
      previous = of.previous;
      outputs = of.outputs;
      imports = of.imports;
      role = of.role;
      onFailure = of.onFailure;
      disableRollback = of.disableRollback;
      isProtected = of.isProtected;
      created = of.created;
      updated = of.updated;
      deleted = of.deleted;
      changeSetId = of.changeSetId;
      events = of.events;
    }
  }

  private StoredStack with(Consumer<Edit> change) {
    Edit edit = new Edit(this);
    change.accept(edit);
    return new StoredStack(
        scope,
        uuid,
        name,
        edit.status,
        edit.reason,
        edit.source,
        edit.previous,
        edit.outputs,
        edit.imports,
        edit.role,
        edit.onFailure,
        edit.disableRollback,
        edit.isProtected,
        edit.created,
        edit.updated,
        edit.deleted,
        edit.changeSetId,
        edit.events);
  }

  byte[] bytes() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", scope.account());
    json.put("region", scope.region());
    json.put("uuid", uuid);
    json.put("name", name);
    json.put("status", status);
    json.put("reason", reason);
    json.put("source", source.json());
    json.put("previous", previous == null ? null : previous.json());
    json.put("outputs", outputs.stream().map(Output::json).toList());
    json.put("imports", imports);
    json.put("role", role);
    json.put("onFailure", onFailure);
    json.put("disableRollback", disableRollback);
    json.put("protected", isProtected);
    json.put("created", created.toString());
    json.put("updated", updated == null ? null : updated.toString());
    json.put("deleted", deleted == null ? null : deleted.toString());
    json.put("changeSetId", changeSetId);
    json.put("events", events);
    return JsonObject.bytes(json);
  }

  static StoredStack of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new StoredStack(
        new Scope(json.text("account"), json.text("region")),
        json.text("uuid"),
        json.text("name"),
        json.text("status"),
        json.text("reason"),
        Source.of(json.object("source")),
        json.has("previous") ? Source.of(json.object("previous")) : null,
        json.objects("outputs").stream().map(Output::of).toList(),
        json.list("imports"),
        json.text("role"),
        json.text("onFailure"),
        json.flag("disableRollback"),
        json.flag("protected"),
        json.instant("created"),
        json.optionalInstant("updated"),
        json.optionalInstant("deleted"),
        json.text("changeSetId"),
        json.number("events"));
  }
}
