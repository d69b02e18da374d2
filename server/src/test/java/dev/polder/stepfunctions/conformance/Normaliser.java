package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns answers into the form in which the expected ones were recorded: parses JSON in strings,
/// applies the case's own transformers, then those of all cases.
final class Normaliser {
  private static final Pattern UUID =
      Pattern.compile("^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}");
  private static final String ISO =
      "[1-9]\\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"
          + "(?:\\.\\d{1,9})?(?:Z|[+-][01]\\d:?(?:[0-5]\\d)?)";
  private static final Pattern ARN =
      Pattern.compile("^arn:(aws[a-zA-Z-]*)?:([a-zA-Z0-9-_.]+)?:([^:]+)?:(\\d{12})?:(.*)");
  private static final Pattern CAUSE = Pattern.compile("^.*'(\\{.*\\})'");

  private final List<UnaryOperator<String>> replacements = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final UnaryOperator<String> late;

  /// @param late what is known only at run time, put into the transformers' patterns
  Normaliser(UnaryOperator<String> late) {
    this.late = late;
  }

  @SuppressWarnings("unchecked")
  Map<String, @Nullable Object> apply(
      Map<String, @Nullable Object> answers, List<Map<String, @Nullable Object>> transformers) {
    var data = (Map<String, @Nullable Object>) Json.parse(Json.write(answers));
    Objects.requireNonNull(data);
    parseStrings(data);
    transformers.forEach(each -> transform(data, each));
    regex("111111111111", "111111111111");
    regex("us-east-1", "<region>");
    regex("arn:aws:", "arn:<partition>:");
    keyed(
        data,
        "uuid",
        true,
        (k, v) -> k.toLowerCase(Locale.ROOT).endsWith("id") && UUID.matcher(v).find() ? v : null);
    regex(ISO, "date");
    timestamps(data);
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    data.forEach((key, value) -> {
      String text = Json.write(value);
      for (UnaryOperator<String> replacement : replacements) {
        text = replacement.apply(text);
      }
      out.put(key, Json.parse(text));
    });
    return out;
  }

  @SuppressWarnings("unchecked")
  private static void parseStrings(Map<String, @Nullable Object> map) {
    for (var entry : map.entrySet()) {
      switch (entry.getValue()) {
        case List<?> list -> {
          for (Object each : list) {
            if (each instanceof Map<?, ?> m) {
              parseStrings((Map<String, @Nullable Object>) m);
            }
          }
        }
        case Map<?, ?> m -> parseStrings((Map<String, @Nullable Object>) m);
        case String s when s.startsWith("{") -> {
          try {
            entry.setValue(Json.parse(s));
          } catch (Json.Malformed e) {
            entry.setValue(s);
          }
        }
        case null -> {}
        default -> {}
      }
    }
  }

  private void transform(
      Map<String, @Nullable Object> data, Map<String, @Nullable Object> transformer) {
    String replacement = String.valueOf(transformer.get("replacement"));
    boolean reference = !Boolean.FALSE.equals(transformer.get("replace_reference"));
    switch (String.valueOf(transformer.get("op"))) {
      case "regex" -> {
        if (transformer.get("regex") instanceof String regex) {
          String known = late.apply(regex);
          if (!known.contains("${")) {
            regex(known, replacement);
          }
        }
      }
      case "text" -> {
        String text = late.apply(String.valueOf(transformer.get("text")));
        replacements.add(s -> s.replace(text, replacement));
      }
      case "jsonpath" ->
          path(data, String.valueOf(transformer.get("jsonpath")), replacement, reference);
      case "key_value" ->
          keyed(
              data,
              replacement,
              reference,
              (k, v) -> k.equals(transformer.get("key")) && !v.isEmpty() ? v : null);
      case "key_value_fn" -> function(data, transformer, replacement, reference);
      case "sort_parallel_events" -> Events.sortParallel(data);
      default -> {}
    }
  }

  private void function(
      Map<String, @Nullable Object> data,
      Map<String, @Nullable Object> transformer,
      String replacement,
      boolean reference) {
    switch (String.valueOf(transformer.get("fn"))) {
      case "_transform_stepfunctions_cause_details" ->
          keyed(data, replacement, reference, (k, v) -> k.equals("cause") ? quoted(v) : null);
      case "_resource_name_transformer" ->
          keyed(data, replacement, reference, (_, v) -> resource(v));
      default -> {}
    }
  }

  private static @Nullable String quoted(String cause) {
    Matcher matcher = CAUSE.matcher(cause);
    if (!matcher.find()) {
      return null;
    }
    try {
      Json.parse(matcher.group(1));
      return matcher.group(1);
    } catch (Json.Malformed e) {
      return null;
    }
  }

