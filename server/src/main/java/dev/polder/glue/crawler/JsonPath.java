package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of JsonPath that a custom JSON classifier takes: members and all elements of an array,
/// such as `$.records[*]`; see
/// https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-json
///
/// @param steps from the root
public record JsonPath(List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile("\\.([\\w-]+)|\\['([^']+)'\\]|\\[(\\*)\\]|\\.(\\*)");

  /// One step of a path.
  public sealed interface Step {
    record Member(String name) implements Step {}

    record Elements() implements Step {}
  }

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /// Reads a path.
  ///
  /// @throws IllegalArgumentException naming what is not supported
  public static JsonPath parse(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("Expected a JsonPath that begins with $ but was " + text);
    }
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!step.find(at) || step.start() != at || step.group(4) != null) {
        throw new IllegalArgumentException(
            "JsonPath " + text + " is not supported from '" + text.substring(at) + "' on");
      }
      if (step.group(3) != null) {
        steps.add(new Step.Elements());
      } else {
        steps.add(new Step.Member(step.group(1) != null ? step.group(1) : step.group(2)));
      }
      at = step.end();
    }
    return new JsonPath(steps);
  }
}
