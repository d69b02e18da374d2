package dev.polder.athena.sql;

import dev.polder.athena.sql.SqlType.Simple;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.InListExpression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.QuantifiedComparisonExpression;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.SubqueryExpression;
import java.util.ArrayList;
import java.util.List;

/// `BETWEEN`, `IN`, `LIKE` and comparisons with a quantifier.
final class Predicates {
  private final ExpressionTranslator in;

  Predicates(ExpressionTranslator in) {
    this.in = in;
  }

  Typed between(BetweenPredicate b) {
    Typed value = in.of(b.getValue());
    Typed low =
        Operators.compare(
            b, ComparisonExpression.Operator.GREATER_THAN_OR_EQUAL, value, in.of(b.getMin()));
    Typed high =
        Operators.compare(
            b, ComparisonExpression.Operator.LESS_THAN_OR_EQUAL, value, in.of(b.getMax()));
    return Typed.bool("(" + low.sql() + " AND " + high.sql() + ")");
  }

  Typed in(InPredicate i) {
    if (i.getValueList() instanceof SubqueryExpression s) {
      return in.subqueries().in(i, in.of(i.getValue()), s.getQuery());
    }
    List<Expression> all = new ArrayList<>();
    all.add(i.getValue());
    all.addAll(((InListExpression) i.getValueList()).getValues());
    List<Typed> values = in.common(i, all, "IN value and list items must be the same type");
    Typed value = values.getFirst();
    if (value.type() instanceof SqlType.Row
        || value.type() instanceof SqlType.Array
        || value.type() instanceof SqlType.Map
        || value.type() == Simple.DOUBLE
        || value.type() == Simple.REAL) {
      List<String> any = new ArrayList<>();
      for (Typed option : values.subList(1, values.size())) {
        any.add(Operators.compare(i, ComparisonExpression.Operator.EQUAL, value, option).sql());
      }
      return Typed.bool("(" + String.join(" OR ", any) + ")");
    }
    return Typed.bool(
        "("
            + value.sql()
            + " IN ("
            + ExpressionTranslator.list(values.subList(1, values.size()))
            + "))");
  }

  Typed like(LikePredicate l) {
    Typed value = in.of(l.getValue());
    Typed pattern = in.of(l.getPattern());
    if (!value.type().isText() && !value.isNull()) {
      throw SqlFailure.mismatch(
          l.getValue(),
          "Left side of LIKE expression must evaluate to a varchar (actual: " + value.type() + ")");
    }
    if (!pattern.type().isText() && !pattern.isNull()) {
      throw SqlFailure.mismatch(
          l.getPattern(),
          "Pattern for LIKE expression must evaluate to a varchar (actual: "
              + pattern.type()
              + ")");
    }
    String text =
        Casts.explicit(l, value, SqlType.VARCHAR).sql()
            + " LIKE "
            + Casts.explicit(l, pattern, SqlType.VARCHAR).sql();
    if (l.getEscape().isEmpty()) {
      return Typed.bool("(" + text + ")");
    }
    if (!(l.getEscape().get() instanceof StringLiteral s) || s.length() > 1) {
      throw SqlFailure.at(
          l, "INVALID_FUNCTION_ARGUMENT", "Escape string must be a single character");
    }
    checkEscape(l, s.getValue());
    return Typed.bool(
        s.getValue().isEmpty()
            ? "(" + text + ")"
            : "(" + text + " ESCAPE " + Sql.literal(s.getValue()) + ")");
  }

  private static void checkEscape(LikePredicate l, String escape) {
    if (escape.isEmpty() || !(l.getPattern() instanceof StringLiteral p)) {
      return;
    }
    String pattern = p.getValue();
    for (int at = pattern.indexOf(escape); at >= 0; at = pattern.indexOf(escape, at + 2)) {
      String next = at + 1 < pattern.length() ? pattern.substring(at + 1, at + 2) : "";
      if (!next.equals("%") && !next.equals("_") && !next.equals(escape)) {
        throw SqlFailure.at(
            l,
            "INVALID_FUNCTION_ARGUMENT",
            "Escape character must be followed by '%', '_' or the escape character itself");
      }
    }
  }

  Typed quantified(QuantifiedComparisonExpression q) {
    if (!(q.getSubquery() instanceof SubqueryExpression s)) {
      throw SqlFailure.unsupported(q, "This quantified comparison");
    }
    return in.subqueries().quantified(q, in.of(q.getValue()), s.getQuery());
  }
}
