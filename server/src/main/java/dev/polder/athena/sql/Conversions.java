package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import dev.polder.athena.sql.SqlType.TimestampTz;
import dev.polder.athena.sql.SqlType.Varchar;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.StringLiteral;

/// `CAST` and `TRY_CAST`.
final class Conversions {
  private final ExpressionTranslator in;

  Conversions(ExpressionTranslator in) {
    this.in = in;
  }

  Typed cast(Cast c) {
    Typed value = in.of(c.getExpression());
    SqlType type = TypeReader.read(c.getType());
    if (type == Simple.UNKNOWN) {
      throw SqlFailure.mismatch(c, "UNKNOWN is not a valid type");
    }
    if (type instanceof TimestampTz t
        && value.type() instanceof TimestampTz from
        && !from.zone().equals(t.zone())) {
      type = new TimestampTz(t.precision(), from.zone());
    }
    if (type instanceof TimestampTz t
        && c.getExpression() instanceof StringLiteral s
        && value.type() instanceof Varchar) {
      value = zoned(c, s, t, value);
      type =
          new TimestampTz(
              t.precision(), value.type() instanceof TimestampTz z ? z.zone() : t.zone());
    }
    Typed cast = Casts.explicit(c, value, type);
    return c.isSafe() ? ExpressionTranslator.tried(new Typed(cast.sql(), cast.type())) : cast;
  }

  /// A constant's zone is known, so it need not be the session's.
  private static Typed zoned(Cast c, StringLiteral s, TimestampTz t, Typed otherwise) {
    try {
      Typed moment = Literals.moment(c, s.getValue());
      return moment.type() instanceof TimestampTz ? moment : Casts.explicit(c, moment, t);
    } catch (SqlFailure notConstant) {
      return otherwise;
    }
  }
}
