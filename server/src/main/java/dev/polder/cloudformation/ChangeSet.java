package dev.polder.cloudformation;

import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A change that was worked out and can be carried out.
///
/// @param id its ARN
/// @param creates true if it makes the stack
/// @param status `CREATE_COMPLETE` or `FAILED`
/// @param onFailure of a stack that it makes
record ChangeSet(
    String name,
    String id,
    String description,
    boolean creates,
    StoredStack.Source source,
    String role,
    String onFailure,
    String status,
    String reason,
    List<Change> changes,
    Instant created) {

  /// What would happen to a resource.
  ///
  /// @param action `Add`, `Modify` or `Remove`
  /// @param replacement `True`, `False` or, where nothing is modified, empty
  /// @param properties the names of those that differ
  record Change(
      String action,
      String logicalId,
      String physicalId,
      String type,
      String replacement,
      List<String> properties) {

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("action", action);
      json.put("logicalId", logicalId);
      json.put("physicalId", physicalId);
      json.put("type", type);
      json.put("replacement", replacement);
      json.put("properties", properties);
      return json;
    }

    private static Change of(JsonObject json) {
      return new Change(
          json.text("action"),
          json.text("logicalId"),
          json.text("physicalId"),
          json.text("type"),
          json.text("replacement"),
          json.list("properties"));
    }
  }

  byte[] bytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("id", id);
    json.put("description", description);
    json.put("creates", creates);
    json.put("source", source.json());
    json.put("role", role);
    json.put("onFailure", onFailure);
    json.put("status", status);
    json.put("reason", reason);
    json.put("changes", changes.stream().map(Change::json).toList());
    json.put("created", created.toString());
    return JsonObject.bytes(json);
  }

  static ChangeSet of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new ChangeSet(
        json.text("name"),
        json.text("id"),
        json.text("description"),
        json.flag("creates"),
        StoredStack.Source.of(json.object("source")),
        json.text("role"),
        json.text("onFailure"),
        json.text("status"),
        json.text("reason"),
        json.objects("changes").stream().map(Change::of).toList(),
        json.instant("created"));
  }
}
