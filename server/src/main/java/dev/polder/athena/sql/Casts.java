package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Char;
import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.Node;
import java.util.Locale;

/// `CAST`, asked for or implied, with Trino's meaning where DuckDB's own cast is laxer, rounds
/// otherwise or prints otherwise.
final class Casts {
  static final String INVALID = "INVALID_CAST_ARGUMENT";

  private Casts() {}

  /// A value as the type that an operator or a function expects. The coercion must be one that
  /// [Coercions] allows.
  static Typed coerce(Node at, Typed value, SqlType to) {
    return value.type().equals(to) ? value : explicit(at, value, to);
  }

  /// The value of `CAST(value AS to)`.
  static Typed explicit(Node at, Typed value, SqlType to) {
    SqlType from = value.type();
    if (from.equals(to)) {
      return value;
    }
    if (value.isNull()) {
      return new Typed(Sql.cast("NULL", to), to, value.constant());
    }
    return new Typed(sql(at, value.sql(), from, to), to, value.constant());
  }

  private static String sql(Node at, String v, SqlType from, SqlType to) {
    return switch (to) {
      case Simple s -> simple(at, v, from, s);
      case Decimal d -> decimal(at, v, from, d);
      case Varchar t -> cut(text(at, v, from), from, t.length());
      case Char c -> "rtrim(left(" + text(at, v, from) + ", " + c.length() + "), ' ')";
      case Time t -> MomentCasts.time(at, v, from, t);
      case Timestamp t -> MomentCasts.timestamp(at, v, from, t);
      case TimestampTz t -> MomentCasts.instant(at, v, from, t);
      case SqlType.Array a when from instanceof SqlType.Array f ->
          "list_transform(" + v + ", lambda e_: " + sql(at, "e_", f.element(), a.element()) + ")";
      case SqlType.Map m when from instanceof SqlType.Map f -> map(at, v, f, m);
      case SqlType.Row r when from instanceof SqlType.Row f -> row(at, v, f, r);
      case SqlType.Array _, SqlType.Map _, SqlType.Row _ when from == Simple.JSON ->
          JsonCasts.fromJson(at, v, to);
      case SqlType.Array _, SqlType.Map _, SqlType.Row _ -> throw refused(at, from, to);
    };
  }