  private static @Nullable String resource(String value) {
    Matcher matcher = ARN.matcher(value);
    if (!matcher.find()) {
      return null;
    }
    String resource = matcher.group(5);
    if (resource.startsWith("<") && resource.endsWith(">")) {
      return null;
    }
    if (resource.contains("/")) {
      return resource.substring(resource.lastIndexOf('/') + 1);
    }
    if (resource.startsWith("function:")) {
      return resource.substring("function:".length());
    }
    return resource.contains(":") ? resource.substring(resource.lastIndexOf(':') + 1) : resource;
  }

  private void reference(@Nullable Object value, String name) {
    if (!(value instanceof String text)) {
      return;
    }
    String escaped = text.replace("\"", "\\\"");
    if (!seen.add(escaped)) {
      return;
    }
    int count = counts.merge(name, 1, Integer::sum);
    String shown = "<" + name + ":" + count + ">";
    replacements.add(s -> s.replace(escaped, shown));
  }

  private void regex(String regex, String replacement) {
    // Recordings of one day differ in the spacing of the JSON that functions give.
    Pattern pattern = Pattern.compile(regex.replace("\": ", "\": ?"));
    String quoted = Matcher.quoteReplacement(replacement);
    replacements.add(s -> pattern.matcher(s).replaceAll(quoted));
  }

  @SuppressWarnings("unchecked")
  private void keyed(
      Map<String, @Nullable Object> data,
      String name,
      boolean reference,
      BiFunction<String, String, @Nullable String> match) {
    for (var entry : data.entrySet()) {
      Object value = entry.getValue();
      String found = value instanceof String s ? match.apply(entry.getKey(), s) : null;
      if (found != null) {
        if (reference) {
          reference(found, name);
        } else {
          entry.setValue(((String) Objects.requireNonNull(value)).replace(found, name));
        }
      } else if (value instanceof List<?> list) {
        for (Object each : list) {
          if (each instanceof Map<?, ?> m) {
            keyed((Map<String, @Nullable Object>) m, name, reference, match);
          }
        }
      } else if (value instanceof Map<?, ?> m) {
        keyed((Map<String, @Nullable Object>) m, name, reference, match);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void timestamps(Map<String, @Nullable Object> data) {
    for (var entry : data.entrySet()) {
      String key = entry.getKey();
      boolean timed =
          key.toLowerCase(Locale.ROOT).contains("timestamp")
              || key.equals("creationTime")
              || key.equals("ingestionTime");
      if (timed && key.equals("timestamp")) {
        entry.setValue("timestamp");
      } else if (timed && !String.valueOf(entry.getValue()).matches(ISO)) {
        entry.setValue("timestamp");
      } else if (entry.getValue() instanceof List<?> list) {
        for (Object each : list) {
          if (each instanceof Map<?, ?> m) {
            timestamps((Map<String, @Nullable Object>) m);
          }
        }
      } else if (entry.getValue() instanceof Map<?, ?> m) {
        timestamps((Map<String, @Nullable Object>) m);
      }
    }
  }

  /// Paths of names, each after `.` or `..`.
  private void path(
      Map<String, @Nullable Object> data, String path, String replacement, boolean reference) {
    List<String[]> steps = new ArrayList<>();
    Matcher matcher = Pattern.compile("(\\.{1,2})([^.\\[]+)").matcher(path);
    while (matcher.find()) {
      steps.add(new String[] {matcher.group(1), matcher.group(2)});
    }
    walk(data, steps, 0, replacement, reference);
  }

  @SuppressWarnings("unchecked")
  private void walk(
      @Nullable Object at, List<String[]> steps, int step, String replacement, boolean reference) {
    boolean deep = steps.get(step)[0].equals("..");
    String name = steps.get(step)[1];
    if (at instanceof Map<?, ?> map) {
      for (var entry : ((Map<String, @Nullable Object>) map).entrySet()) {
        if (entry.getKey().equals(name)) {
          if (step + 1 < steps.size()) {
            walk(entry.getValue(), steps, step + 1, replacement, reference);
          } else if (reference) {
            reference(entry.getValue(), replacement);
          } else {
            entry.setValue(replacement);
          }
        }
        if (deep) {
          walk(entry.getValue(), steps, step, replacement, reference);
        }
      }
    } else if (deep && at instanceof List<?> list) {
      list.forEach(each -> walk(each, steps, step, replacement, reference));
    }
  }
}
