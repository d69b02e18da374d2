package dev.polder.appsync.run;

import dev.polder.appsync.api.ModelField;
import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values of `@default`, which the schema writes as text.
final class DefaultValues {
  private DefaultValues() {}

  /// The value of a field that has one.
  static @Nullable Object of(ModelField field) {
    String text = Objects.requireNonNull(field.initial());
    return switch (field.type()) {
      case "Int", "AWSTimestamp" -> Long.valueOf(text);
      case "Float" -> new BigDecimal(text);
      case "Boolean" -> Boolean.valueOf(text);
      case "AWSJSON" -> Json.parse(text);
      default -> text;
    };
  }
}
