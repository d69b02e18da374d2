package dev.polder.athena.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Functions whose Trino meaning DuckDB has no equal for, in Java. A null argument gives null. A
/// statement's session gets only those that its text names.
final class JavaFunctions {
  private static final Map<String, JavaFunction> ALL = all();
  private static final Pattern NAME = Pattern.compile("\\bt_[a-z0-9_]+");

  private JavaFunctions() {}

  /// Makes the functions that a text names known to a connection, unless they are `known` already.
  static void register(Connection connection, String sql, Set<String> known) throws SQLException {
    Matcher names = NAME.matcher(sql);
    Map<String, JavaFunction> wanted = new HashMap<>();
    while (names.find()) {
      JavaFunction f = ALL.get(names.group());
      if (f != null && known.add(names.group())) {
        wanted.put(names.group(), f);
      }
    }
    for (var e : wanted.entrySet()) {
      register(connection, e.getKey(), e.getValue());
    }
  }

  private static void register(Connection connection, String name, JavaFunction f)
      throws SQLException {
    try (var builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(name).withReturnType(f.result());
      for (DuckDBColumnType p : f.parameters()) {
        builder.withParameter(p);
      }
      builder.withVectorizedFunction((in, out) -> run(f, in, out)).register(connection);
    }
  }

  private static void run(JavaFunction f, DuckDBDataChunkReader in, DuckDBWritableVector out) {
    int width = f.parameters().size();
    DuckDBReadableVector[] columns = new DuckDBReadableVector[width];
    for (int i = 0; i < width; i++) {
      columns[i] = in.vector(i);
    }
    long rows = in.rowCount();
    for (long row = 0; row < rows; row++) {
      Object[] arguments = arguments(f, columns, row);
      Object value = arguments == null ? null : f.body().apply(arguments);
      put(out, row, value);
    }
  }

  private static Object @Nullable [] arguments(
      JavaFunction f, DuckDBReadableVector[] columns, long row) {
    Object[] arguments = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].isNull(row)) {
        return null;
      }
      arguments[i] =
          switch (f.parameters().get(i)) {
            case VARCHAR -> columns[i].getString(row);
            case BIGINT -> columns[i].getLong(row);
            case INTEGER -> columns[i].getInt(row);
            case DOUBLE -> columns[i].getDouble(row);
            case FLOAT -> columns[i].getFloat(row);
            case TIMESTAMP -> columns[i].getLocalDateTime(row);
            default ->
                throw new IllegalStateException("No such parameter: " + f.parameters().get(i));
          };
    }
    return arguments;
  }

  private static void put(DuckDBWritableVector out, long row, @Nullable Object value) {
    switch (value) {
      case null -> out.setNull(row);
      case String s -> out.setString(row, s);
      case Long l -> out.setLong(row, l);
      case Boolean b -> out.setBoolean(row, b);
      case LocalDate d -> out.setDate(row, d);
      case LocalDateTime t -> out.setTimestamp(row, t);
      default -> throw new IllegalStateException("No such result: " + value.getClass());
    }
  }

  private static Map<String, JavaFunction> all() {
    Map<String, JavaFunction> all = new HashMap<>();
    TextFunctions.add(all);
    JsonFunctions.add(all);
    RegexpFunctions.add(all);
    MomentFunctions.add(all);
    UrlFunctions.add(all);
    return Map.copyOf(all);
  }
}
