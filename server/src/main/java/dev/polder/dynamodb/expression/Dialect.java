package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which of the two ways to say conditions a request speaks: expressions, or the older parameters.
/// It may not speak both, and placeholders belong to expressions.
public final class Dialect {
  private final Map<String, Boolean> expressions = new LinkedHashMap<>();
  private final List<String> others = new ArrayList<>();

  /// A parameter that is an expression, whether it is present or not, in the order in which the
  /// service lists them.
  public Dialect expression(String parameter, @Nullable Object given) {
    expressions.put(parameter, given != null);
    return this;
  }

  /// A parameter that is none, in the order in which the service lists them.
  public Dialect other(String parameter, @Nullable Object given) {
    if (given != null) {
      others.add(parameter);
    }
    return this;
  }

  /// Refuses a mixture, and placeholders that nothing could use.
  ///
  /// @param names `ExpressionAttributeNames`
  /// @param values `ExpressionAttributeValues`
  public void require(@Nullable Object names, @Nullable Object values) {
    List<String> present = expressions.keySet().stream().filter(expressions::get).toList();
    List<String> against = against();
    if (!present.isEmpty() && !against.isEmpty()) {
      throw new ValidationException(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {"
              + String.join(", ", against)
              + "} Expression parameters: {"
              + String.join(", ", present)
              + "}");
    }
    if (names != null && present.isEmpty()) {
      throw new ValidationException(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (values != null) {
      requireUse();
    }
  }

  /// `KeyConditions` get on with every expression but the one that takes their place.
  private List<String> against() {
    boolean replaced = expressions.getOrDefault("KeyConditionExpression", true);
    return others.stream().filter(name -> replaced || !name.equals("KeyConditions")).toList();
  }

  private void requireUse() {
    List<String> users =
        expressions.keySet().stream().filter(name -> !name.equals("ProjectionExpression")).toList();
    if (!users.isEmpty() && users.stream().noneMatch(expressions::get)) {
      String message = "ExpressionAttributeValues can only be specified when using expressions";
      String are = users.size() > 1 ? " are null" : " is null";
      throw new ValidationException(message + ": " + String.join(" and ", users) + are);
    }
  }
}
