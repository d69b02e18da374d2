package dev.polder.athena.sql;

import dev.polder.athena.sql.ExpressionTranslator.Place;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GroupingOperation;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.SubqueryExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Calls of functions: finds out whether one is scalar, an aggregate or a window's, and refuses by
/// name what there is not.
final class FunctionTranslator {
  private static final Map<String, Function<Call, Typed>> SCALAR = scalars();

  private final ExpressionTranslator in;

  FunctionTranslator(ExpressionTranslator in) {
    this.in = in;
  }

  private static Map<String, Function<Call, Typed>> scalars() {
    Map<String, Function<Call, Typed>> all = new HashMap<>();
    MathFunctions.add(all);
    StringFunctions.add(all);
    DateTimeFunctions.add(all);
    ArrayFunctions.add(all);
    ArrayLambdas.add(all);
    MapFunctions.add(all);
    JsonFunctions.add(all);
    return Map.copyOf(all);
  }

  /// True if a node computes over many rows outside of a window.
  static boolean hasAggregate(Node node) {
    if (node instanceof SubqueryExpression) {
      return false;
    }
    if (node instanceof FunctionCall f
        && f.getWindow().isEmpty()
        && Aggregates.has(Trees.name(f))) {
      return true;
    }
    if (node instanceof GroupingOperation) {
      return true;
    }
    for (Node child : node.getChildren()) {
      if (hasAggregate(child)) {
        return true;
      }
    }
    return false;
  }

  Typed call(FunctionCall f) {
    String name = Trees.name(f);
    if (f.getName().getParts().size() > 1) {
      throw unknown(f, f.getName().toString());
    }
    if (f.getProcessingMode().isPresent()) {
      throw SqlFailure.unsupported(f, "Row pattern recognition");
    }
    if (f.getWindow().isPresent()) {
      if (in.place() != Place.SELECT) {
        throw SqlFailure.at(
            f,
            "EXPRESSION_NOT_SCALAR",
            "WHERE clause cannot contain aggregations, window functions or grouping operations: ["
                + name
                + "]");
      }
      return new Windows(in).call(f);
    }
    if (Aggregates.has(name)) {
      return aggregate(f);
    }
    if (Windows.only(name)) {
      throw SqlFailure.at(
          f, "MISSING_OVER", "Window function " + name + " requires an OVER clause");
    }
    return scalar(f, name);
  }

  private Typed aggregate(FunctionCall f) {
    if (!in.isGrouped()) {
      throw SqlFailure.at(
          f,
          "EXPRESSION_NOT_SCALAR",
          "WHERE clause cannot contain aggregations, window functions or grouping operations: ["
              + Trees.name(f)
              + "]");
    }
    return new Aggregates(in.ungrouped(), "").call(f);
  }

  private Typed scalar(FunctionCall f, String name) {
    Function<Call, Typed> function = SCALAR.get(name);
    if (function == null) {
      throw unknown(f, name);
    }
    if (f.isDistinct() || f.getFilter().isPresent() || f.getOrderBy().isPresent()) {
      throw SqlFailure.at(
          f,
          "FUNCTION_NOT_AGGREGATE",
          "Filter, DISTINCT and ORDER BY are only valid for aggregation functions");
    }
    return function.apply(new Call(in, f));
  }

  private static SqlFailure unknown(FunctionCall f, String name) {
    return SqlFailure.at(f, "FUNCTION_NOT_FOUND", "Function '" + name + "' not registered");
  }
}
