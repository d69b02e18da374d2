package dev.polder.athena;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A query and how it stands, as the store keeps it. Times are milliseconds since 1970; 0 is not
/// yet.
///
/// @param output the result's own object, once it is known
/// @param manifest the list of written files, once it is known
/// @param updateCount rows written; negative if none are
/// @param publishing true once what it wrote is being published: from then on it cannot be stopped
/// @param columns of the result; empty until they are known
record QueryRecord(
    QuerySubmission submission,
    QueryState state,
    @Nullable String reason,
    @Nullable QueryError error,
    @Nullable String output,
    @Nullable String manifest,
    long started,
    long completed,
    long planned,
    long engineDone,
    long bytesScanned,
    long updateCount,
    boolean publishing,
    List<ResultColumn> columns) {

  /// Stands in `engineDone` while a query runs again that another process had begun.
  static final long RESUMED = -1;

  QueryRecord {
    columns = List.copyOf(columns);
  }

  /// A query of which nothing has been done yet.
  static QueryRecord queued(QuerySubmission submission) {
    return new QueryRecord(
        submission, QueryState.QUEUED, null, null, null, null, 0, 0, 0, 0, 0, -1, false, List.of());
  }

  Scope scope() {
    return submission.scope();
  }

  String id() {
    return submission.id();
  }

  /// True if another process had begun to run it: some of what it does may be done already.
  boolean resumed() {
    return engineDone == RESUMED;
  }

  byte[] bytes() {
    Map<String, @Nullable Object> m = new LinkedHashMap<>(submission.json());
    m.put("state", state.name());
    m.put("reason", reason);
    m.put("error", error == null ? null : errorFields(error));
    m.put("output", output);
    m.put("manifest", manifest);
    m.put("started", started);
    m.put("completed", completed);
    m.put("planned", planned);
    m.put("engineDone", engineDone);
    m.put("bytesScanned", bytesScanned);
    m.put("updateCount", updateCount);
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
        QuerySubmission.of(in),
        QueryState.valueOf(in.text("state")),
        in.optionalText("reason"),
        in.has("error") ? error(in.object("error")) : null,
        in.optionalText("output"),
        in.optionalText("manifest"),
        in.number("started"),
        in.number("completed"),
        in.number("planned"),
        in.number("engineDone"),
        in.number("bytesScanned"),
        in.number("updateCount"),
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
    private final QuerySubmission submission;
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
    boolean publishing;
    List<ResultColumn> columns;

    Change(QueryRecord from) {
      this.submission = from.submission;
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
      this.publishing = from.publishing;
      this.columns = from.columns;
    }

    QueryRecord done() {
      return new QueryRecord(
          submission,
          state,
          reason,
          error,
          output,
          manifest,
          started,
          completed,
          planned,
          engineDone,
          bytesScanned,
          updateCount,
          publishing,
          columns);
    }
  }
}
