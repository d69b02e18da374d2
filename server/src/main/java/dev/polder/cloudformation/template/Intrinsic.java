package dev.polder.cloudformation.template;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call of an intrinsic function: an object with one member that names a function.
///
/// @param name such as `Ref` or `Fn::Join`
record Intrinsic(String name, @Nullable Object argument) {
  private static final Set<String> CONDITIONS =
      Set.of("Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or", "Condition");
  private static final Set<String> VALUES =
      Set.of(
          "Ref",
          "Fn::Base64",
          "Fn::FindInMap",
          "Fn::GetAZs",
          "Fn::GetAtt",
          "Fn::If",
          "Fn::ImportValue",
          "Fn::Join",
          "Fn::Select",
          "Fn::Split",
          "Fn::Sub");

  static boolean isKnown(String name) {
    return CONDITIONS.contains(name) || VALUES.contains(name);
  }

  /// The call that a value is, or empty.
  ///
  /// @throws TemplateException for a function that is not supported
  static Optional<Intrinsic> of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
      return Optional.empty();
    }
    var only = map.entrySet().iterator().next();
    String name = String.valueOf(only.getKey());
    if (VALUES.contains(name) || name.startsWith("Fn::") && CONDITIONS.contains(name)) {
      return Optional.of(new Intrinsic(name, only.getValue()));
    }
    if (name.startsWith("Fn::")) {
      throw new TemplateException("Template error: " + name + " is not supported");
    }
    return Optional.empty();
  }
}
