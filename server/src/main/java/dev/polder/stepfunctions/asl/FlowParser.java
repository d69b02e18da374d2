package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import dev.polder.stepfunctions.expression.Path;
import dev.polder.stepfunctions.expression.ReferencePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the fields that shape data.
final class FlowParser {
  private static final Pattern VARIABLE =
      Pattern.compile("[\\p{javaUnicodeIdentifierStart}_][\\p{javaUnicodeIdentifierPart}]{0,79}");
  private static final Expression NOTHING = Expression.of(Map.of());

  private final Scope scope;

  FlowParser(Scope scope) {
    this.scope = scope;
  }

  /// The data flow of a state.
  DataFlow state(Fields state) {
    return scope.isJsonata() ? jsonata(state, "") : paths(state);
  }

  /// The data flow of a Choice rule or a catcher.
  ///
  /// @param field how errors name it, such as `Choices[0]`
  DataFlow part(Fields part, String field) {
    return scope.isJsonata() ? jsonata(part, field + "/") : paths(part);
  }

  private DataFlow jsonata(Fields fields, String prefix) {
    return new JsonataFlow(
        jsonata(fields, "Arguments", prefix),
        jsonata(fields, "Output", prefix),
        assignment(fields, prefix));
  }

  @Nullable Expression jsonata(Fields fields, String name, String prefix) {
    return fields.has(name)
        ? scope.templates().jsonata(fields.value(name), prefix + name, fields.at(name))
        : null;
  }

  private DataFlow paths(Fields fields) {
    return new JsonPathFlow(
        path(fields, "InputPath"),
        payload(fields, "Parameters"),
        payload(fields, "ResultSelector"),
        resultPath(fields),
        path(fields, "OutputPath"),
        assignment(fields, ""));
  }

  /// A path; null in the definition stands for an empty object.
  private @Nullable Expression path(Fields fields, String name) {
    if (!fields.has(name)) {
      return null;
    }
    return fields.value(name) == null ? NOTHING : requiredPath(fields, name);
  }

  /// A path that must be one.
  @Nullable Expression requiredPath(Fields fields, String name) {
    String text = fields.text(name);
    if (text == null) {
      return null;
    }
    if (!text.startsWith("$")) {
      scope.findings().schema("Value is not a Path: '" + text + "'", fields.at(name));
      return null;
    }
    return scope.templates().path(text);
  }

  /// A path that must name one place.
  @Nullable Expression referencePath(Fields fields, String name) {
    Expression path = requiredPath(fields, name);
    return path == null || isReference(fields, name) ? path : null;
  }

  private boolean isReference(Fields fields, String name) {
    String text = String.valueOf(fields.value(name));
    boolean one = Path.of(text).isReference();
    if (!one) {
      scope.findings().schema("Value is not a Reference Path: '" + text + "'", fields.at(name));
    }
    return one;
  }

  @Nullable Expression payload(Fields fields, String name) {
    return fields.has(name) ? scope.templates().payload(fields.value(name), fields.at(name)) : null;
  }

  private ResultPath resultPath(Fields fields) {
    if (!fields.has("ResultPath")) {
      return ResultPath.REPLACE;
    }
    if (fields.value("ResultPath") == null) {
      return new ResultPath(null);
    }
    String text = fields.text("ResultPath");
    ReferencePath path = text == null ? null : ReferencePath.parse(text);
    if (text != null && path == null) {
      scope
          .findings()
          .schema("Value is not a Reference Path: '" + text + "'", fields.at("ResultPath"));
    }
    return path == null ? ResultPath.REPLACE : new ResultPath(path);
  }

  private Assignment assignment(Fields fields, String prefix) {
    if (!fields.has("Assign")) {
      return Assignment.NONE;
    }
    Fields assign = fields.object("Assign");
    Map<String, Expression> variables = new LinkedHashMap<>();
    assign
        .values()
        .keySet()
        .forEach(name -> {
          boolean computed = !scope.isJsonata() && name.endsWith(".$");
          String variable = computed ? name.substring(0, name.length() - 2) : name;
          checkName(variable, assign);
          variables.put(variable, right(assign, name, prefix, computed));
        });
    return new Assignment(variables);
  }

  private void checkName(String variable, Fields assign) {
    if (!VARIABLE.matcher(variable).matches() || variable.equals("states")) {
      scope.findings().schema("Variable name '" + variable + "' is not valid", assign.location());
    }
  }

  private Expression right(Fields assign, String name, String prefix, boolean computed) {
    Object written = assign.value(name);
    if (scope.isJsonata()) {
      return scope.templates().jsonata(written, prefix + "Assign/" + name, assign.at(name));
    }
    if (computed && written instanceof String text) {
      return scope.templates().pathOrCall(text, name, assign.location());
    }
    return scope.templates().payload(written, assign.at(name));
  }
}
