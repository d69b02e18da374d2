package dev.polder.athena;

import dev.polder.athena.sql.SqlType;

/// A column of a result, as `ColumnInfo` describes it.
///
/// @param type lower-case and without parameters: `varchar`, `decimal`, `row`
record ResultColumn(String name, String type, int precision, int scale) {

  /// The description of a column of a query.
  static ResultColumn of(String name, SqlType type) {
    return switch (type) {
      case SqlType.Decimal d -> new ResultColumn(name, "decimal", d.precision(), d.scale());
      case SqlType.Varchar v ->
          new ResultColumn(name, "varchar", v.length() < 0 ? Integer.MAX_VALUE : v.length(), 0);
      case SqlType.Char c -> new ResultColumn(name, "char", c.length(), 0);
      case SqlType.Time t -> new ResultColumn(name, "time", t.precision(), 0);
      case SqlType.Timestamp t -> new ResultColumn(name, "timestamp", t.precision(), 0);
      case SqlType.TimestampTz t ->
          new ResultColumn(name, "timestamp with time zone", t.precision(), 0);
      case SqlType.Array _ -> new ResultColumn(name, "array", 0, 0);
      case SqlType.Map _ -> new ResultColumn(name, "map", 0, 0);
      case SqlType.Row _ -> new ResultColumn(name, "row", 0, 0);
      case SqlType.Simple s -> simple(name, s);
    };
  }

  private static ResultColumn simple(String name, SqlType.Simple type) {
    int precision =
        switch (type) {
          case TINYINT -> 3;
          case SMALLINT -> 5;
          case INTEGER -> 10;
          case BIGINT -> 19;
          case REAL, DOUBLE -> 17;
          case VARBINARY -> 1_073_741_824;
          case UNKNOWN, BOOLEAN, DATE, JSON, UUID, INTERVAL_DAY, INTERVAL_YEAR -> 0;
        };
    String text =
        switch (type) {
          case REAL -> "float";
          default -> type.toString();
        };
    return new ResultColumn(name, text, precision, 0);
  }

  /// The single text column of a `SHOW` or `DESCRIBE`.
  static ResultColumn text(String name) {
    return new ResultColumn(name, "string", 0, 0);
  }

  /// True for text, whose comparisons heed case.
  boolean isCaseSensitive() {
    return type.equals("varchar") || type.equals("char") || type.equals("json");
  }
}