  private static String simple(Node at, String v, SqlType from, Simple to) {
    if (from == Simple.UNKNOWN) {
      return Sql.cast("NULL", to);
    }
    return switch (to) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> whole(at, v, from, to);
      case REAL, DOUBLE -> floating(at, v, from, to);
      case BOOLEAN -> bool(at, v, from);
      case DATE -> MomentCasts.date(at, v, from);
      case JSON -> JsonCasts.toJson(at, v, from);
      case VARBINARY, UUID -> bytes(at, v, from, to);
      case UNKNOWN, INTERVAL_DAY, INTERVAL_YEAR -> {
        if (from == to) {
          yield v;
        }
        throw refused(at, from, to);
      }
    };
  }

  private static String bytes(Node at, String v, SqlType from, Simple to) {
    if (from == to) {
      return v;
    }
    if (!from.isText()) {
      throw refused(at, from, to);
    }
    if (to == Simple.VARBINARY) {
      return "encode(" + text(at, v, from) + ")";
    }
    return guard(
        v,
        "regexp_full_match(" + v + ", '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}')",
        "CAST(" + v + " AS UUID)",
        "'Cannot cast value to UUID: ' || " + v);
  }

  private static String whole(Node at, String v, SqlType from, Simple to) {
    if (from == Simple.JSON) {
      return JsonCasts.fromJson(at, v, to);
    }
    if (from.isInteger() || from == Simple.BOOLEAN || from instanceof Decimal) {
      return Sql.cast(v, to);
    }
    if (from == Simple.DOUBLE || from == Simple.REAL) {
      return "CAST(round(" + v + ") AS " + to.duck() + ")";
    }
    if (from.isText()) {
      return guard(
          v,
          "regexp_full_match(" + v + ", '[+-]?[0-9]+')",
          Sql.cast(v, to),
          "'Cannot cast ''' || " + v + " || ''' to " + upper(to) + "'");
    }
    throw refused(at, from, to);
  }

  private static String floating(Node at, String v, SqlType from, Simple to) {
    if (from == Simple.JSON) {
      return JsonCasts.fromJson(at, v, to);
    }
    if (from instanceof Decimal d && d.precision() > 15) {
      return Sql.cast("CAST(" + v + " AS VARCHAR)", to);
    }
    if (from.isNumeric() || from == Simple.BOOLEAN) {
      return from == Simple.BOOLEAN
          ? "CAST(CAST(" + v + " AS INTEGER) AS " + to.duck() + ")"
          : Sql.cast(v, to);
    }
    if (from.isText()) {
      String number =
          "\\s*[+-]?(NaN|Infinity|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?)\\s*";
      return guard(
          v,
          "regexp_full_match(" + v + ", '" + number + "')",
          "CAST(rtrim(trim(" + v + ", ' '), 'dDfF') AS " + to.duck() + ")",
          "'Cannot cast ''' || " + v + " || ''' to " + upper(to) + "'");
    }
    throw refused(at, from, to);
  }

  private static String bool(Node at, String v, SqlType from) {
    if (from == Simple.JSON) {
      return JsonCasts.fromJson(at, v, Simple.BOOLEAN);
    }
    if (from.isNumeric()) {
      return "(" + v + " <> 0)";
    }
    if (from.isText()) {
      return "CASE WHEN lower("
          + v
          + ") IN ('t', 'true', '1') THEN TRUE WHEN lower("
          + v
          + ") IN ('f', 'false', '0') THEN FALSE WHEN "
          + v
          + " IS NOT NULL THEN "
          + Sql.raise(INVALID, "'Cannot cast ''' || " + v + " || ''' to BOOLEAN'")
          + " END";
    }
    throw refused(at, from, Simple.BOOLEAN);
  }

  private static String decimal(Node at, String v, SqlType from, Decimal to) {
    if (from == Simple.JSON) {
      return JsonCasts.fromJson(at, v, to);
    }
    if (from == Simple.BOOLEAN) {
      return Sql.cast("CAST(" + v + " AS INTEGER)", to);
    }
    if (from == Simple.DOUBLE) {
      // Through the shortest text that is this double, as Trino does.
      return Sql.cast("CAST(" + v + " AS VARCHAR)", to);
    }
    if (from == Simple.REAL) {
      throw SqlFailure.unsupported(at, "The cast of real to decimal");
    }
    if (from.isNumeric()) {
      return Sql.cast(v, to);
    }
    if (from.isText()) {
      return guard(
          v,
          "regexp_full_match("
              + v
              + ", '\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*')",
          Sql.cast(v, to),
          "'Cannot cast "
              + from
              + " ''' || "
              + v
              + " || ''' to "
              + upper(to)
              + ". Value is not a number.'");
    }
    throw refused(at, from, to);
  }

  /// The date and time that an instant has in its zone.
  static String local(String v, TimestampTz type) {
    return Zones.local(v, type.zone());
  }

  /// Text in full length, as Trino prints it.
  static String text(Node at, String v, SqlType from) {
    return switch (from) {
      case Varchar _ -> v;
      case Char c -> "rpad(" + v + ", " + c.length() + ", ' ')";
      case Simple.DOUBLE -> "t_double_text(" + v + ")";
      case Simple.REAL -> "t_real_text(" + v + ")";
      case Simple.BOOLEAN,
          Simple.TINYINT,
          Simple.SMALLINT,
          Simple.INTEGER,
          Simple.BIGINT,
          Simple.DATE,
          Simple.UUID ->
          "CAST(" + v + " AS VARCHAR)";
      case Decimal d -> decimalText(v, d);
      case Simple.JSON -> JsonCasts.fromJson(at, v, SqlType.VARCHAR);
      case Simple.INTERVAL_DAY -> "t_interval_day_text(" + v + ")";
      case Simple.INTERVAL_YEAR -> "t_interval_year_text(" + v + ")";
      case Time t ->
          MomentCasts.cutFraction(
              "strftime(DATE '2000-01-01' + " + v + ", '%H:%M:%S.%f')", t.precision());
      case Timestamp t -> MomentCasts.momentText(v, t.precision());
      case TimestampTz t ->
          "(" + MomentCasts.momentText(local(v, t), t.precision()) + " || ' " + t.zone() + "')";
      default -> throw refused(at, from, SqlType.VARCHAR);
    };
  }

  /// DuckDB leaves out the zero before the point where there is no room for it.
  static String decimalText(String v, Decimal type) {
    String text = "CAST(" + v + " AS VARCHAR)";
    return type.precision() > type.scale()
        ? text
        : "regexp_replace(" + text + ", '^(-?)\\.', '\\10.')";
  }

  private static String cut(String v, SqlType from, int length) {
    int known = from instanceof Varchar f ? f.length() : -1;
    if (length < 0 || (known >= 0 && known <= length)) {
      return v;
    }
    if (from.isText()) {
      return "left(" + v + ", " + length + ")";
    }
    return guard(
        v,
        "length(" + v + ") <= " + length,
        v,
        "'Value ' || " + v + " || ' cannot be represented as varchar(" + length + ")'");
  }

  static String map(Node at, String v, SqlType.Map from, SqlType.Map to) {
    return "CASE WHEN "
        + v
        + " IS NOT NULL THEN map(list_transform(map_keys("
        + v
        + "), lambda e_: "
        + sql(at, "e_", from.key(), to.key())
        + "), list_transform(map_values("
        + v
        + "), lambda e_: "
        + sql(at, "e_", from.value(), to.value())
        + ")) END";
  }

  private static String row(Node at, String v, SqlType.Row from, SqlType.Row to) {
    if (from.fields().size() != to.fields().size()) {
      throw refused(at, from, to);
    }
    var text = new StringBuilder("CASE WHEN ").append(v).append(" IS NOT NULL THEN struct_pack(");
    for (int i = 0; i < to.fields().size(); i++) {
      String field = "struct_extract(" + v + ", " + Sql.literal(from.duckName(i)) + ")";
      text.append(i == 0 ? "" : ", ").append(Sql.name(to.duckName(i))).append(" := ");
      SqlType f = from.fields().get(i).type();
      SqlType t = to.fields().get(i).type();
      text.append(f.equals(t) ? field : sql(at, field, f, t));
    }
    return text.append(") END").toString();
  }

  /// `value` where `valid`, an error where not; a null stays null without being checked.
  static String guard(String v, String valid, String value, String message) {
    return "CASE WHEN "
        + v
        + " IS NOT NULL AND NOT "
        + valid
        + " THEN "
        + Sql.raise(INVALID, message)
        + " ELSE "
        + value
        + " END";
  }

  static SqlFailure refused(Node at, SqlType from, SqlType to) {
    return SqlFailure.mismatch(at, "Cannot cast " + from + " to " + to);
  }

  static String upper(SqlType type) {
    return type.toString().toUpperCase(Locale.ROOT);
  }
}
