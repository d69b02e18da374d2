package dev.polder.athena;

/// Why a query failed, as `AthenaError` has it.
///
/// @param category 1 for the system's fault, 2 for the user's, 3 for others
/// @param type a number of the error reference of Athena's guide
/// @param message the reason in words
record QueryError(int category, int type, boolean retryable, String message) {

  /// The category and type that go with a Trino error name.
  static QueryError of(String code, String message) {
    return switch (code) {
      case "SYNTAX_ERROR" -> user(1006, message);
      case "TABLE_NOT_FOUND", "VIEW_NOT_FOUND" -> user(1110, message);
      case "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND" -> user(1301, message);
      case "HIVE_BAD_DATA",
          "HIVE_CURSOR_ERROR",
          "HIVE_CANNOT_OPEN_SPLIT",
          "HIVE_INVALID_PARTITION_VALUE",
          "INVALID_CAST_ARGUMENT",
          "DIVISION_BY_ZERO",
          "NUMERIC_VALUE_OUT_OF_RANGE" ->
          user(1001, message);
      case "HIVE_PARTITION_SCHEMA_MISMATCH", "HIVE_INVALID_METADATA" -> user(1004, message);
      case "HIVE_PATH_ALREADY_EXISTS", "HIVE_FILESYSTEM_ERROR" -> user(1109, message);
      case "DDL" -> user(1003, message);
      case "EXCEEDED_LOCAL_MEMORY_LIMIT" -> new QueryError(1, 233, false, message);
      case "HIVE_METASTORE_ERROR" -> new QueryError(1, 204, false, message);
      case "GENERIC_INTERNAL_ERROR" -> new QueryError(1, 100, true, message);
      default -> user(1100, message);
    };
  }

  private static QueryError user(int type, String message) {
    return new QueryError(2, type, false, message);
  }
}
