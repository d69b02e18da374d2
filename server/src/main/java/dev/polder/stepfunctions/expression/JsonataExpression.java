package dev.polder.stepfunctions.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import dev.polder.kernel.Json;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSONata expression of a definition, `{% ... %}`. There is no context item: data comes from
/// `$states` and variables
/// (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).
final class JsonataExpression implements Expression {
  private static final System.Logger LOG = System.getLogger(JsonataExpression.class.getName());

  private final String text;
  private final String field;
  private final Jsonata compiled;
  private final JsonataReferences references;
  private final @Nullable JsonType expected;

  private JsonataExpression(
      String text,
      String field,
      Jsonata compiled,
      JsonataReferences references,
      @Nullable JsonType expected) {
    this.text = text;
    this.field = field;
    this.compiled = compiled;
    this.references = references;
    this.expected = expected;
  }

  static boolean isExpression(String written) {
    return written.startsWith("{%") && written.endsWith("%}") && written.length() >= 4;
  }

  static Expression compile(
      String written, String field, String location, Problems problems, Set<String> variables) {
    String text = written.substring(2, written.length() - 2).strip();
    try {
      Jsonata compiled = JsonataSource.parse(text);
      compiled.setOutputConvertNulls(false);
      compiled.setValidateInput(false);
      JsonataReferences references = references(text);
      variables.addAll(references.variables());
      for (String name : references.fields()) {
        problems.report(
            "UNSUPPORTED_JSONATA_EXPRESSION",
            "Reference to '" + name + "' at the top level is not supported.",
            location);
      }
      if (references.states().contains("errorOutput") && !field.startsWith("Catch[")) {
        problems.report(
            "UNSUPPORTED_JSONATA_EXPRESSION",
            "Reference to '$states.errorOutput' is only supported in a catcher.",
            location);
      }
      return new JsonataExpression(text, field, compiled, references, null);
    } catch (JException e) {
      problems.report("INVALID_JSONATA_EXPRESSION", JsonataErrors.text(e, null), location);
    } catch (RuntimeException e) {
      // The library's own defect, or a text that it did not expect.
      LOG.log(System.Logger.Level.INFO, "JSONata cannot read an expression", e);
      problems.report("INVALID_JSONATA_EXPRESSION", "Syntax error: " + Json.write(text), location);
    }
    return Expression.of(null);
  }

  private static JsonataReferences references(String text) {
    try {
      return JsonataReferences.of(JsonataParser.parse(text));
    } catch (MalformedExpression e) {
      return JsonataReferences.of(text);
    }
  }

  /// The same expression, whose value must be of a type.
  JsonataExpression expecting(JsonType type) {
    return new JsonataExpression(text, field, compiled, references, type);
  }

  @Override
  public @Nullable Object evaluate(Data data) {
    Object raw;
    try {
      raw = compiled.evaluate(null, frame(data));
    } catch (JException e) {
      raw = infinite(e);
      if (raw == null) {
        throw thrown(JsonataErrors.sentence(e, references));
      }
    } catch (StackOverflowError e) {
      throw thrown(JsonataErrors.tooDeep());
    } catch (RuntimeException e) {
      throw thrown(JsonataErrors.sentence(e, references, data.environment()));
    }
    return checked(JsonataValues.plain(raw));
  }

  /// A division that leaves the numbers has a name instead of a value, where it is the whole
  /// result.
  private @Nullable Object infinite(JException e) {
    return "D1001".equals(e.getError())
            && e.getCurrent() instanceof Double number
            && references.nodes().getFirst().text().equals("/")
        ? number.toString()
        : null;
  }

  private @Nullable Object checked(@Nullable Object value) {
    if (value == JsonataValues.UNDEFINED) {
      throw EvaluationFailure.query(named() + " returned nothing (undefined).", field);
    }
    if (expected != null && JsonType.of(value) != expected) {
      throw EvaluationFailure.query(
          named()
              + " returned an unexpected result type. Expected '"
              + expected.text()
              + "', but was '"
              + JsonType.of(value).text()
              + "' for value: "
              + Json.write(value),
          field);
    }
    return value;
  }

  private String named() {
    return "The JSONata expression '" + text + "' specified for the field '" + field + "'";
  }

  private EvaluationFailure thrown(String sentence) {
    return EvaluationFailure.query(named() + sentence, field);
  }

  private Jsonata.Frame frame(Data data) {
    Jsonata.Frame frame = compiled.createFrame();
    JsonataBounds.set(frame);
    if (!references.states().isEmpty()) {
      frame.bind("states", new StatesObject(data));
    }
    Map<String, @Nullable Object> variables = data.variables();
    for (String name : references.variables()) {
      if (variables.containsKey(name)) {
        Object value = variables.get(name);
        frame.bind(name, value == null ? Jsonata.NULL_VALUE : value);
      }
    }
    for (String name : references.functions()) {
      JsonataFunctions.bind(name, frame, data);
    }
    return frame;
  }

  @Override
  public String toString() {
    return "{% " + text + " %}";
  }
}
