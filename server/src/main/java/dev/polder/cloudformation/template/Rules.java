package dev.polder.cloudformation.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a template demands of the values of its parameters, in its section `Rules`. Their functions
/// are those of conditions and `Fn::Contains`; the CDK writes a rule into each template.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
final class Rules {
  private final Map<String, Object> names;

  private Rules(Map<String, Object> names) {
    this.names = names;
  }

  /// Demands that all rules of a template hold.
  ///
  /// @param names values of parameters and pseudo parameters
  static void require(Map<String, Object> rules, Map<String, Object> names) {
    var values = new Rules(names);
    rules.forEach((name, rule) -> {
      if (!(rule instanceof Map<?, ?> map) || !(map.get("Assertions") instanceof List<?> all)) {
        throw new TemplateException(
            "Template format error: Rule " + name + " must contain Assertions");
      }
      Object condition = map.get("RuleCondition");
      if (condition == null || values.holds(condition)) {
        all.forEach(each -> values.require(name, each));
      }
    });
  }

  private void require(String rule, @Nullable Object assertion) {
    if (!(assertion instanceof Map<?, ?> map) || map.get("Assert") == null) {
      throw new TemplateException(
          "Template format error: Every assertion of rule " + rule + " must contain an Assert");
    }
    if (!holds(map.get("Assert"))) {
      Object description = map.get("AssertDescription");
      throw new TemplateException(
          "Rule " + rule + " failed" + (description == null ? "" : ": " + description));
    }
  }

  private boolean holds(@Nullable Object condition) {
    if (!(condition instanceof Map<?, ?> map) || map.size() != 1) {
      throw new TemplateException("Template format error: a rule's function is expected");
    }
    var only = map.entrySet().iterator().next();
    String function = String.valueOf(only.getKey());
    List<?> arguments = only.getValue() instanceof List<?> list ? list : List.of();
    return switch (function) {
      case "Fn::And" -> arguments.stream().allMatch(this::holds);
      case "Fn::Or" -> arguments.stream().anyMatch(this::holds);
      case "Fn::Not" -> !holds(argument(function, arguments, 0));
      case "Fn::Equals" ->
          Values.text(value(argument(function, arguments, 0)))
              .equals(Values.text(value(argument(function, arguments, 1))));
      case "Fn::Contains" ->
          texts(argument(function, arguments, 0))
              .contains(Values.text(value(argument(function, arguments, 1))));
      default ->
          throw new TemplateException("Template error: " + function + " is not supported in Rules");
    };
  }

  private static @Nullable Object argument(String function, List<?> arguments, int index) {
    if (index >= arguments.size()) {
      throw new TemplateException("Template error: " + function + " lacks an argument in Rules");
    }
    return arguments.get(index);
  }

  private List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    if (value(list) instanceof List<?> all) {
      all.forEach(each -> texts.add(Values.text(value(each))));
    }
    return texts;
  }

  private @Nullable Object value(@Nullable Object written) {
    if (!(written instanceof Map<?, ?> map)) {
      return written;
    }
    if (map.size() == 1 && map.get("Ref") instanceof String name && names.containsKey(name)) {
      return names.get(name);
    }
    throw new TemplateException("Template error: " + map.keySet() + " is not supported in Rules");
  }
}
