package dev.polder.athena.sql;

/// Trino's texts of types, as views keep them.
public final class TrinoTypes {
  private TrinoTypes() {}

  /// The type of a text such as `timestamp(3)` or `row(a integer)`.
  ///
  /// @throws SqlFailure if there is no such type or it is not supported
  public static SqlType parse(String text) {
    return TypeReader.read(text);
  }
}
