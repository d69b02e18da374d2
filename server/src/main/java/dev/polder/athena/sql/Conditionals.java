package dev.polder.athena.sql;

import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.WhenClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `CASE`, `IF` and `NULLIF`: one of several expressions of one type.
final class Conditionals {
  private final ExpressionTranslator in;

  Conditionals(ExpressionTranslator in) {
    this.in = in;
  }

  Typed nullIf(NullIfExpression n) {
    Typed first = in.of(n.getFirst());
    Typed second = in.of(n.getSecond());
    Typed same = Operators.compare(n, ComparisonExpression.Operator.EQUAL, first, second);
    return new Typed(
        "CASE WHEN " + same.sql() + " THEN NULL ELSE " + first.sql() + " END", first.type());
  }

  Typed conditional(IfExpression i) {
    String when = in.condition(i.getCondition(), "IF condition");
    List<Expression> values = new ArrayList<>();
    values.add(i.getTrueValue());
    values.add(i.getFalseValue().orElseGet(NullLiteral::new));
    List<Typed> typed = in.common(i, values, "Result types for IF must be the same");
    return new Typed(
        "CASE WHEN "
            + when
            + " THEN "
            + typed.get(0).sql()
            + " ELSE "
            + typed.get(1).sql()
            + " END",
        typed.get(0).type());
  }

  Typed searched(SearchedCaseExpression s) {
    List<String> conditions = new ArrayList<>();
    for (WhenClause w : s.getWhenClauses()) {
      conditions.add(in.condition(w.getOperand(), "CASE WHEN clause"));
    }
    return cases(s, s.getWhenClauses(), s.getDefaultValue(), conditions);
  }

  Typed simple(SimpleCaseExpression s) {
    Typed operand = in.of(s.getOperand());
    List<String> conditions = new ArrayList<>();
    for (WhenClause w : s.getWhenClauses()) {
      conditions.add(
          Operators.compare(w, ComparisonExpression.Operator.EQUAL, operand, in.of(w.getOperand()))
              .sql());
    }
    return cases(s, s.getWhenClauses(), s.getDefaultValue(), conditions);
  }

  private Typed cases(
      Expression at,
      List<WhenClause> clauses,
      Optional<Expression> otherwise,
      List<String> conditions) {
    List<Expression> results = new ArrayList<>();
    clauses.forEach(w -> results.add(w.getResult()));
    results.add(otherwise.orElseGet(NullLiteral::new));
    List<Typed> values = in.common(at, results, "All CASE results must be the same type");
    var text = new StringBuilder("CASE");
    for (int i = 0; i < conditions.size(); i++) {
      text.append(" WHEN ").append(conditions.get(i)).append(" THEN ").append(values.get(i).sql());
    }
    text.append(" ELSE ").append(values.getLast().sql()).append(" END");
    return new Typed(text.toString(), values.getFirst().type());
  }
}
