package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filter and condition inputs as expressions of DynamoDB, as `$util.transform` of the real service
/// makes them.
final class Filter {
  private final Model model;
  private final Expressions expressions;

  private Filter(Model model, Expressions expressions) {
    this.model = model;
    this.expressions = expressions;
  }

  /// The expression of a filter; null if it demands nothing.
  ///
  /// @throws FieldException for an operator that cannot be expressed
  static @Nullable String of(
      Model model, @Nullable Map<String, ?> filter, Expressions expressions) {
    return filter == null ? null : new Filter(model, expressions).all(filter);
  }

  private @Nullable String all(Map<?, ?> filter) {
    List<String> parts = new ArrayList<>();
    filter.forEach((key, value) -> add(parts, part(String.valueOf(key), value)));
    return join(parts, " AND ");
  }

  private static void add(List<String> parts, @Nullable String part) {
    if (part != null) {
      parts.add(part);
    }
  }

  private static @Nullable String join(List<String> parts, String word) {
    return switch (parts.size()) {
      case 0 -> null;
      case 1 -> parts.getFirst();
      default -> "(" + String.join(word, parts) + ")";
    };
  }

  private @Nullable String part(String key, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    boolean isField = model.fields().containsKey(key);
    if (!isField && (key.equals("and") || key.equals("or"))) {
      List<String> parts = new ArrayList<>();
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        if (each instanceof Map<?, ?> map) {
          add(parts, all(map));
        }
      }
      return join(parts, key.equals("and") ? " AND " : " OR ");
    }
    if (!(value instanceof Map<?, ?> operators)) {
      throw unrecognized();
    }
    if (!isField && key.equals("not")) {
      String inner = all(operators);
      return inner == null ? null : "(NOT " + inner + ")";
    }
    return demands(operators)
        ? field(expressions.name(Values.attributeOf(model, key)), operators)
        : null;
  }

  /// False for a field without operators, whose name no expression would use.
  private static boolean demands(Map<?, ?> operators) {
    return operators.entrySet().stream()
        .anyMatch(one ->
            !(one.getKey().equals("size") && one.getValue() instanceof Map<?, ?> sizes)
                || !sizes.isEmpty());
  }

  private @Nullable String field(String name, Map<?, ?> operators) {
    List<String> parts = new ArrayList<>();
    operators.forEach(
        (operator, operand) -> add(parts, operation(name, String.valueOf(operator), operand)));
    return join(parts, " AND ");
  }

  private @Nullable String operation(String name, String operator, @Nullable Object operand) {
    return switch (operator) {
      case "contains" -> "contains(" + name + ", " + expressions.value(operand) + ")";
      case "notContains" -> "(NOT contains(" + name + ", " + expressions.value(operand) + "))";
      case "beginsWith" -> "begins_with(" + name + ", " + expressions.value(operand) + ")";
      case "attributeExists" ->
          (Boolean.FALSE.equals(operand) ? "attribute_not_exists(" : "attribute_exists(")
              + name
              + ")";
      case "attributeType" ->
          "attribute_type(" + name + ", " + expressions.value(type(String.valueOf(operand))) + ")";
      case "in" -> in(name, operand);
      case "size" -> {
        if (!(operand instanceof Map<?, ?> sizes)) {
          throw unrecognized();
        }
        yield field("size(" + name + ")", sizes);
      }
      default -> comparison(name, operator, operand);
    };
  }

  private String in(String name, @Nullable Object operand) {
    if (!(operand instanceof List<?> list) || list.isEmpty()) {
      throw unrecognized();
    }
    return name + " IN (" + String.join(", ", list.stream().map(expressions::value).toList()) + ")";
  }

  private String comparison(String name, String operator, @Nullable Object operand) {
    if (operator.equals("between")) {
      if (!(operand instanceof List<?> bounds) || bounds.size() != 2) {
        throw unrecognized();
      }
      String low = expressions.value(bounds.get(0));
      return name + " BETWEEN " + low + " AND " + expressions.value(bounds.get(1));
    }
    return name + " " + sign(operator) + " " + expressions.value(operand);
  }

  private static String sign(String operator) {
    return switch (operator) {
      case "eq" -> "=";
      case "ne" -> "<>";
      case "le" -> "<=";
      case "lt" -> "<";
      case "ge" -> ">=";
      case "gt" -> ">";
      default -> throw unrecognized();
    };
  }

  // The names are those of the enum ModelAttributeTypes.
  private static String type(String name) {
    return switch (name) {
      case "binary" -> "B";
      case "binarySet" -> "BS";
      case "bool" -> "BOOL";
      case "list" -> "L";
      case "map" -> "M";
      case "number" -> "N";
      case "numberSet" -> "NS";
      case "string" -> "S";
      case "stringSet" -> "SS";
      case "_null" -> "NULL";
      default -> throw unrecognized();
    };
  }

  private static FieldException unrecognized() {
    return new FieldException("Unrecognized Filter", "Unable to process the filter expression");
  }
}
