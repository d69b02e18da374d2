package dev.polder.athena.sql;

import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// Questions about parts of a parsed statement.
final class Trees {
  private static final Set<String> VOLATILE =
      Set.of("rand", "random", "uuid", "shuffle", "random_string");

  private Trees() {}

  static boolean any(Node node, Predicate<Node> test) {
    if (test.test(node)) {
      return true;
    }
    for (Node child : node.getChildren()) {
      if (any(child, test)) {
        return true;
      }
    }
    return false;
  }

  static boolean hasSubquery(Node node) {
    return any(node, n -> n instanceof SubqueryExpression || n instanceof ExistsPredicate);
  }

  static boolean isDeterministic(Node node) {
    return !any(node, n -> n instanceof FunctionCall f && VOLATILE.contains(name(f)));
  }

  static String name(FunctionCall f) {
    return f.getName().getSuffix().toLowerCase(Locale.ROOT);
  }

  /// `a.b.c` as its parts in lower case; empty if it is not only names.
  static List<String> path(Expression e) {
    return switch (e) {
      case Identifier i -> List.of(i.getValue().toLowerCase(Locale.ROOT));
      case DereferenceExpression d when d.getField().isPresent() -> {
        List<String> base = path(d.getBase());
        if (base.isEmpty()) {
          yield base;
        }
        List<String> parts = new ArrayList<>(base);
        parts.add(d.getField().get().getValue().toLowerCase(Locale.ROOT));
        yield parts;
      }
      default -> List.of();
    };
  }

  static List<String> path(QualifiedName name) {
    return name.getOriginalParts().stream()
        .map(i -> i.getValue().toLowerCase(Locale.ROOT))
        .toList();
  }

  /// The terms that must all hold for a condition to hold.
  static List<Expression> conjuncts(Expression e) {
    if (e instanceof LogicalExpression l && l.getOperator() == LogicalExpression.Operator.AND) {
      return l.getTerms().stream().flatMap(t -> conjuncts(t).stream()).toList();
    }
    return List.of(e);
  }

  /// How often a table of this unqualified name is read.
  static int reads(Node node, String name) {
    int count = node instanceof Table t && path(t.getName()).equals(List.of(name)) ? 1 : 0;
    for (Node child : node.getChildren()) {
      count += reads(child, name);
    }
    return count;
  }
}
