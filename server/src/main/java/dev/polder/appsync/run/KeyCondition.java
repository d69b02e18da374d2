package dev.polder.appsync.run;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The key conditions of a query, from the arguments of a field, with the checks that the generated
/// resolvers make and their words.
final class KeyCondition {
  private final Model model;
  private final TableKey key;
  private final Expressions expressions;

  KeyCondition(Model model, TableKey key, Expressions expressions) {
    this.model = model;
    this.key = key;
    this.expressions = expressions;
  }

  /// Of a field with the partition's value and conditions on the sort key among its arguments. The
  /// partition's argument has the attribute's name, which differs from the field's where a
  /// many-to-many relation is between models that were renamed.
  ///
  /// @return null if no partition is given
  @Nullable String ofArguments(Map<String, @Nullable Object> arguments) {
    String partition = Keys.partition(model, key);
    if (!key.sort().isEmpty()) {
      String argument = Keys.argument(key.sort());
      if (arguments.get(argument) != null && arguments.get(partition) == null) {
        throw invalid(
            key.sort().size() > 1
                ? "When providing argument '"
                    + argument
                    + "' you must also provide '"
                    + partition
                    + "'."
                : "When providing argument '"
                    + argument
                    + "' you must also provide arguments "
                    + partition);
      }
    }
    Object value = arguments.get(partition);
    return value == null ? null : Expressions.all(partition(value), sort(key.sort(), arguments));
  }

  /// Of a connection: the first fields of the key have values, and arguments may set conditions on
  /// the rest.
  ///
  /// @param values of the partition's field and the first of the sort key's
  String ofParent(List<?> values, Map<String, @Nullable Object> arguments) {
    int given = values.size() - 1;
    String partition = partition(values.getFirst());
    if (given == 0) {
      return String.valueOf(Expressions.all(partition, sort(key.sort(), arguments)));
    }
    String name = expressions.name(String.valueOf(Keys.sort(model, key)));
    if (key.sort().size() == 1) {
      var type = Keys.sortType(model, key);
      String value = expressions.value(Keys.keyValue(type, values.get(1)));
      return partition + " AND " + name + " = " + value;
    }
    List<String> parts = new ArrayList<>();
    values.subList(1, values.size()).forEach(each -> parts.add(String.valueOf(each)));
    String joined = String.join(Keys.SEPARATOR, parts);
    return given == key.sort().size()
        ? partition + " AND " + name + " = " + expressions.value(joined)
        : partition
            + " AND begins_with("
            + name
            + ", "
            + expressions.value(joined + Keys.SEPARATOR)
            + ")";
  }

  private String partition(Object value) {
    AttributeValue attribute = Keys.keyValue(Keys.partitionType(model, key), value);
    return expressions.name(Keys.partition(model, key)) + " = " + expressions.value(attribute);
  }

  private @Nullable String sort(List<String> fields, Map<String, @Nullable Object> arguments) {
    if (fields.isEmpty()) {
      return null;
    }
    String argument = Keys.argument(fields);
    if (!(arguments.get(argument) instanceof Map<?, ?> conditions)) {
      return null;
    }
    if (conditions.size() > 1) {
      throw invalid("Argument " + argument + " must specify at most one key condition operation.");
    }
    for (var condition : conditions.entrySet()) {
      if (condition.getValue() != null) {
        return condition(argument, String.valueOf(condition.getKey()), condition.getValue());
      }
    }
    return null;
  }

  private String condition(String argument, String operator, Object operand) {
    String name = expressions.name(String.valueOf(Keys.sort(model, key)));
    String at = argument + "." + operator;
    return switch (operator) {
      case "between" -> {
        if (!(operand instanceof List<?> bounds) || bounds.size() != 2) {
          throw invalid(
              key.sort().size() > 1
                  ? "Argument '" + at + "' expects exactly two elements."
                  : "Argument " + at + " expects exactly 2 elements.");
        }
        String low = bound(at + "[0]", bounds.get(0));
        yield name + " BETWEEN " + low + " AND " + bound(at + "[1]", bounds.get(1));
      }
      case "beginsWith" -> "begins_with(" + name + ", " + bound(at, operand) + ")";
      case "eq" -> name + " = " + bound(at, operand);
      case "le" -> name + " <= " + bound(at, operand);
      case "lt" -> name + " < " + bound(at, operand);
      case "ge" -> name + " >= " + bound(at, operand);
      case "gt" -> name + " > " + bound(at, operand);
      default -> throw invalid("Argument " + at + " is not a key condition operation.");
    };
  }

  private String bound(String at, @Nullable Object operand) {
    if (key.sort().size() == 1) {
      return expressions.value(Keys.keyValue(Keys.sortType(model, key), String.valueOf(operand)));
    }
    if (!(operand instanceof Map<?, ?> parts)) {
      throw invalid("Argument '" + at + "' expects the fields of the key.");
    }
    List<String> given = new ArrayList<>();
    for (int i = 0; i < key.sort().size(); i++) {
      Object part = parts.get(key.sort().get(i));
      boolean isBlank = part == null || String.valueOf(part).isBlank();
      if (!isBlank && given.size() < i) {
        throw invalid(
            "When providing argument '"
                + at
                + "."
                + key.sort().get(i)
                + "' you must also provide '"
                + at
                + "."
                + key.sort().get(i - 1)
                + "'.");
      }
      if (!isBlank) {
        given.add(String.valueOf(part));
      }
    }
    return expressions.value(String.join(Keys.SEPARATOR, given));
  }

  static FieldException invalid(String message) {
    return new FieldException("InvalidArgumentsError", message);
  }
}
