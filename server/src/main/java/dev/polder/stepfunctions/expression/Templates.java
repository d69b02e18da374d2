package dev.polder.stepfunctions.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles payload templates and the single values of fields.
public final class Templates {
  private final Problems problems;
  private final Set<String> variables;

  /// @param problems is told what is wrong; what has been compiled is then of no use
  /// @param variables receives the names of variables that are mentioned
  public Templates(Problems problems, Set<String> variables) {
    this.problems = problems;
    this.variables = variables;
  }

  /// The value of a field such as `InputPath`.
  public Expression path(String text) {
    Path path = Path.of(text);
    path.referenced(variables);
    return new FieldPath(path);
  }

  /// The value of a field such as `SecondsPath`, which has to be in the input.
  public Expression parameter(String text, String field) {
    Path path = Path.of(text);
    path.referenced(variables);
    return new ParameterPath(path, field);
  }

  /// The value of a field that takes a path or an intrinsic function call, such as `ErrorPath`.
  ///
  /// @param field its name as errors quote it
  public Expression pathOrCall(String text, String field, String location) {
    if (text.startsWith("$")) {
      Path path = Path.of(text);
      path.referenced(variables);
      return new TemplatePath(path, field);
    }
    try {
      return IntrinsicParser.parse(text, variables);
    } catch (MalformedExpression e) {
      problems.report(
          "SCHEMA_VALIDATION_FAILED",
          "The value for the field '"
              + field
              + "' must be a valid JSONPath or a valid intrinsic function call",
          location);
      return Expression.of(null);
    }
  }

  /// A payload template: fields whose names end in `.$` are computed.
  public Expression payload(@Nullable Object written, String location) {
    return switch (written) {
      case Map<?, ?> map -> payloadObject(map, location);
      case List<?> list -> {
        List<Expression> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
          elements.add(payload(list.get(i), location + "[" + i + "]"));
        }
        yield fixed(elements) ? Expression.of(written) : new ListTemplate(List.copyOf(elements));
      }
      case null, default -> Expression.of(written);
    };
  }

  private Expression payloadObject(Map<?, ?> map, String location) {
    List<String> names = new ArrayList<>(map.size());
    List<Expression> values = new ArrayList<>(map.size());
    map.forEach((key, value) -> {
      String name = String.valueOf(key);
      if (name.endsWith(".$")) {
        names.add(name.substring(0, name.length() - 2));
        values.add(computed(name, value, location));
      } else {
        names.add(name);
        values.add(payload(value, location + "/" + name));
      }
    });
    return fixed(values)
        ? Expression.of(map)
        : new ObjectTemplate(List.copyOf(names), List.copyOf(values));
  }

  private Expression computed(String name, @Nullable Object value, String location) {
    if (value instanceof String text) {
      return pathOrCall(text, name, location);
    }
    problems.report(
        "SCHEMA_VALIDATION_FAILED",
        "The value for the field '" + name + "' must be a STRING that contains a JSONPath",
        location);
    return Expression.of(null);
  }

  /// A value in which strings of the form `{% ... %}` are JSONata.
  ///
  /// @param field the name of the field, such as `Output`; parts are named from it
  public Expression jsonata(@Nullable Object written, String field, String location) {
    return switch (written) {
      case String text when JsonataExpression.isExpression(text) ->
          JsonataExpression.compile(text, field, location, problems, variables);
      case Map<?, ?> map -> {
        List<String> names = new ArrayList<>(map.size());
        List<Expression> values = new ArrayList<>(map.size());
        map.forEach((key, value) -> {
          names.add(String.valueOf(key));
          values.add(jsonata(value, field + "/" + key, location + "/" + key));
        });
        yield fixed(values)
            ? Expression.of(map)
            : new ObjectTemplate(List.copyOf(names), List.copyOf(values));
      }
      case List<?> list -> {
        List<Expression> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
          String part = "[" + i + "]";
          elements.add(jsonata(list.get(i), field + part, location + part));
        }
        yield fixed(elements) ? Expression.of(list) : new ListTemplate(List.copyOf(elements));
      }
      case null, default -> Expression.of(written);
    };
  }

  /// The same for a field that must come out as one type.
  ///
  /// @param type `array`, `boolean`, `number`, `object` or `string`, as errors name it
  public Expression jsonata(
      @Nullable Object written, String field, String location, JsonType type) {
    Expression value = jsonata(written, field, location);
    return value instanceof JsonataExpression expression ? expression.expecting(type) : value;
  }

  private static boolean fixed(List<Expression> parts) {
    return parts.stream().allMatch(Literal.class::isInstance);
  }
}
