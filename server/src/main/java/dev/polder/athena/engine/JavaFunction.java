package dev.polder.athena.engine;

import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.jspecify.annotations.Nullable;

/// A function in Java that a statement can call.
record JavaFunction(
    DuckDBColumnType result, List<DuckDBColumnType> parameters, JavaFunction.Body body) {
  static final DuckDBColumnType TEXT = DuckDBColumnType.VARCHAR;
  static final DuckDBColumnType LONG = DuckDBColumnType.BIGINT;
  static final DuckDBColumnType MOMENT = DuckDBColumnType.TIMESTAMP;
  static final DuckDBColumnType BOOL = DuckDBColumnType.BOOLEAN;

  /// What it does with the arguments of a row, none of which is null.
  interface Body {
    @Nullable Object apply(Object[] arguments);
  }

  static JavaFunction of(DuckDBColumnType result, Body body, DuckDBColumnType... parameters) {
    return new JavaFunction(result, List.of(parameters), body);
  }

  /// An argument that a function does not take.
  static EngineFailure bad(String message) {
    return new EngineFailure("INVALID_FUNCTION_ARGUMENT", message);
  }
}
