package dev.polder.athena.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Functions whose Trino meaning DuckDB has no equal for, in Java. A null argument gives null. A
/// statement's session gets only those that its text names.
final class JavaFunctions {
  private static final DuckDBColumnType TEXT = DuckDBColumnType.VARCHAR;
  private static final DuckDBColumnType LONG = DuckDBColumnType.BIGINT;
  private static final DuckDBColumnType MOMENT = DuckDBColumnType.TIMESTAMP;
  private static final DuckDBColumnType BOOL = DuckDBColumnType.BOOLEAN;
  private static final Map<String, JavaFunction> ALL = all();
  private static final Pattern NAME = Pattern.compile("\\bt_[a-z0-9_]+");

  private JavaFunctions() {}

  /// A function of a row's arguments.
  private interface Body {
    @Nullable Object apply(Object[] arguments);
  }

  private record JavaFunction(
      DuckDBColumnType result, List<DuckDBColumnType> parameters, Body body) {}

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
    texts(all);
    json(all);
    regexps(all);
    moments(all);
    urls(all);
    return Map.copyOf(all);
  }

  private static void put(
      Map<String, JavaFunction> all,
      String name,
      DuckDBColumnType result,
      Body body,
      DuckDBColumnType... parameters) {
    all.put(name, new JavaFunction(result, List.of(parameters), body));
  }

  private static void texts(Map<String, JavaFunction> all) {
    put(all, "t_double_text", TEXT, a -> Texts.number((Double) a[0]), DuckDBColumnType.DOUBLE);
    put(all, "t_real_text", TEXT, a -> Texts.number((Float) a[0]), DuckDBColumnType.FLOAT);
    put(
        all,
        "t_double_json",
        TEXT,
        a -> dev.polder.kernel.Json.write(a[0]),
        DuckDBColumnType.DOUBLE);
    put(all, "t_interval_day_text", TEXT, a -> Texts.intervalDay((Long) a[0]), LONG);
    put(
        all,
        "t_interval_year_text",
        TEXT,
        a -> Texts.intervalYear((Integer) a[0]),
        DuckDBColumnType.INTEGER);
    put(all, "t_reverse", TEXT, a -> new StringBuilder((String) a[0]).reverse().toString(), TEXT);
    put(all, "t_hamming", LONG, a -> hamming((String) a[0], (String) a[1]), TEXT, TEXT);
    put(all, "t_to_base", TEXT, a -> Long.toString((Long) a[0], radix((Long) a[1])), LONG, LONG);
    put(all, "t_from_base", LONG, a -> fromBase((String) a[0], radix((Long) a[1])), TEXT, LONG);
    put(
        all,
        "t_split",
        TEXT,
        a -> split((String) a[0], (String) a[1], (Long) a[2]),
        TEXT,
        TEXT,
        LONG);
  }

  private static EngineFailure bad(String message) {
    return new EngineFailure("INVALID_FUNCTION_ARGUMENT", message);
  }

  private static long hamming(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    if (x.length != y.length) {
      throw bad("The input strings to hamming_distance function must have the same length");
    }
    long distance = 0;
    for (int i = 0; i < x.length; i++) {
      distance += x[i] == y[i] ? 0 : 1;
    }
    return distance;
  }

  private static int radix(long radix) {
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      throw bad("Radix must be between 2 and 36");
    }
    return (int) radix;
  }

  private static long fromBase(String text, int radix) {
    try {
      return Long.parseLong(text, radix);
    } catch (NumberFormatException e) {
      throw bad("Not a valid base-" + radix + " number: " + text);
    }
  }

  private static String split(String text, String by, long limit) {
    if (by.isEmpty() || limit < 1) {
      throw bad("The delimiter may not be the empty string and the limit must be positive");
    }
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(by);
    while (at >= 0 && parts.size() < limit - 1) {
      parts.add(text.substring(from, at));
      from = at + by.length();
      at = text.indexOf(by, from);
    }
    parts.add(text.substring(from));
    return dev.polder.kernel.Json.write(parts);
  }

  private static void json(Map<String, JavaFunction> all) {
    put(all, "t_json_parse", TEXT, a -> JsonPaths.canonical((String) a[0]), TEXT);
    put(
        all,
        "t_json_extract",
        TEXT,
        a -> {
          JsonPaths.Found found = JsonPaths.find((String) a[0], (String) a[1]);
          return found == null
              ? null
              : dev.polder.kernel.Json.write(JsonPaths.sorted(found.value()));
        },
        TEXT,
        TEXT);
    put(
        all,
        "t_json_extract_scalar",
        TEXT,
        a -> JsonPaths.scalar((String) a[0], (String) a[1]),
        TEXT,
        TEXT);
    put(
        all,
        "t_json_array_length",
        LONG,
        a -> JsonPaths.parsed((String) a[0]) instanceof List<?> l ? (Object) (long) l.size() : null,
        TEXT);
    put(
        all,
        "t_json_size",
        LONG,
        a -> size(JsonPaths.find((String) a[0], (String) a[1])),
        TEXT,
        TEXT);
    put(
        all,
        "t_json_array_get",
        TEXT,
        a -> get(JsonPaths.parsed((String) a[0]), (Long) a[1]),
        TEXT,
        LONG);
    put(all, "t_is_json_scalar", BOOL, a -> isScalar((String) a[0]), TEXT);
    put(
        all,
        "t_json_array_contains",
        BOOL,
        a -> contains(JsonPaths.parsed((String) a[0]), (String) a[1], (String) a[2]),
        TEXT,
        TEXT,
        TEXT);
  }

  private static @Nullable Object size(JsonPaths.@Nullable Found found) {
    if (found == null) {
      return null;
    }
    return switch (found.value()) {
      case Map<?, ?> m -> (long) m.size();
      case List<?> l -> (long) l.size();
      case null, default -> 0L;
    };
  }

  private static @Nullable Object get(@Nullable Object value, long index) {
    if (!(value instanceof List<?> list)) {
      return null;
    }
    long at = index < 0 ? list.size() + index : index;
    return at < 0 || at >= list.size() ? null : dev.polder.kernel.Json.write(list.get((int) at));
  }

  private static Object isScalar(String json) {
    try {
      Object value = dev.polder.kernel.Json.parse(json);
      return !(value instanceof Map) && !(value instanceof List);
    } catch (dev.polder.kernel.Json.Malformed e) {
      throw bad("Invalid JSON value: " + json);
    }
  }

  private static @Nullable Object contains(@Nullable Object value, String wanted, String kind) {
    if (!(value instanceof List<?> list)) {
      return null;
    }
    for (Object item : list) {
      boolean same =
          switch (kind) {
            case "boolean" -> item instanceof Boolean b && b.toString().equals(wanted);
            case "varchar" -> wanted.equals(item);
            case "bigint" ->
                item instanceof Number n && !(n instanceof Double) && n.toString().equals(wanted);
            default -> item instanceof Double d && d == Double.parseDouble(wanted);
          };
      if (same) {
        return true;
      }
    }
    return false;
  }

  private static void regexps(Map<String, JavaFunction> all) {
    var patterns = new Patterns();
    put(
        all,
        "t_regexp_like",
        BOOL,
        a -> patterns.of(a[1]).matcher((String) a[0]).find(),
        TEXT,
        TEXT);
    put(
        all,
        "t_regexp_extract",
        TEXT,
        a -> {
          Matcher m = patterns.of(a[1]).matcher((String) a[0]);
          int group = group(m, (Long) a[2]);
          return m.find() ? m.group(group) : null;
        },
        TEXT,
        TEXT,
        LONG);
    put(
        all,
        "t_regexp_extract_all",
        TEXT,
        a -> {
          Matcher m = patterns.of(a[1]).matcher((String) a[0]);
          int group = group(m, (Long) a[2]);
          List<@Nullable Object> found = new ArrayList<>();
          while (next(m, (String) a[0])) {
            found.add(m.group(group));
          }
          return dev.polder.kernel.Json.write(found);
        },
        TEXT,
        TEXT,
        LONG);
    put(
        all,
        "t_regexp_replace",
        TEXT,
        a -> replaced(patterns.of(a[1]).matcher((String) a[0]), (String) a[2]),
        TEXT,
        TEXT,
        TEXT);
    put(
        all,
        "t_regexp_split",
        TEXT,
        a -> pieces(patterns.of(a[1]).matcher((String) a[0]), (String) a[0]),
        TEXT,
        TEXT);
    put(
        all,
        "t_regexp_count",
        LONG,
        a -> patterns.of(a[1]).matcher((String) a[0]).results().count(),
        TEXT,
        TEXT);
  }

  private static String pieces(Matcher m, String text) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    while (next(m, text)) {
      parts.add(text.substring(from, m.start()));
      from = m.end();
    }
    parts.add(text.substring(from));
    return dev.polder.kernel.Json.write(parts);
  }

  /// The next match; an empty one inside of a surrogate pair is none.
  private static boolean next(Matcher m, String text) {
    while (m.find()) {
      if (m.end() > m.start() || !insidePair(text, m.start())) {
        return true;
      }
    }
    return false;
  }

  private static boolean insidePair(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
  }

  private static int group(Matcher m, long group) {
    if (group < 0) {
      throw bad("Group cannot be negative");
    }
    if (group > m.groupCount()) {
      throw bad("Pattern has " + m.groupCount() + " groups. Cannot access group " + group);
    }
    return (int) group;
  }

  private static String replaced(Matcher m, String by) {
    try {
      return m.replaceAll(by);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw bad("Illegal replacement sequence: " + e.getMessage());
    }
  }

  /// The pattern that each thread used last.
  private static final class Patterns {
    private final ThreadLocal<@Nullable Pattern> last = new ThreadLocal<>();

    Pattern of(Object regex) {
      String text = (String) regex;
      Pattern known = last.get();
      if (known != null && known.pattern().equals(text)) {
        return known;
      }
      try {
        Pattern made = Pattern.compile(text);
        last.set(made);
        return made;
      } catch (PatternSyntaxException e) {
        throw bad(String.valueOf(e.getMessage()));
      }
    }
  }

  private static void moments(Map<String, JavaFunction> all) {
    put(
        all,
        "t_date_format",
        TEXT,
        a -> DateFormats.format((LocalDateTime) a[0], (String) a[1]),
        MOMENT,
        TEXT);
    put(
        all,
        "t_date_parse",
        MOMENT,
        a -> DateFormats.parse((String) a[0], (String) a[1]),
        TEXT,
        TEXT);
    put(
        all,
        "t_format_datetime",
        TEXT,
        a -> JodaFormats.format((LocalDateTime) a[0], (String) a[2], (String) a[1]),
        MOMENT,
        TEXT,
        TEXT);
    put(
        all,
        "t_parse_datetime",
        MOMENT,
        a -> JodaFormats.parse((String) a[0], (String) a[1]),
        TEXT,
        TEXT);
    put(all, "t_iso_date", DuckDBColumnType.DATE, a -> isoDate((String) a[0]), TEXT);
    put(all, "t_iso_timestamp", MOMENT, a -> isoTimestamp((String) a[0]), TEXT);
  }

  private static LocalDate isoDate(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw bad("Invalid format: \"" + text + "\"");
    }
  }

  /// In UTC; a text with another zone would need a zone for each row.
  private static LocalDateTime isoTimestamp(String text) {
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay();
      }
      if (text.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)$")) {
        OffsetDateTime moment = OffsetDateTime.parse(text);
        if (!moment.getOffset().equals(ZoneOffset.UTC)) {
          throw new EngineFailure(
              "NOT_SUPPORTED", "A time zone that is known only row by row: " + text);
        }
        return moment.toLocalDateTime();
      }
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      throw bad("Invalid format: \"" + text + "\"");
    }
  }

  private static void urls(Map<String, JavaFunction> all) {
    put(all, "t_url_part", TEXT, a -> urlPart((String) a[0], (String) a[1]), TEXT, TEXT);
    put(all, "t_url_parameter", TEXT, a -> urlParameter((String) a[0], (String) a[1]), TEXT, TEXT);
    put(
        all,
        "t_url_encode",
        TEXT,
        a -> URLEncoder.encode((String) a[0], StandardCharsets.UTF_8).replace("%7E", "~"),
        TEXT);
    put(
        all,
        "t_url_decode",
        TEXT,
        a -> {
          try {
            return URLDecoder.decode((String) a[0], StandardCharsets.UTF_8);
          } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
          }
        },
        TEXT);
  }

  private static @Nullable String urlPart(String text, String part) {
    try {
      var url = new URI(text);
      return switch (part) {
        case "host" -> orEmpty(url.getHost());
        case "path" -> orEmpty(url.getPath());
        case "protocol" -> orEmpty(url.getScheme());
        case "query" -> orEmpty(url.getQuery());
        case "fragment" -> orEmpty(url.getFragment());
        default -> url.getPort() < 0 ? null : Integer.toString(url.getPort());
      };
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String urlParameter(String text, String name) {
    String query;
    try {
      query = new URI(text).getRawQuery();
    } catch (URISyntaxException e) {
      return null;
    }
    if (query == null) {
      return null;
    }
    return Arrays.stream(query.split("&", -1))
        .map(p -> p.split("=", 2))
        .filter(p -> p[0].equals(name))
        .findFirst()
        .map(p -> p.length < 2 ? "" : URLDecoder.decode(p[1], StandardCharsets.UTF_8))
        .orElse(null);
  }
}
