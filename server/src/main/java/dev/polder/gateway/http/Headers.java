package dev.polder.gateway.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header lines. Names are the same whatever their case; several lines of one name keep their
/// order. Used by one thread.
public final class Headers {
  private final Map<String, Line> lines = new LinkedHashMap<>();

  private record Line(String name, List<String> values) {}

  /// Headers from names and values in turn.
  public static Headers of(String... namesAndValues) {
    var headers = new Headers();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  /// Adds a line beside those of the same name.
  public Headers add(String name, String value) {
    lines.computeIfAbsent(key(name), _ -> new Line(name, new ArrayList<>(1))).values.add(value);
    return this;
  }

  /// Puts a line in place of those of the same name.
  public Headers set(String name, String value) {
    lines.put(key(name), new Line(name, new ArrayList<>(List.of(value))));
    return this;
  }

  /// Takes every line of a name away.
  public Headers remove(String name) {
    lines.remove(key(name));
    return this;
  }

  /// The first value of a name.
  public @Nullable String first(String name) {
    Line line = lines.get(key(name));
    return line == null ? null : line.values.getFirst();
  }

  /// The first value of a name, or `otherwise`.
  public String first(String name, String otherwise) {
    String value = first(name);
    return value == null ? otherwise : value;
  }

  /// All values of a name in their order.
  public List<String> all(String name) {
    Line line = lines.get(key(name));
    return line == null ? List.of() : List.copyOf(line.values);
  }

  public boolean contains(String name) {
    return lines.containsKey(key(name));
  }

  /// Hands over every line, with its name as it was first written.
  public void forEach(BiConsumer<String, String> line) {
    lines.values().forEach(each -> each.values.forEach(value -> line.accept(each.name, value)));
  }

  /// The values of every name as it was first written.
  public Map<String, List<String>> toMap() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    lines.values().forEach(each -> all.put(each.name, List.copyOf(each.values)));
    return all;
  }

  private static String key(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 'A' && c <= 'Z') || c > 'z') {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }

  @Override
  public String toString() {
    return lines.keySet().toString();
  }
}
