package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import dev.polder.stepfunctions.expression.JsonType;
import org.jspecify.annotations.Nullable;

/// Reads numbers that may be given by a path or an expression.
final class QuantityParser {
  private final Scope scope;

  QuantityParser(Scope scope) {
    this.scope = scope;
  }

  /// @param field without `Path`
  /// @param prefix how errors name the object the field is in, with a slash, or empty
  /// @param least the least value allowed; checked here where the value is written out
  @Nullable Quantity parse(Fields fields, String field, String prefix, double least, double most) {
    String path = field + "Path";
    fields.refuseBoth(field, path);
    if (fields.has(path)) {
      return fromPath(fields, field, path, least, most);
    }
    if (!fields.has(field)) {
      return null;
    }
    Object written = fields.value(field);
    Expression value =
        scope.isJsonata() && written instanceof String text && text.startsWith("{%")
            ? scope.templates().jsonata(written, prefix + field, fields.at(field), JsonType.NUMBER)
            : Expression.of(literal(fields, field, least, most));
    return new Quantity(field, value, null, least, most);
  }

  private @Nullable Quantity fromPath(
      Fields fields, String field, String path, double least, double most) {
    String text = fields.text(path);
    if (text == null) {
      return null;
    }
    if (!text.startsWith("$")) {
      scope.findings().schema("Value is not a Path: '" + text + "'", fields.at(path));
      return null;
    }
    return new Quantity(field, scope.templates().path(text), text, least, most);
  }

  private static @Nullable Number literal(Fields fields, String field, double least, double most) {
    if (!field.endsWith("Percentage")) {
      return fields.whole(field, (long) Math.max(least, 0), (long) Math.min(most, Long.MAX_VALUE));
    }
    Number number = fields.number(field);
    if (number != null && (number.doubleValue() < least || number.doubleValue() > most)) {
      fields
          .findings()
          .schema(
              number.doubleValue() < least ? "Minimum value is 0" : "Maximum value is 100",
              fields.at(field));
    }
    return number;
  }
}
