package dev.polder.athena.engine;

import dev.polder.athena.sql.Sql;
import dev.polder.athena.sql.SqlFailure;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DuckDB's failures in Trino's words.
final class ErrorTexts {
  private static final Pattern OWN =
      Pattern.compile(Sql.MARK + "([A-Z_]+): (.*?)" + Sql.MARK, Pattern.DOTALL);
  private static final Pattern CONVERSION =
      Pattern.compile("Could not convert string '(.*?)' to (\\w+)", Pattern.DOTALL);

  private ErrorTexts() {}

  /// @param files paths that must not be seen, to what they are called
  static SqlFailure of(String message, Map<String, String> files) {
    Matcher own = OWN.matcher(message);
    if (own.find()) {
      return new SqlFailure(own.group(1), own.group(2));
    }
    String text = named(message.lines().findFirst().orElse(""), files);
    Matcher conversion = CONVERSION.matcher(message);
    if (conversion.find()) {
      return new SqlFailure(
          "INVALID_CAST_ARGUMENT",
          "Cannot cast '" + conversion.group(1) + "' to " + conversion.group(2));
    }
    return classified(text);
  }

  private static SqlFailure classified(String text) {
    if (contains(text, "More than one row returned by a subquery")) {
      return new SqlFailure(
          "SUBQUERY_MULTIPLE_ROWS", "Scalar sub-query has returned multiple rows");
    }
    if (contains(text, "Out of Memory", "failed to allocate", "failed to pin block")) {
      return new SqlFailure("EXCEEDED_LOCAL_MEMORY_LIMIT", text);
    }
    if (contains(
        text,
        "No magic bytes",
        "Invalid Parquet",
        "not a Parquet file",
        "too small to be a Parquet",
        "footer")) {
      return new SqlFailure("HIVE_CANNOT_OPEN_SPLIT", "Error opening Hive split: " + text);
    }
    if (contains(text, "Malformed JSON", "Invalid JSON")) {
      return new SqlFailure(
          "HIVE_CURSOR_ERROR", "Row is not a valid JSON Object - JSONException: " + text);
    }
    if (contains(
        text,
        "CSV Error",
        "Input is not a GZIP",
        "ZSTD",
        "gzip",
        "TProtocolException",
        "Snappy",
        "corrupt")) {
      return new SqlFailure("HIVE_CURSOR_ERROR", text);
    }
    if (contains(text, "Overflow", "out of range", "Out of Range")) {
      return new SqlFailure("NUMERIC_VALUE_OUT_OF_RANGE", text);
    }
    if (contains(text, "Duplicate", "Map keys must be unique", "Map keys can not be NULL")) {
      return new SqlFailure("INVALID_FUNCTION_ARGUMENT", text);
    }
    if (text.startsWith("Binder Error")
        || text.startsWith("Parser Error")
        || text.startsWith("Catalog Error")
        || text.startsWith("Not implemented")) {
      return new SqlFailure("NOT_SUPPORTED", "This expression is not supported: " + text);
    }
    if (text.startsWith("Conversion Error")) {
      return new SqlFailure("INVALID_CAST_ARGUMENT", text);
    }
    return new SqlFailure("GENERIC_INTERNAL_ERROR", text);
  }

  private static boolean contains(String text, String... parts) {
    return List.of(parts).stream().anyMatch(text::contains);
  }

  private static String named(String text, Map<String, String> files) {
    String named = text;
    for (var e : files.entrySet()) {
      if (named.contains(e.getKey())) {
        named = named.replace(e.getKey(), e.getValue());
      }
    }
    return named;
  }
}
