package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Char;
import dev.polder.athena.sql.SqlType.Decimal;
import dev.polder.athena.sql.SqlType.RowField;
import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Time;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which types Trino converts without being asked, and what two types have in common.
final class Coercions {
  private static final List<SqlType> INTEGERS =
      List.of(Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT);

  private Coercions() {}

  /// True if a value of `from` may stand where `to` is expected.
  static boolean can(SqlType from, SqlType to) {
    return common(from, to).filter(to::equals).isPresent();
  }

  /// The narrowest type that both convert to.
  static Optional<SqlType> common(SqlType a, SqlType b) {
    if (a.equals(b) || b == Simple.UNKNOWN) {
      return Optional.of(a);
    }
    if (a == Simple.UNKNOWN) {
      return Optional.of(b);
    }
    if (a.isNumeric() && b.isNumeric()) {
      return Optional.of(number(a, b));
    }
    if (a.isText() && b.isText()) {
      return Optional.of(text(a, b));
    }
    if (a instanceof SqlType.Array x && b instanceof SqlType.Array y) {
      return common(x.element(), y.element()).map(SqlType.Array::new);
    }
    if (a instanceof SqlType.Map x && b instanceof SqlType.Map y) {
      return common(x.key(), y.key())
          .flatMap(k -> common(x.value(), y.value()).map(v -> new SqlType.Map(k, v)));
    }
    if (a instanceof SqlType.Row x && b instanceof SqlType.Row y) {
      return row(x, y);
    }
    return moment(a, b);
  }

  /// The decimal that holds every value of a whole-number type.
  static Decimal decimal(SqlType type) {
    return switch (type) {
      case Decimal d -> d;
      case Simple.TINYINT -> new Decimal(3, 0);
      case Simple.SMALLINT -> new Decimal(5, 0);
      case Simple.INTEGER -> new Decimal(10, 0);
      case Simple.BIGINT -> new Decimal(19, 0);
      default -> throw new IllegalArgumentException("Not an exact number: " + type);
    };
  }

  private static SqlType number(SqlType a, SqlType b) {
    if (a == Simple.DOUBLE || b == Simple.DOUBLE) {
      return Simple.DOUBLE;
    }
    if (a == Simple.REAL || b == Simple.REAL) {
      return Simple.REAL;
    }
    if (a.isInteger() && b.isInteger()) {
      return INTEGERS.get(Math.max(INTEGERS.indexOf(a), INTEGERS.indexOf(b)));
    }
    Decimal x = decimal(a);
    Decimal y = decimal(b);
    int scale = Math.max(x.scale(), y.scale());
    int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
    return new Decimal(Math.min(38, whole + scale), scale);
  }

  private static SqlType text(SqlType a, SqlType b) {
    if (a instanceof Varchar x && b instanceof Varchar y) {
      boolean unbounded = x.length() < 0 || y.length() < 0;
      return unbounded ? SqlType.VARCHAR : new Varchar(Math.max(x.length(), y.length()));
    }
    int x = length(a);
    int y = length(b);
    return x < 0 || y < 0 ? SqlType.VARCHAR : new Char(Math.max(x, y));
  }

  static int length(SqlType type) {
    return switch (type) {
      case Varchar v -> v.length();
      case Char c -> c.length();
      default -> Varchar.UNBOUNDED;
    };
  }

  private static Optional<SqlType> row(SqlType.Row a, SqlType.Row b) {
    if (a.fields().size() != b.fields().size()) {
      return Optional.empty();
    }
    List<RowField> fields = new ArrayList<>();
    for (int i = 0; i < a.fields().size(); i++) {
      RowField x = a.fields().get(i);
      RowField y = b.fields().get(i);
      Optional<SqlType> type = common(x.type(), y.type());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      boolean same = x.name() != null && x.name().equals(y.name());
      fields.add(new RowField(same ? x.name() : null, type.get()));
    }
    return Optional.of(new SqlType.Row(fields));
  }

  private static Optional<SqlType> moment(SqlType a, SqlType b) {
    return switch (a) {
      case Time x when b instanceof Time y -> Optional.of(x.precision() > y.precision() ? x : y);
      case Timestamp x when b instanceof Timestamp y ->
          Optional.of(x.precision() > y.precision() ? x : y);
      case TimestampTz x when b instanceof TimestampTz y && x.zone().equals(y.zone()) ->
          Optional.of(x.precision() > y.precision() ? x : y);
      case TimestampTz x when b instanceof Timestamp y && x.zone().equals(SqlType.UTC) ->
          Optional.of(new TimestampTz(Math.max(x.precision(), y.precision()), x.zone()));
      case Timestamp _ when b instanceof TimestampTz -> moment(b, a);
      case Timestamp x when b == Simple.DATE -> Optional.of(x);
      case TimestampTz x when b == Simple.DATE && x.zone().equals(SqlType.UTC) -> Optional.of(x);
      default ->
          a == Simple.DATE && (b instanceof Timestamp || b instanceof TimestampTz)
              ? moment(b, a)
              : Optional.empty();
    };
  }
}
