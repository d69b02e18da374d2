package dev.polder.athena.sql;

import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.QuantifiedComparisonExpression;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.SubqueryExpression;

/// Queries within expressions.
///
/// @param scope what the expression sees, which the query may refer to
record Subqueries(QueryTranslator queries, Scope scope) {

  /// A query that gives one row at most: its value, or its columns as a row.
  Typed scalar(Query q) {
    QueryTranslator.Selected made = queries.query(q, scope);
    if (made.fields().size() != 1) {
      SqlType.Row row =
          new SqlType.Row(
              made.fields().stream().map(f -> new SqlType.RowField(f.name(), f.type())).toList());
      String packed = Rows.of(made.fields().stream().map(Field::value).toList(), row).sql();
      return new Typed(
          "(SELECT " + packed + " FROM (" + made.sql() + ") AS " + queries.build().relation() + ")",
          row);
    }
    return new Typed("(" + made.sql() + ")", made.fields().getFirst().type());
  }

  Typed exists(ExistsPredicate x) {
    if (!(x.getSubquery() instanceof SubqueryExpression s)) {
      throw SqlFailure.unsupported(x, "This EXISTS");
    }
    return Typed.bool("(EXISTS (" + queries.query(s.getQuery(), scope).sql() + "))");
  }

  Typed in(Node at, Typed value, Query q) {
    QueryTranslator.Selected made = queries.query(q, scope);
    int width = value.type() instanceof SqlType.Row r ? r.fields().size() : 1;
    if (width > 1 && made.fields().size() == width) {
      throw SqlFailure.unsupported(at, "IN with a row and a subquery");
    }
    Sides sides = sides(at, value, made);
    return Typed.bool("(" + sides.value() + " IN (" + sides.query() + "))");
  }

  Typed quantified(QuantifiedComparisonExpression q, Typed value, Query query) {
    QueryTranslator.Selected made = queries.query(query, scope);
    Sides sides = sides(q, value, made);
    if (q.getOperator() == ComparisonExpression.Operator.IS_DISTINCT_FROM) {
      throw SqlFailure.unsupported(q, "A quantified IS DISTINCT FROM");
    }
    String quantifier =
        q.getQuantifier() == QuantifiedComparisonExpression.Quantifier.ALL ? " ALL " : " ANY ";
    return Typed.bool(
        "("
            + sides.value()
            + " "
            + q.getOperator().getValue()
            + quantifier
            + "("
            + sides.query()
            + "))");
  }

  private record Sides(String value, String query) {}

  private Sides sides(Node at, Typed value, QueryTranslator.Selected made) {
    if (made.fields().size() != 1) {
      throw SqlFailure.mismatch(
          at,
          "Multiple columns returned by subquery are not yet supported. Found "
              + made.fields().size());
    }
    Field only = made.fields().getFirst();
    SqlType type =
        Coercions.common(value.type(), only.type())
            .orElseThrow(() ->
                SqlFailure.mismatch(
                    at,
                    "value and result of subquery must be of the same type: "
                        + value.type()
                        + " vs "
                        + only.type()));
    String query =
        only.type().equals(type)
            ? made.sql()
            : "SELECT "
                + Casts.coerce(at, only.value(), type).sql()
                + " FROM ("
                + made.sql()
                + ") AS "
                + queries.build().relation();
    return new Sides(Casts.coerce(at, value, type).sql(), query);
  }
}
