package dev.polder.amplify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A parameter whose value another part of the project puts out: `{"Fn::GetAtt": ["apiblog",
/// "Outputs.GraphQLAPIIdOutput"]}`.
///
/// @param part category and name in one word, such as `apiblog`
/// @param output such as `GraphQLAPIIdOutput`
record Reference(String part, String output) {
  private static final String OUTPUTS = "Outputs.";

  static Optional<Reference> of(@Nullable Object parameter) {
    return parameter instanceof Map<?, ?> map
            && map.get("Fn::GetAtt") instanceof List<?> path
            && path.size() == 2
            && path.get(0) instanceof String part
            && path.get(1) instanceof String output
            && output.startsWith(OUTPUTS)
        ? Optional.of(new Reference(part, output.substring(OUTPUTS.length())))
        : Optional.empty();
  }

  @Nullable String in(Map<String, Map<String, String>> outputs) {
    return outputs.getOrDefault(part, Map.of()).get(output);
  }

  @Override
  public String toString() {
    return part + "." + OUTPUTS + output;
  }
}
