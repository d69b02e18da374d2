package dev.polder.athena;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A query and how it stands, as the store keeps it. Times are milliseconds since 1970.
///
/// @param order its place in the queue of all scopes
/// @param location where results go, without a slash at its end
/// @param output the result's own object, once it is known
/// @param manifest the list of written files, once it is known
/// @param publishing true once what it wrote is being published: from then on it cannot be stopped
/// @param columns of the result; empty until they are known
/// @param updateCount rows written; negative if none are
record QueryRecord(
    Scope scope,
    String id,
    long order,
    String query,
    String statementType,
    String substatementType,
    String workGroup,
    String catalog,
    String database,
    List<String> parameters,
    String location,
    @Nullable String output,
    @Nullable String manifest,
    QueryState state,
    @Nullable String reason,
    @Nullable QueryError error,
    long submitted,
    long started,
    long completed,
    long planned,
    long engineDone,
    long bytesScanned,
    long inputRows,
    long updateCount,
    boolean header,
    boolean publishing,
    List<ResultColumn> columns) {

  QueryRecord {
    parameters = List.copyOf(parameters);
    columns = List.copyOf(columns);
  }

  byte[] bytes() {
    Map<String, @Nullable Object> m = new LinkedHashMap<>();
    m.put("account", scope.account());
    m.put("region", scope.region());
    m.put("id", id);
    m.put("order", order);
    m.put("query", query);
    m.put("statementType", statementType);
    m.put("substatementType", substatementType);
    m.put("workGroup", workGroup);
    m.put("catalog", catalog);
    m.put("database", database);
    m.put("parameters", parameters);
    m.put("location", location);
    m.put("output", output);
    m.put("manifest", manifest);
    m.put("state", state.name());
    m.put("reason", reason);
    m.put("error", error == null ? null : errorFields(error));
    m.put("submitted", submitted);
    m.put("started", started);
    m.put("completed", completed);
    m.put("planned", planned);
    m.put("engineDone", engineDone);
    m.put("bytesScanned", bytesScanned);
    m.put("inputRows", inputRows);
    m.put("updateCount", updateCount);
    m.put("header", header);
    m.put("publishing", publishing);
    m.put(
        "columns",
        columns.stream().map(c -> List.of(c.name(), c.type(), c.precision(), c.scale())).toList());
    return JsonObject.bytes(m);
  }

  private static Map<String, Object> errorFields(QueryError e) {
    return Map.of(
        "category", e.category(),
        "type", e.type(),
        "retryable", e.retryable(),
        "message", e.message());
  }

  static QueryRecord parse(byte[] bytes) {
    JsonObject in = JsonObject.of(bytes);
    return new QueryRecord(
        new Scope(in.text("account"), in.text("region")),
        in.text("id"),
        in.number("order"),
        in.text("query"),
        in.text("statementType"),
        in.text("substatementType"),
        in.text("workGroup"),
        in.text("catalog"),
        in.text("database"),
        in.list("parameters"),
        in.text("location"),
        in.optionalText("output"),
        in.optionalText("manifest"),
        QueryState.valueOf(in.text("state")),
        in.optionalText("reason"),
        in.has("error") ? error(in.object("error")) : null,
        in.number("submitted"),
        in.number("started"),
        in.number("completed"),
        in.number("planned"),
        in.number("engineDone"),
        in.number("bytesScanned"),
        in.number("inputRows"),
        in.number("updateCount"),
        in.flag("header"),
        in.flag("publishing"),
        in.arrays("columns").stream().map(QueryRecord::column).toList());
  }

  private static QueryError error(JsonObject json) {
    return new QueryError(
        json.whole("category"), json.whole("type"), json.flag("retryable"), json.text("message"));
  }

  private static ResultColumn column(List<?> fields) {
    return new ResultColumn(
        (String) fields.get(0),
        (String) fields.get(1),
        ((Number) fields.get(2)).intValue(),
        ((Number) fields.get(3)).intValue());
  }

  Change change() {
    return new Change(this);
  }

  /// A changed copy in the making.
  static final class Change {
    private final QueryRecord from;
    QueryState state;
    @Nullable String reason;
    @Nullable QueryError error;
    @Nullable String output;
    @Nullable String manifest;
    long started;
    long completed;
    long planned;
    long engineDone;
    long bytesScanned;
    long updateCount;
    boolean header;
    boolean publishing;
    List<ResultColumn> columns;

    Change(QueryRecord from) {
      this.from = from;
      this.state = from.state;
      this.reason = from.reason;
      this.error = from.error;
      this.output = from.output;
      this.manifest = from.manifest;
      this.started = from.started;
      this.completed = from.completed;
      this.planned = from.planned;
      this.engineDone = from.engineDone;
      this.bytesScanned = from.bytesScanned;
      this.updateCount = from.updateCount;
      this.header = from.header;
      this.publishing = from.publishing;
      this.columns = from.columns;
    }

    QueryRecord done() {
      return new QueryRecord(
          from.scope,
          from.id,
          from.order,
          from.query,
          from.statementType,
          from.substatementType,
          from.workGroup,
          from.catalog,
          from.database,
          from.parameters,
          from.location,
          output,
          manifest,
          state,
          reason,
          error,
          from.submitted,
          started,
          completed,
          planned,
          engineDone,
          bytesScanned,
          from.inputRows,
          updateCount,
          header,
          publishing,
          columns);
    }
  }
}
