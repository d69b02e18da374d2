package dev.polder.athena.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A Trino type, and how a value of it is held in DuckDB.
///
/// Two representations differ from what DuckDB would choose, so that arithmetic and comparison are
/// Trino's: an interval of days and seconds is a `BIGINT` of milliseconds and one of years and
/// months an `INTEGER` of months. A timestamp with time zone is an instant whose zone is part of
/// its static type, held as a `TIMESTAMP` in UTC; where a zone can only be known row by row, the
/// expression is refused.
public sealed interface SqlType {

  /// Types without parameters.
  enum Simple implements SqlType {
    UNKNOWN("unknown", "INTEGER"),
    BOOLEAN("boolean", "BOOLEAN"),
    TINYINT("tinyint", "TINYINT"),
    SMALLINT("smallint", "SMALLINT"),
    INTEGER("integer", "INTEGER"),
    BIGINT("bigint", "BIGINT"),
    REAL("real", "FLOAT"),
    DOUBLE("double", "DOUBLE"),
    VARBINARY("varbinary", "BLOB"),
    DATE("date", "DATE"),
    JSON("json", "JSON"),
    UUID("uuid", "UUID"),
    INTERVAL_DAY("interval day to second", "BIGINT"),
    INTERVAL_YEAR("interval year to month", "INTEGER");

    private final String trino;
    private final String duck;

    Simple(String trino, String duck) {
      this.trino = trino;
      this.duck = duck;
    }

    @Override
    public String duck() {
      return duck;
    }

    @Override
    public String toString() {
      return trino;
    }
  }

  /// Exact numbers of up to 38 digits, `scale` of them after the point.
  record Decimal(int precision, int scale) implements SqlType {
    @Override
    public String duck() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /// Text of at most `length` code points; [#UNBOUNDED] for no limit.
  record Varchar(int length) implements SqlType {
    static final int UNBOUNDED = -1;

    @Override
    public String duck() {
      return "VARCHAR";
    }

    @Override
    public String toString() {
      return length == UNBOUNDED ? "varchar" : "varchar(" + length + ")";
    }
  }

  /// Text padded with blanks to `length`; held without the blanks at its end.
  record Char(int length) implements SqlType {
    @Override
    public String duck() {
      return "VARCHAR";
    }

    @Override
    public String toString() {
      return "char(" + length + ")";
    }
  }

  /// A time of day with `precision` (0 to 6) digits of the second's fraction.
  record Time(int precision) implements SqlType {
    @Override
    public String duck() {
      return "TIME";
    }

    @Override
    public String toString() {
      return "time(" + precision + ")";
    }
  }

  /// A date and time of day with `precision` (0 to 6) digits of the second's fraction.
  record Timestamp(int precision) implements SqlType {
    @Override
    public String duck() {
      return "TIMESTAMP";
    }

    @Override
    public String toString() {
      return "timestamp(" + precision + ")";
    }
  }

  /// An instant, seen in a zone that is the same for all rows.
  record TimestampTz(int precision, String zone) implements SqlType {
    @Override
    public String duck() {
      return "TIMESTAMP";
    }

    @Override
    public String toString() {
      return "timestamp(" + precision + ") with time zone";
    }
  }

  /// A list.
  record Array(SqlType element) implements SqlType {
    @Override
    public String duck() {
      return element.duck() + "[]";
    }

    @Override
    public String toString() {
      return "array(" + element + ")";
    }
  }

  /// Distinct keys, each with a value.
  record Map(SqlType key, SqlType value) implements SqlType {
    @Override
    public String duck() {
      return "MAP(" + key.duck() + ", " + value.duck() + ")";
    }

    @Override
    public String toString() {
      return "map(" + key + ", " + value + ")";
    }
  }

  /// A field of a row; the name may be absent.
  record RowField(@Nullable String name, SqlType type) {
    @Override
    public String toString() {
      return name == null ? type.toString() : name + " " + type;
    }
  }

  /// A structure of fields in order.
  record Row(List<RowField> fields) implements SqlType {
    public Row {
      fields = List.copyOf(fields);
    }

    /// The name of a field in DuckDB's struct: its own where it has one that no earlier field has,
    /// otherwise one made of its place.
    public String duckName(int index) {
      String name = fields.get(index).name();
      boolean own =
          name != null
              && fields.subList(0, index).stream()
                  .noneMatch(f -> f.name() != null && name.equalsIgnoreCase(f.name()));
      return own && name != null ? name : "field " + index;
    }

    @Override
    public String duck() {
      var text = new StringBuilder("STRUCT(");
      for (int i = 0; i < fields.size(); i++) {
        text.append(i == 0 ? "" : ", ")
            .append(Sql.name(duckName(i)))
            .append(' ')
            .append(fields.get(i).type().duck());
      }
      return text.append(')').toString();
    }

    @Override
    public String toString() {
      return fields.stream().map(RowField::toString).collect(Collectors.joining(", ", "row(", ")"));
    }
  }

  /// Text without a limit.
  Varchar VARCHAR = new Varchar(Varchar.UNBOUNDED);

  /// The zone of every session.
  String UTC = "UTC";

  /// The DuckDB type that holds it.
  String duck();

  /// Trino's text of the type.
  @Override
  String toString();

  /// True for whole numbers.
  default boolean isInteger() {
    return this == Simple.TINYINT
        || this == Simple.SMALLINT
        || this == Simple.INTEGER
        || this == Simple.BIGINT;
  }

  /// True for every number.
  default boolean isNumeric() {
    return isInteger() || this == Simple.REAL || this == Simple.DOUBLE || this instanceof Decimal;
  }

  /// True for text.
  default boolean isText() {
    return this instanceof Varchar || this instanceof Char;
  }

  /// True for values that have an order.
  default boolean isOrderable() {
    return switch (this) {
      case Simple s -> s != Simple.JSON;
      case Map _ -> false;
      case Array a -> a.element().isOrderable();
      case Row r -> r.fields().stream().allMatch(f -> f.type().isOrderable());
      case Decimal _, Varchar _, Char _, Time _, Timestamp _, TimestampTz _ -> true;
    };
  }
}
