package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Char;
import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.RowField;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DataTypeParameter;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IntervalDayTimeDataType;
import io.trino.sql.tree.NumericParameter;
import io.trino.sql.tree.RowDataType;
import io.trino.sql.tree.TypeParameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Trino's texts of types in a statement.
final class TypeReader {
  private TypeReader() {}

  static SqlType read(String text) {
    try {
      return read(new SqlParser().createType(text));
    } catch (ParsingException e) {
      throw new SqlFailure("TYPE_NOT_FOUND", "Unknown type: " + text);
    }
  }

  static SqlType read(DataType type) {
    return switch (type) {
      case DateTimeDataType d -> moment(d);
      case RowDataType r ->
          new SqlType.Row(
              r.getFields().stream()
                  .map(f ->
                      new RowField(
                          f.getName().map(Identifier::getValue).map(TypeReader::lower).orElse(null),
                          read(f.getType())))
                  .toList());
      case GenericDataType g -> generic(g);
      case IntervalDayTimeDataType i ->
          i.getFrom().name().equals("YEAR") || i.getFrom().name().equals("MONTH")
              ? Simple.INTERVAL_YEAR
              : Simple.INTERVAL_DAY;
      default -> throw unknown(type);
    };
  }

  private static SqlType moment(DateTimeDataType d) {
    int precision = d.getPrecision().map(p -> number(d, p)).orElse(3);
    if (precision > 6) {
      throw SqlFailure.unsupported(d, "A precision of more than 6 digits (" + d + ")");
    }
    return switch (d.getType()) {
      case TIMESTAMP ->
          d.isWithTimeZone() ? new TimestampTz(precision, SqlType.UTC) : new Timestamp(precision);
      case TIME -> {
        if (d.isWithTimeZone()) {
          throw SqlFailure.unsupported(d, "time with time zone");
        }
        yield new Time(precision);
      }
    };
  }

  private static SqlType generic(GenericDataType g) {
    List<DataTypeParameter> a = g.getArguments();
    String name = lower(g.getName().getValue());
    Optional<SqlType> simple = simple(name);
    if (simple.isPresent() && a.isEmpty()) {
      return simple.get();
    }
    return switch (name) {
      case "varchar" -> a.isEmpty() ? SqlType.VARCHAR : new Varchar(number(g, a.getFirst()));
      case "char" -> new Char(a.isEmpty() ? 1 : number(g, a.getFirst()));
      case "decimal", "dec", "numeric" -> decimal(g, a);
      case "array" -> new SqlType.Array(nested(g, a, 0, 1));
      case "map" -> new SqlType.Map(nested(g, a, 0, 2), nested(g, a, 1, 2));
      case "ipaddress",
          "ipprefix",
          "hyperloglog",
          "p4hyperloglog",
          "qdigest",
          "tdigest",
          "setdigest",
          "json2016",
          "color",
          "geometry",
          "sphericalgeography",
          "bingtile" ->
          throw SqlFailure.unsupported(g, "The type " + name);
      default -> throw unknown(g);
    };
  }

  private static Optional<SqlType> simple(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "boolean" -> Simple.BOOLEAN;
          case "tinyint" -> Simple.TINYINT;
          case "smallint" -> Simple.SMALLINT;
          case "integer", "int" -> Simple.INTEGER;
          case "bigint" -> Simple.BIGINT;
          case "real" -> Simple.REAL;
          case "double" -> Simple.DOUBLE;
          case "varbinary" -> Simple.VARBINARY;
          case "date" -> Simple.DATE;
          case "json" -> Simple.JSON;
          case "uuid" -> Simple.UUID;
          case "unknown" -> Simple.UNKNOWN;
          default -> null;
        });
  }

  private static SqlType decimal(DataType at, List<DataTypeParameter> a) {
    int precision = a.isEmpty() ? 38 : number(at, a.get(0));
    int scale = a.size() < 2 ? 0 : number(at, a.get(1));
    if (precision < 1 || precision > 38 || scale > precision) {
      throw SqlFailure.at(at, "INVALID_ARGUMENTS", "Invalid type: " + at);
    }
    return new Decimal(precision, scale);
  }

  private static SqlType nested(DataType at, List<DataTypeParameter> a, int index, int size) {
    if (a.size() == size && a.get(index) instanceof TypeParameter t) {
      return read(t.getValue());
    }
    throw unknown(at);
  }

  private static int number(DataType at, DataTypeParameter parameter) {
    if (parameter instanceof NumericParameter n && n.getValue().length() <= 10) {
      return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(n.getValue()));
    }
    throw unknown(at);
  }

  private static SqlFailure unknown(DataType type) {
    return SqlFailure.at(type, "TYPE_NOT_FOUND", "Unknown type: " + type);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
