package dev.polder.examples.traffic.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the fields of a function's input, a JSON object as Lambda hands it over, and names the
 * field when it is wrong.
 */
final class Fields {
  private final Map<String, Object> values;

  Fields(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * What a run is asked to do: the members of {@code input}, the execution's input, with {@code
   * executionStart} beside them. Without {@code input} the fields themselves are the request.
   */
  Fields request() {
    Fields request = object("input").orElse(this);
    return text("executionStart")
        .map(start -> new Fields(request.with(Map.of("executionStart", start))))
        .orElse(request);
  }

  Optional<String> text(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other ->
          throw new IllegalArgumentException("Expected " + name + " to be text but was " + other);
    };
  }

  String requiredText(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalArgumentException("Expected " + name + " in the input"));
  }

  Optional<Integer> number(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case Number number when number.doubleValue() == number.intValue() ->
          Optional.of(number.intValue());
      case Object other ->
          throw new IllegalArgumentException(
              "Expected " + name + " to be a whole number but was " + other);
    };
  }

  /** The object of that name; its members are read as fields in turn. */
  Optional<Fields> object(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case Map<?, ?> object -> Optional.of(of(object));
      case Object other ->
          throw new IllegalArgumentException(
              "Expected " + name + " to be an object but was " + other);
    };
  }

  /** The elements, each an object, of the array of that name; empty if there is none. */
  Iterable<Fields> objects(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case Iterable<?> elements -> {
        var objects = new ArrayList<Fields>();
        for (Object element : elements) {
          if (!(element instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException(
                "Expected " + name + " to hold objects but found " + element);
          }
          objects.add(of(object));
        }
        yield objects;
      }
      case Object other ->
          throw new IllegalArgumentException(
              "Expected " + name + " to be an array but was " + other);
    };
  }

  /** A new object: the input with the given fields put in or replaced. */
  Map<String, Object> with(Map<String, Object> changes) {
    Map<String, Object> merged = new LinkedHashMap<>(values);
    merged.putAll(changes);
    return merged;
  }

  private static Fields of(Map<?, ?> object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, value) -> members.put(String.valueOf(name), value));
    return new Fields(members);
  }
}
