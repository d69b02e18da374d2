package dev.polder.athena.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Values of the `?` of a statement.
///
/// They are given in the order of the text. The parser numbers them in the order in which it builds
/// its tree, where what `WITH` defines comes after what follows it.
final class Parameters {
  private static final Comparator<NodeLocation> BY_PLACE =
      Comparator.comparingInt(NodeLocation::getLineNumber)
          .thenComparingInt(NodeLocation::getColumnNumber);

  private Parameters() {}

  /// The same session with its parameters in the parser's order.
  static Session numbered(Node statement, Session session) {
    List<Parameter> found = new ArrayList<>();
    collect(statement, found);
    List<Expression> given = session.parameters();
    // What is missing is told where the first missing one is used.
    if (found.isEmpty() || found.size() > given.size()) {
      return session;
    }
    found.sort(Comparator.comparing(p -> p.getLocation().orElseThrow(), BY_PLACE));
    List<Expression> numbered = new ArrayList<>(given);
    for (int place = 0; place < found.size(); place++) {
      numbered.set(found.get(place).getId(), given.get(place));
    }
    return new Session(session.database(), session.now(), numbered);
  }

  private static void collect(Node node, List<Parameter> found) {
    if (node instanceof Parameter parameter) {
      found.add(parameter);
    }
    for (Node child : node.getChildren()) {
      collect(child, found);
    }
  }
}
