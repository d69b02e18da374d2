package dev.polder.cloudformation.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Works out the values of a template's expressions.
public final class Values {
  /// What `AWS::NoValue` becomes: the member that has it is left out.
  private static final Object NO_VALUE = new Object();

  private final Template template;
  private final Map<String, Object> names;
  private final Resources resources;
  private final Function<String, @Nullable Object> exports;
  private final Map<String, Boolean> known = new HashMap<>();
  private final Set<String> asking = new HashSet<>();

  /// What the resources of a stack have become so far.
  public interface Resources {
    /// What `Ref` answers.
    ///
    /// @throws TemplateException if there is no such resource in this stack
    Object ref(String logicalId);

    /// What `Fn::GetAtt` answers.
    ///
    /// @throws TemplateException if the resource has no such attribute
    Object attribute(String logicalId, String name);
  }

  /// @param names values of the parameters and pseudo parameters
  /// @param exports values that other stacks export, by name; null where there is none
  public Values(
      Template template,
      Map<String, Object> names,
      Resources resources,
      Function<String, @Nullable Object> exports) {
    this.template = template;
    this.names = names;
    this.resources = resources;
    this.exports = exports;
  }

  /// The values of all parameters of a template.
  ///
  /// @param given texts by name
  /// @throws TemplateException if one is missing, unknown or not allowed
  public static Map<String, Object> parameters(Template template, Map<String, String> given) {
    List<String> unknown =
        given.keySet().stream().filter(n -> !template.parameters().containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      throw new TemplateException("Parameters: " + unknown + " do not exist in the template");
    }
    List<String> missing = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    template
        .parameters()
        .forEach((name, parameter) -> {
          String text = given.getOrDefault(name, parameter.byDefault());
          if (text == null) {
            missing.add(name);
          } else {
            values.put(name, parameter.value(text));
          }
        });
    if (!missing.isEmpty()) {
      throw new TemplateException("Parameters: " + missing + " must have values");
    }
    return values;
  }

  /// True if a condition of this name holds.
  public boolean holds(String condition) {
    Boolean before = known.get(condition);
    if (before != null) {
      return before;
    }
    if (!asking.add(condition)) {
      throw new TemplateException("Circular dependency between conditions: [" + condition + "]");
    }
    Object written = template.conditions().get(condition);
    if (written == null) {
      throw new TemplateException(
          "Template format error: Unresolved condition dependency "
              + condition
              + " in the template");
    }
    boolean holds = truth(written);
    known.put(condition, holds);
    return holds;
  }

  private boolean truth(@Nullable Object value) {
    if (value instanceof Map<?, ?> map
        && map.size() == 1
        && map.get("Condition") instanceof String c) {
      return holds(c);
    }
    Intrinsic call =
        Intrinsic.of(value)
            .orElseThrow(() -> new TemplateException("Template error: not a condition: " + value));
    List<?> arguments = call.argument() instanceof List<?> list ? list : List.of();
    return switch (call.name()) {
      case "Fn::And" -> arguments.stream().allMatch(this::truth);
      case "Fn::Or" -> arguments.stream().anyMatch(this::truth);
      case "Fn::Not" -> !truth(arguments.isEmpty() ? null : arguments.getFirst());
      case "Fn::Equals" -> {
        if (arguments.size() != 2) {
          throw new TemplateException(
              "Template error: every Fn::Equals object requires a list of 2 string parameters.");
        }
        yield text(value(arguments.get(0))).equals(text(value(arguments.get(1))));
      }
      default ->
          throw new TemplateException("Template error: " + call.name() + " is not a condition");
    };
  }

  /// The members of an object, worked out; those without a value are left out.
  public Map<String, Object> object(Map<String, Object> written) {
    Map<String, Object> values = new LinkedHashMap<>();
    written.forEach((name, each) -> {
      Object value = resolved(each);
      if (value != NO_VALUE && value != null) {
        values.put(name, value);
      }
    });
    return values;
  }

  /// The value of an expression; null for `AWS::NoValue`.
  public @Nullable Object value(@Nullable Object written) {
    Object value = resolved(written);
    return value == NO_VALUE ? null : value;
  }

