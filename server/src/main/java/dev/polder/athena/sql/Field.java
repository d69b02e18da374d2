package dev.polder.athena.sql;

import org.jspecify.annotations.Nullable;

/// A column of a relation in a statement.
///
/// @param database the qualifier before `relation`, if any
/// @param relation the table's name or alias, if any
/// @param name null for an expression without an alias
/// @param column its name in the translated text, different from that of every other field
/// @param origin the table's column that it comes from, if it comes from one as it is
/// @param faithful true if the value is the origin's in every row and a condition on it may be
///   applied to the table at once; false above outer joins, limits and windows
record Field(
    @Nullable String database,
    @Nullable String relation,
    @Nullable String name,
    SqlType type,
    String column,
    @Nullable Origin origin,
    boolean faithful) {

  /// A column of a table that is read.
  record Origin(TableScan scan, int column) {}

  static Field output(@Nullable String name, SqlType type, String column) {
    return new Field(null, null, name, type, column, null, false);
  }

  Field within(@Nullable String newDatabase, @Nullable String newRelation) {
    return new Field(newDatabase, newRelation, name, type, column, origin, faithful);
  }

  Field named(@Nullable String newName) {
    return new Field(database, relation, newName, type, column, origin, faithful);
  }

  Field as(String newColumn) {
    return new Field(database, relation, name, type, newColumn, origin, faithful);
  }

  /// The same where rows may be made up, so that its value is not always a table's.
  Field detached() {
    return new Field(database, relation, name, type, column, origin, false);
  }

  Typed value() {
    if (origin != null) {
      origin.scan().use(origin.column());
    }
    return new Typed(column, type);
  }
}
