package dev.polder.athena.engine;

import dev.polder.athena.sql.SqlType;
import dev.polder.athena.sql.SqlType.Char;
import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Values in the text that Athena puts into result files and `GetQueryResults`.
///
/// Arrays are `[1, 2]`, maps and rows `{a=1, b=2}`, fields without a name `{field0=1}`; bytes are
/// hexadecimal, a space between two bytes.
final class ResultText {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private ResultText() {}

  static @Nullable String of(@Nullable Object value, SqlType type) throws SQLException {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case Simple s -> simple(value, s);
      case Decimal _ -> value instanceof BigDecimal d ? d.toPlainString() : value.toString();
      case Char c -> padded(value.toString(), c.length());
      case SqlType.Varchar _ -> value.toString();
      case Time _ -> CLOCK.format(rounded(time(value).atDate(LocalDate.EPOCH)));
      case Timestamp _ -> MOMENT.format(rounded(moment(value)));
      case TimestampTz t -> zoned(moment(value), t);
      case SqlType.Array a -> array(value, a);
      case SqlType.Map m -> map(value, m);
      case SqlType.Row r -> row(value, r);
    };
  }

  private static String simple(Object value, Simple type) {
    return switch (type) {
      case DOUBLE -> Double.toString(((Number) value).doubleValue());
      case REAL -> Float.toString(((Number) value).floatValue());
      case VARBINARY -> HEX.formatHex(bytes(value));
      case INTERVAL_DAY -> Texts.intervalDay(((Number) value).longValue());
      case INTERVAL_YEAR -> Texts.intervalYear(((Number) value).longValue());
      case UNKNOWN, BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE, JSON, UUID ->
          value.toString();
    };
  }

  private static byte[] bytes(Object value) {
    if (value instanceof byte[] b) {
      return b;
    }
    if (value instanceof Blob blob) {
      try {
        return blob.getBytes(1, (int) blob.length());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalArgumentException("Not bytes: " + value.getClass());
  }

  private static LocalTime time(Object value) {
    return value instanceof LocalTime t ? t : LocalTime.parse(value.toString());
  }

  private static LocalDateTime moment(Object value) {
    return switch (value) {
      case LocalDateTime l -> l;
      case java.sql.Timestamp t -> t.toLocalDateTime();
      default -> throw new IllegalArgumentException("Not a timestamp: " + value.getClass());
    };
  }

  private static String zoned(LocalDateTime instant, TimestampTz type) {
    LocalDateTime local =
        instant
            .atOffset(ZoneOffset.UTC)
            .atZoneSameInstant(ZoneId.of(type.zone()))
            .toLocalDateTime();
    return MOMENT.format(rounded(local)) + " " + type.zone();
  }

  /// To the millisecond, which is what clients are shown whatever the precision.
  private static LocalDateTime rounded(LocalDateTime moment) {
    return moment.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS);
  }

  private static String padded(String text, int length) {
    int missing = length - text.codePointCount(0, text.length());
    return missing > 0 ? text + " ".repeat(missing) : text;
  }

  private static String array(Object value, SqlType.Array type) throws SQLException {
    Object items = value instanceof java.sql.Array a ? a.getArray() : value;
    var text = new StringJoiner(", ", "[", "]");
    if (items instanceof Object[] all) {
      for (Object item : all) {
        text.add(String.valueOf(of(item, type.element())));
      }
    } else {
      int length = Array.getLength(items);
      for (int i = 0; i < length; i++) {
        text.add(String.valueOf(of(Array.get(items, i), type.element())));
      }
    }
    return text.toString();
  }

  private static String map(Object value, SqlType.Map type) throws SQLException {
    var text = new StringJoiner(", ", "{", "}");
    for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
      text.add(of(e.getKey(), type.key()) + "=" + of(e.getValue(), type.value()));
    }
    return text.toString();
  }

  private static String row(Object value, SqlType.Row type) throws SQLException {
    Object[] values = ((Struct) value).getAttributes();
    var text = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < values.length; i++) {
      String name = type.fields().get(i).name();
      String cell = of(values[i], type.fields().get(i).type());
      text.add((name == null ? "field" + i : name) + "=" + cell);
    }
    return text.toString();
  }
}
