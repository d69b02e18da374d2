package dev.polder.athena.engine;

import dev.polder.athena.engine.ScanInput.SourceFile;
import dev.polder.athena.engine.ScanSql.Source;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableSource.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// JSON lines. Members are found without regard to case, numbers may stand in strings, as OpenX's
/// SerDe has it.
///
/// How names are spelt is taken from the first records of up to 16 files: a spelling that appears
/// only later is not seen.
final class JsonSource {
  private static final int FILES = 16;
  private static final int RECORDS = 1000;

  private final Connection connection;
  private final ScanInput input;
  private final Format.JsonLines format;

  JsonSource(Connection connection, ScanInput input, Format.JsonLines format) {
    this.connection = connection;
    this.input = input;
    this.format = format;
  }

  Source of(List<Column> columns) throws SQLException {
    if (columns.isEmpty()) {
      return new Source(reader("read_json_objects", ""), List.of());
    }
    Map<String, Set<String>> spellings = spellings();
    boolean single =
        columns.stream().allMatch(c -> spellings.getOrDefault(c.name(), Set.of()).size() < 2);
    return single ? columnwise(columns, spellings) : memberwise(columns, spellings);
  }

  /// Each column is one member of the objects.
  private Source columnwise(List<Column> columns, Map<String, Set<String>> spellings) {
    List<String> spec = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Column c : columns) {
      Set<String> names = spellings.getOrDefault(c.name(), Set.of(c.name()));
      String name = names.iterator().next();
      spec.add(ScanSql.literal(name) + ": " + (isNested(c.type()) ? "'JSON'" : "'VARCHAR'"));
      values.add(ScanSql.fromText('"' + name.replace("\"", "\"\"") + '"', c.type(), c.name()));
    }
    return new Source(reader("read_json", ", columns = {" + String.join(", ", spec) + "}"), values);
  }

  private Source memberwise(List<Column> columns, Map<String, Set<String>> spellings) {
    List<String> values = new ArrayList<>();
    for (Column c : columns) {
      List<String> members = new ArrayList<>();
      for (String name : spellings.getOrDefault(c.name(), Set.of(c.name()))) {
        String path = ScanSql.literal("$.\"" + name + '"');
        members.add(
            (isNested(c.type()) ? "json_extract" : "json_extract_string") + "(json, " + path + ")");
      }
      values.add(
          ScanSql.fromText(
              "coalesce(" + String.join(", ", members) + ", NULL)", c.type(), c.name()));
    }
    return new Source(reader("read_json_objects", ""), values);
  }

  private static boolean isNested(SqlType type) {
    return type instanceof SqlType.Array
        || type instanceof SqlType.Map
        || type instanceof SqlType.Row;
  }

  private String reader(String function, String more) {
    return function
        + "("
        + ScanSql.files(input)
        + ", format = 'newline_delimited', hive_partitioning = false"
        + ", maximum_object_size = 33554432"
        + (format.lenient() ? ", ignore_errors = true" : "")
        + more
        + ")";
  }

  /// The spellings of each lower-case name.
  private Map<String, Set<String>> spellings() throws SQLException {
    List<SourceFile> all = input.files();
    int step = Math.max(1, all.size() / FILES);
    List<SourceFile> some = new ArrayList<>();
    for (int i = 0; i < all.size() && some.size() < FILES; i += step) {
      some.add(all.get(i));
    }
    var sample = new ScanInput(input.format(), some, input.partitions());
    String sql =
        "SELECT DISTINCT unnest(json_keys(json)) FROM (SELECT json FROM read_json_objects("
            + ScanSql.files(sample)
            + ", format = 'newline_delimited', ignore_errors = true, maximum_object_size = 33554432) LIMIT "
            + RECORDS * some.size()
            + ") WHERE json_type(json) = 'OBJECT'";
    Map<String, Set<String>> spellings = new TreeMap<>();
    try (PreparedStatement s = connection.prepareStatement(sql);
        ResultSet rows = s.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        spellings.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new TreeSet<>()).add(name);
      }
    }
    return spellings;
  }
}
