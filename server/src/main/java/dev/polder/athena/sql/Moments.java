package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.Timestamp;
import dev.polder.athena.sql.SqlType.TimestampTz;
import io.trino.sql.tree.AtTimeZone;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.StringLiteral;
import java.util.Optional;
import java.util.function.IntFunction;

/// The moment of the statement, and moments in other time zones.
final class Moments {
  private final ExpressionTranslator in;

  Moments(ExpressionTranslator in) {
    this.in = in;
  }

  /// `CURRENT_DATE`.
  Typed today() {
    return new Typed("DATE '" + in.session().now().toString().substring(0, 10) + "'", Simple.DATE);
  }

  /// `CURRENT_TIMESTAMP` and `LOCALTIMESTAMP`.
  ///
  /// @param given the number of digits of the second, 3 if empty
  Typed now(Expression e, Optional<Integer> given, IntFunction<SqlType> type) {
    int precision = given.orElse(3);
    if (precision > 6) {
      throw SqlFailure.unsupported(e, "A precision of more than 6 digits");
    }
    return Casts.explicit(e, in.now(), type.apply(precision));
  }

  Typed atTimeZone(AtTimeZone z) {
    if (!(z.getTimeZone() instanceof StringLiteral s)) {
      throw SqlFailure.unsupported(z, "A time zone that is not a constant");
    }
    return atZone(z, in.of(z.getValue()), Zones.named(z, s.getValue()));
  }

  static Typed atZone(Expression at, Typed value, String zone) {
    return switch (value.type()) {
      case TimestampTz t -> new Typed(value.sql(), new TimestampTz(t.precision(), zone));
      case Timestamp t ->
          new Typed(Zones.instant(value.sql(), SqlType.UTC), new TimestampTz(t.precision(), zone));
      default ->
          throw SqlFailure.mismatch(
              at,
              "Type of value must be a time or timestamp with or without time zone (actual "
                  + value.type()
                  + ")");
    };
  }
}
