package dev.polder.stepfunctions.asl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An object of the definition as written, with its place. Reading a field of the wrong type
/// reports that and gives nothing.
record Fields(Map<String, @Nullable Object> values, String location, Findings findings) {

  /// The object, or an empty one where the value is something else, which is then reported.
  @SuppressWarnings("unchecked")
  static Fields of(@Nullable Object value, String location, Findings findings) {
    if (value instanceof Map<?, ?> map) {
      return new Fields((Map<String, @Nullable Object>) map, location, findings);
    }
    findings.schema("Expected value of type Object", location);
    return new Fields(new LinkedHashMap<>(), location, findings);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable Object value(String name) {
    return values.get(name);
  }

  /// The place of a field.
  String at(String name) {
    return location + "/" + name;
  }

  /// Reports those of the fields that are missing, in one sentence.
  boolean require(String... names) {
    String missing =
        Arrays.stream(names).filter(name -> !has(name)).collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      findings.schema("These fields are required: [" + missing + "]", location);
    }
    return missing.isEmpty();
  }

  @Nullable String text(String name) {
    return has(name) ? typed(name, String.class, "String") : null;
  }

  @Nullable Boolean truth(String name) {
    return has(name) ? typed(name, Boolean.class, "Boolean") : null;
  }

  @Nullable Number number(String name) {
    return has(name) ? typed(name, Number.class, "Number") : null;
  }

  /// A whole number within bounds.
  @Nullable Long whole(String name, long least, long most) {
    if (!has(name)) {
      return null;
    }
    if (!(value(name) instanceof Number number)
        || number.doubleValue() != Math.rint(number.doubleValue())) {
      wrong(name, "Integer");
      return null;
    }
    long whole = number.longValue();
    if (whole < least || whole > most) {
      findings.schema(
          whole < least ? "Minimum value is " + least : "Maximum value is " + most, at(name));
    }
    return whole;
  }

  /// One of several words.
  @Nullable String word(String name, Set<String> allowed) {
    String word = text(name);
    if (word != null && !allowed.contains(word)) {
      findings.schema(
          "Value is not one of: "
              + allowed.stream().sorted().collect(Collectors.joining(", ", "[", "]")),
          at(name));
      return null;
    }
    return word;
  }

  /// An object, empty where the field is missing.
  Fields object(String name) {
    return has(name)
        ? of(value(name), at(name), findings)
        : new Fields(new LinkedHashMap<>(), at(name), findings);
  }

  /// The elements of an array; none where the field is missing.
  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    List<?> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      objects.add(of(list.get(i), at(name) + "[" + i + "]", findings));
    }
    return objects;
  }

  List<?> list(String name) {
    if (!has(name)) {
      return List.of();
    }
    List<?> list = typed(name, List.class, "Array");
    return list == null ? List.of() : list;
  }

  /// The elements of an array of strings.
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<?> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text) {
        texts.add(text);
      } else {
        findings.schema("Expected value of type String", at(name) + "[" + i + "]");
      }
    }
    return texts;
  }

  /// Reports all fields but those named.
  void refuseOthers(Set<String> allowed) {
    for (String name : values.keySet()) {
      if (!allowed.contains(name)) {
        findings.schema("Field '" + name + "' is not supported", location);
      }
    }
  }

  /// Reports two fields of which only one may be there.
  void refuseBoth(String one, String other) {
    if (has(one) && has(other)) {
      findings.schema("You cannot define both '" + one + "' and '" + other + "'", location);
    }
  }

  private <T> @Nullable T typed(String name, Class<T> type, String title) {
    Object value = value(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    wrong(name, title);
    return null;
  }

  private void wrong(String name, String title) {
    findings.schema("Expected value of type " + title, at(name));
  }
}