  private @Nullable Object resolved(@Nullable Object written) {
    var call = Intrinsic.of(written);
    if (call.isPresent()) {
      return call(call.get());
    }
    return switch (written) {
      case Map<?, ?> map -> {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, each) -> members.put(String.valueOf(name), each));
        yield object(members);
      }
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (Object each : list) {
          Object item = resolved(each);
          if (item != NO_VALUE) {
            items.add(item);
          }
        }
        yield items;
      }
      case String text when text.contains("{{resolve:") ->
          throw new TemplateException(
              "Template error: dynamic references are not supported: " + text);
      case null, default -> written;
    };
  }

  private @Nullable Object call(Intrinsic call) {
    Object argument = call.argument();
    return switch (call.name()) {
      case "Ref" -> ref(String.valueOf(argument));
      case "Fn::GetAtt" -> attribute(References.pair(argument));
      case "Fn::If" -> choose(list(call, 3));
      case "Fn::Sub" -> substitute(argument);
      case "Fn::Join" -> join(list(call, 2));
      case "Fn::Select" -> select(list(call, 2));
      case "Fn::Split" -> split(list(call, 2));
      case "Fn::FindInMap" -> find(list(call, 3));
      case "Fn::Base64" ->
          Base64.getEncoder()
              .encodeToString(text(value(argument)).getBytes(StandardCharsets.UTF_8));
      case "Fn::GetAZs" -> zones(text(value(argument)));
      case "Fn::ImportValue" -> imported(text(value(argument)));
      default ->
          throw new TemplateException("Template error: " + call.name() + " cannot be used here");
    };
  }

  private static List<?> list(Intrinsic call, int size) {
    if (call.argument() instanceof List<?> list && list.size() == size) {
      return list;
    }
    throw new TemplateException(
        "Template error: every "
            + call.name()
            + " object requires a list of "
            + size
            + " parameters");
  }

  private Object ref(String name) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    Object value = names.get(name);
    return value == null ? resources.ref(name) : value;
  }

  private Object attribute(List<Object> parts) {
    return resources.attribute((String) parts.get(0), text(value(parts.get(1))));
  }

  private @Nullable Object choose(List<?> arguments) {
    return resolved(arguments.get(holds(String.valueOf(arguments.get(0))) ? 1 : 2));
  }

  private String substitute(@Nullable Object argument) {
    Map<?, ?> own = Map.of();
    Object text = argument;
    if (argument instanceof List<?> list
        && list.size() == 2
        && list.get(1) instanceof Map<?, ?> m) {
      text = list.get(0);
      own = m;
    }
    if (!(text instanceof String pattern)) {
      throw new TemplateException(
          "Template error: One or more Fn::Sub intrinsic functions don't specify expected"
              + " arguments. Specify a string as first argument, and an optional second argument to"
              + " specify a mapping of values to replace in the string");
    }
    var out = new StringBuilder();
    Matcher m = References.VARIABLE.matcher(pattern);
    while (m.find()) {
      String name = m.group(2).strip();
      String value =
          m.group(1).isEmpty()
              ? text(own.containsKey(name) ? value(own.get(name)) : named(name))
              : "${" + m.group(2) + "}";
      m.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return m.appendTail(out).toString();
  }

  private Object named(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? ref(name)
        : resources.attribute(name.substring(0, dot), name.substring(dot + 1));
  }

  private String join(List<?> arguments) {
    if (!(value(arguments.get(1)) instanceof List<?> items)) {
      throw new TemplateException(
          "Template error: every Fn::Join object requires two parameters, (1) a string delimiter"
              + " and (2) a list of strings to be joined");
    }
    return String.join(text(value(arguments.get(0))), items.stream().map(Values::text).toList());
  }

  private @Nullable Object select(List<?> arguments) {
    String index = text(value(arguments.get(0)));
    if (!(value(arguments.get(1)) instanceof List<?> items) || !index.matches("\\d{1,9}")) {
      throw new TemplateException(
          "Template error: every Fn::Select object requires two parameters, an index and a list");
    }
    int at = Integer.parseInt(index);
    if (at >= items.size()) {
      throw new TemplateException(
          "Template error: Fn::Select cannot select nonexistent value at index " + at);
    }
    return items.get(at);
  }

  private List<Object> split(List<?> arguments) {
    String delimiter = text(value(arguments.get(0)));
    if (delimiter.isEmpty()) {
      throw new TemplateException("Template error: Fn::Split requires a delimiter");
    }
    String source = text(value(arguments.get(1)));
    return new ArrayList<>(Arrays.asList(source.split(Pattern.quote(delimiter), -1)));
  }

  private Object find(List<?> arguments) {
    String map = text(value(arguments.get(0)));
    String top = text(value(arguments.get(1)));
    String second = text(value(arguments.get(2)));
    Object found =
        template.mappings().getOrDefault(map, Map.of()).getOrDefault(top, Map.of()).get(second);
    if (found == null) {
      throw new TemplateException(
          "Template error: Unable to get mapping for " + map + "::" + top + "::" + second);
    }
    return found;
  }

  private List<Object> zones(String region) {
    String of = region.isEmpty() ? text(names.get("AWS::Region")) : region;
    return List.of(of + "a", of + "b", of + "c");
  }

  private Object imported(String name) {
    Object value = exports.apply(name);
    if (value == null) {
      throw new TemplateException("No export named " + name + " found.");
    }
    return value;
  }

  /// A scalar as text.
  public static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> Long.toString(d.longValue());
      case List<?> list -> String.join(",", list.stream().map(Values::text).toList());
      default -> String.valueOf(value);
    };
  }
}
