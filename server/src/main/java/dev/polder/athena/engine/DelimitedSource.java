package dev.polder.athena.engine;

import dev.polder.athena.engine.ScanSql.Source;
import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.TableSource.Column;
import java.util.ArrayList;
import java.util.List;

/// Lines cut at a delimiter. Fields that are missing are null, those too many are ignored, and a
/// text that is none of the column's type is null, as LazySimpleSerDe has it.
final class DelimitedSource {
  /// Appears in no text: a private-use code point, so that each line is read whole.
  private static final String NEVER = "\uE0FF";

  private DelimitedSource() {}

  static Source of(
      ScanInput input, Format.Delimited format, List<Column> columns, List<Integer> read) {
    String from =
        "(SELECT *, string_split(line_, "
            + ScanSql.literal(format.delimiter())
            + ") AS fields_ FROM (SELECT coalesce(line_, '') AS line_, file_index FROM read_csv("
            + ScanSql.files(input)
            + ", columns = {'line_': 'VARCHAR'}, auto_detect = false, delim = '"
            + NEVER
            + "', quote = '', escape = '', header = false, skip = "
            + format.skip()
            + ", max_line_size = 33554432, hive_partitioning = false))) AS lines_";
    List<String> values = new ArrayList<>();
    for (int i : read) {
      String field =
          "nullif(list_extract(fields_, "
              + (i + 1)
              + "), "
              + ScanSql.literal(format.nullText())
              + ")";
      values.add(value(unescaped(field, format), columns.get(i).type(), columns.get(i).name()));
    }
    return new Source(from, values);
  }

  private static String unescaped(String field, Format.Delimited format) {
    String escape = format.escape();
    return escape == null
        ? field
        : "replace("
            + field
            + ", "
            + ScanSql.literal(escape + format.delimiter())
            + ", "
            + ScanSql.literal(format.delimiter())
            + ")";
  }

  private static String value(String field, SqlType type, String column) {
    return type.isText()
        ? ScanSql.fromText(field, type, column)
        : "TRY(" + ScanSql.fromText("trim(" + field + ")", type, column) + ")";
  }
}
