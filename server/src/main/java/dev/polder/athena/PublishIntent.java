package dev.polder.athena;

import dev.polder.athena.sql.Ddl.ColumnDefinition;
import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    return Json.write(m).getBytes(StandardCharsets.UTF_8);
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
    Map<String, Object> m = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    List<StagedFile> files = new ArrayList<>();
    for (Object each : list(m.get("files"))) {
      List<?> f = list(each);
      files.add(new StagedFile(text(f.get(0)), text(f.get(1)), text(f.get(2))));
    }
    List<NewPartition> partitions = new ArrayList<>();
    for (Object each : list(m.get("partitions"))) {
      List<?> p = list(each);
      partitions.add(
          new NewPartition(
              list(p.get(0)).stream().map(PublishIntent::text).toList(), text(p.get(1))));
    }
    NewTable create = m.get("create") instanceof Map<?, ?> t ? table(t) : null;
    return new PublishIntent(
        text(m.get("database")), text(m.get("table")), files, partitions, create);
  }

  private static NewTable table(Map<?, ?> t) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (t.get("properties") instanceof Map<?, ?> p) {
      p.forEach((k, v) -> properties.put(text(k), text(v)));
    }
    return new NewTable(
        columns(t.get("columns")),
        columns(t.get("keys")),
        text(t.get("format")),
        text(t.get("delimiter")),
        text(t.get("location")),
        t.get("comment") instanceof String s ? s : null,
        properties);
  }

  private static List<ColumnDefinition> columns(@Nullable Object list) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (Object each : list(list)) {
      columns.add(new ColumnDefinition(text(list(each).get(0)), text(list(each).get(1)), null));
    }
    return columns;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> l ? l : List.of();
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
