package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;

/// A translated expression: DuckDB text that evaluates to a value of exactly `type.duck()`.
///
/// @param constant true if it is a literal of the statement (used to leave out checks that cannot
///   fail, and where Trino demands a constant)
record Typed(String sql, SqlType type, boolean constant) {

  Typed(String sql, SqlType type) {
    this(sql, type, false);
  }

  static Typed nothing() {
    return new Typed("NULL", Simple.UNKNOWN, true);
  }

  static Typed bool(String sql) {
    return new Typed(sql, Simple.BOOLEAN);
  }

  static Typed bigint(String sql) {
    return new Typed("CAST(" + sql + " AS BIGINT)", Simple.BIGINT);
  }

  static Typed dbl(String sql) {
    return new Typed("CAST(" + sql + " AS DOUBLE)", Simple.DOUBLE);
  }

  static Typed text(String sql) {
    return new Typed(sql, SqlType.VARCHAR);
  }

  boolean isNull() {
    return type == Simple.UNKNOWN;
  }
}
