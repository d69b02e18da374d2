package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import dev.polder.athena.sql.Field.Origin;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the parts of a condition that speak of partition columns alone, and tells them to the
/// scans, so that partitions are left out before any of their files is touched.
///
/// A column counts only where its value is, in every row that the condition sees, that of a table:
/// see [Field#origin()].
final class Pruning {
  private final QueryTranslator queries;
  private final List<Expression> terms;

  Pruning(QueryTranslator queries, Expression condition) {
    this.queries = queries;
    this.terms = Trees.conjuncts(condition);
  }

  void over(Scope scope) {
    for (Expression term : terms) {
      if (!Trees.hasSubquery(term)
          && Trees.isDeterministic(term)
          && !FunctionTranslator.hasAggregate(term)) {
        over(scope, term);
      }
    }
  }

  private void over(Scope scope, Expression term) {
    Set<Field> read = new LinkedHashSet<>();
    if (!keys(scope, term, read) || read.isEmpty()) {
      return;
    }
    TableScan scan = origin(read.iterator().next()).scan();
    if (!read.stream().allMatch(f -> origin(f).scan() == scan)) {
      return;
    }
    List<Field> own = new ArrayList<>();
    read.forEach(f -> own.add(f.as(scan.id(origin(f).column()))));
    try {
      var in = new ExpressionTranslator(queries, new Scope(own, null), Place.ROW);
      scan.require(in.condition(term, "WHERE clause"));
    } catch (SqlFailure e) {
      // The condition is translated as a whole, too, and fails there with the full scope's words.
      assert !e.code().isEmpty();
    }
  }

  private static Origin origin(Field f) {
    Origin origin = f.origin();
    if (origin == null) {
      throw new IllegalStateException("Not a table's column: " + f);
    }
    return origin;
  }

  /// True if every name in the expression is a partition column.
  private static boolean keys(Scope scope, Node node, Set<Field> read) {
    List<String> path = node instanceof Expression e ? Trees.path(e) : List.of();
    if (!path.isEmpty()) {
      Optional<Field> field = scope.find(node, path);
      if (field.isEmpty() || field.get().origin() == null || !field.get().faithful()) {
        return false;
      }
      Origin origin = origin(field.get());
      read.add(field.get());
      return origin.scan().isKey(origin.column());
    }
    if (node instanceof Identifier || node instanceof DereferenceExpression) {
      return false;
    }
    for (Node child : node.getChildren()) {
      if (!keys(scope, child, read)) {
        return false;
      }
    }
    return true;
  }
}
