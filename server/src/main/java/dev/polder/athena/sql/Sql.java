package dev.polder.athena.sql;

/// Pieces of DuckDB text.
public final class Sql {
  /// Encloses the text of a failure that a query raises itself.
  public static final String MARK = "\u00a7";

  private Sql() {}

  static String name(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\0') < 0 ? quoted : "(" + quoted.replace("\0", "' || chr(0) || '") + ")";
  }

  /// An expression that fails the query when it is evaluated, and is null inside of `TRY`. A failed
  /// conversion is the one kind of error that DuckDB's `TRY` catches and its optimizer keeps; the
  /// text comes back inside of the conversion's message, between the marks.
  ///
  /// @param messageSql text; must not be null when evaluated
  static String raise(String code, String messageSql) {
    return "CASE CAST('"
        + MARK
        + code
        + ": ' || "
        + messageSql
        + " || '"
        + MARK
        + "' AS INTEGER) WHEN 0 THEN NULL END";
  }

  /// `value` where `valid` holds or is null, otherwise a failure.
  static String guarded(String valid, String value, String code, String messageSql) {
    return "CASE WHEN NOT ("
        + valid
        + ") THEN "
        + raise(code, messageSql)
        + " ELSE "
        + value
        + " END";
  }

  static String cast(String sql, SqlType type) {
    return "CAST(" + sql + " AS " + type.duck() + ")";
  }
}
