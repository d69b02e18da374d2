package dev.polder.athena;

import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.kernel.JsonObject;
import dev.polder.store.Key;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a statement has written aside and is about to make visible. Once it is in the store the
/// statement succeeds, over any number of crashes; before, nothing of it is to be seen.
///
/// @param files where each staged file goes
/// @param partitions the values and locations of partitions that are not in the catalogue yet
/// @param create the table to be made first, or null
record PublishIntent(
    String database,
    String table,
    List<StagedFile> files,
    List<NewPartition> partitions,
    @Nullable NewTable create) {

  record StagedFile(String path, String bucket, String key) {}

  record NewPartition(List<String> values, String location) {}

  /// @param format `parquet`, `json` or `textfile`
  record NewTable(
      List<ColumnDefinition> columns,
      List<ColumnDefinition> keys,
      String format,
      String delimiter,
      String location,
      @Nullable String comment,
      Map<String, String> properties) {}

  PublishIntent {
    files = List.copyOf(files);
    partitions = List.copyOf(partitions);
  }

  /// Where the intent of a query is kept.
  static Key key(QuerySubmission q) {
    return Key.of("athena", q.scope().account(), q.scope().region(), "intent", q.id());
  }

  /// The files of each bucket.
  Map<String, Map<Path, String>> byBucket() {
    Map<String, Map<Path, String>> all = new LinkedHashMap<>();
    for (StagedFile f : files) {
      all.computeIfAbsent(f.bucket(), _ -> new LinkedHashMap<>()).put(Path.of(f.path()), f.key());
    }
    return all;
  }

  /// The list of files that goes to the manifest, one URI a line.
  String manifest() {
    var text = new StringBuilder();
    files.forEach(
        f -> text.append("s3://").append(f.bucket()).append('/').append(f.key()).append('\n'));
    return text.toString();
  }

  byte[] bytes() {
    Map<String, @Nullable Object> m = new LinkedHashMap<>();
    m.put("database", database);
    m.put("table", table);
    m.put("files", files.stream().map(f -> List.of(f.path(), f.bucket(), f.key())).toList());
    m.put("partitions", partitions.stream().map(p -> List.of(p.values(), p.location())).toList());
    m.put("create", create == null ? null : fields(create));
    return JsonObject.bytes(m);
  }

  private static Map<String, @Nullable Object> fields(NewTable t) {
    Map<String, @Nullable Object> m = new LinkedHashMap<>();
    m.put("columns", t.columns().stream().map(c -> List.of(c.name(), c.type())).toList());
    m.put("keys", t.keys().stream().map(c -> List.of(c.name(), c.type())).toList());
    m.put("format", t.format());
    m.put("delimiter", t.delimiter());
    m.put("location", t.location());
    m.put("comment", t.comment());
    m.put("properties", t.properties());
    return m;
  }

  static PublishIntent parse(byte[] bytes) {
    JsonObject in = JsonObject.of(bytes);
    return new PublishIntent(
        in.text("database"),
        in.text("table"),
        in.arrays("files").stream().map(PublishIntent::file).toList(),
        in.arrays("partitions").stream().map(PublishIntent::partition).toList(),
        in.has("create") ? table(in.object("create")) : null);
  }

  private static StagedFile file(List<?> fields) {
    return new StagedFile(text(fields.get(0)), text(fields.get(1)), text(fields.get(2)));
  }

  private static NewPartition partition(List<?> fields) {
    List<?> values = (List<?>) fields.get(0);
    return new NewPartition(values.stream().map(PublishIntent::text).toList(), text(fields.get(1)));
  }

  private static NewTable table(JsonObject in) {
    return new NewTable(
        columns(in.arrays("columns")),
        columns(in.arrays("keys")),
        in.text("format"),
        in.text("delimiter"),
        in.text("location"),
        in.optionalText("comment"),
        in.texts("properties"));
  }

  private static List<ColumnDefinition> columns(List<List<?>> all) {
    return all.stream()
        .map(c -> new ColumnDefinition(text(c.get(0)), text(c.get(1)), null))
        .toList();
  }

  private static String text(Object value) {
    return (String) value;
  }
}
