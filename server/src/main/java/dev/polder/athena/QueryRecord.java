package dev.polder.athena;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    List<Object> list = new ArrayList<>();
    columns.forEach(c -> list.add(List.of(c.name(), c.type(), c.precision(), c.scale())));
    m.put("columns", list);
    return Json.write(m).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> errorFields(QueryError e) {
    return Map.of(
        "category", e.category(),
        "type", e.type(),
        "retryable", e.retryable(),
        "message", e.message());
  }

  static QueryRecord parse(byte[] bytes) {
    var in = new Fields(Json.parseObject(new String(bytes, StandardCharsets.UTF_8)));
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
        in.texts("parameters"),
        in.text("location"),
        in.maybe("output"),
        in.maybe("manifest"),
        QueryState.valueOf(in.text("state")),
        in.maybe("reason"),
        in.error(),
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
        in.columns());
  }

  /// Members of a parsed object.
  private record Fields(Map<String, Object> map) {
    String text(String name) {
      return String.valueOf(map.get(name));
    }

    @Nullable String maybe(String name) {
      return map.get(name) instanceof String s ? s : null;
    }

    long number(String name) {
      return map.get(name) instanceof Number n ? n.longValue() : 0;
    }

    boolean flag(String name) {
      return Boolean.TRUE.equals(map.get(name));
    }

    List<String> texts(String name) {
      return map.get(name) instanceof List<?> l
          ? l.stream().map(String::valueOf).toList()
          : List.of();
    }

    @Nullable QueryError error() {
      if (!(map.get("error") instanceof Map<?, ?> e)) {
        return null;
      }
      return new QueryError(
          e.get("category") instanceof Number c ? c.intValue() : 1,
          e.get("type") instanceof Number t ? t.intValue() : 0,
          Boolean.TRUE.equals(e.get("retryable")),
          String.valueOf(e.get("message")));
    }

    List<ResultColumn> columns() {
      List<ResultColumn> columns = new ArrayList<>();
      if (map.get("columns") instanceof List<?> list) {
        for (Object each : list) {
          List<?> c = (List<?>) each;
          columns.add(
              new ResultColumn(
                  String.valueOf(c.get(0)),
                  String.valueOf(c.get(1)),
                  ((Number) c.get(2)).intValue(),
                  ((Number) c.get(3)).intValue()));
        }
      }
      return columns;
    }
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
