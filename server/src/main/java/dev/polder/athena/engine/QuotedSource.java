package dev.polder.athena.engine;

import dev.polder.athena.engine.ScanSql.Source;
import dev.polder.athena.sql.TableSource.Column;
import java.util.ArrayList;
import java.util.List;

/// Fields that may be quoted. Missing ones are null.
final class QuotedSource {
  private QuotedSource() {}

  static Source of(
      ScanInput input, Format.Quoted format, List<Column> columns, List<Integer> read) {
    List<String> spec = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      spec.add("'f" + i + "_': 'VARCHAR'");
    }
    String from =
        "read_csv("
            + ScanSql.files(input)
            + ", columns = {"
            + String.join(", ", spec)
            + "}, auto_detect = false, delim = "
            + ScanSql.literal(format.separator())
            + ", quote = "
            + ScanSql.literal(format.quote())
            + ", escape = "
            + ScanSql.literal(format.escape())
            + ", header = false, skip = "
            + format.skip()
            + ", null_padding = true, strict_mode = false, nullstr = '"
            + "\uE0FF"
            + "', max_line_size = 33554432, parallel = false, hive_partitioning = false)";
    List<String> values = new ArrayList<>();
    for (int i : read) {
      values.add(ScanSql.fromText("f" + i + "_", columns.get(i).type(), columns.get(i).name()));
    }
    return new Source(from, values);
  }
}
