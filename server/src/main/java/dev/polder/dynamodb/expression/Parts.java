package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Builds an item from values at paths.
final class Parts {
  private sealed interface Part {
    record Leaf(Value value) implements Part {}

    record Entries(Map<String, Part> entries) implements Part {}

    record Elements(TreeMap<Integer, Part> elements) implements Part {}
  }

  private final Part.Entries root = new Part.Entries(new LinkedHashMap<>());

  void put(Path path, Value value) {
    Part container = root;
    List<Path.Element> elements = path.elements();
    for (int i = 0; i < elements.size() - 1; i++) {
      Part deeper =
          elements.get(i + 1) instanceof Path.Element.Name
              ? new Part.Entries(new LinkedHashMap<>())
              : new Part.Elements(new TreeMap<>());
      container = child(container, elements.get(i), deeper);
    }
    child(container, elements.getLast(), new Part.Leaf(value));
  }

  private static Part child(Part container, Path.Element element, Part otherwise) {
    if (container instanceof Part.Entries(var entries)
        && element instanceof Path.Element.Name(var name)) {
      return entries.computeIfAbsent(name, _ -> otherwise);
    }
    if (container instanceof Part.Elements(var elements)
        && element instanceof Path.Element.Index(var index)) {
      return elements.computeIfAbsent(index, _ -> otherwise);
    }
    throw new IllegalArgumentException("Paths across each other");
  }

  Item item() {
    return new Item(entries(root));
  }

  private static Map<String, Value> entries(Part.Entries part) {
    Map<String, Value> entries = new LinkedHashMap<>();
    part.entries().forEach((name, value) -> entries.put(name, value(value)));
    return entries;
  }

  private static Value value(Part part) {
    return switch (part) {
      case Part.Leaf(var value) -> value;
      case Part.Entries entries -> new Value.M(entries(entries));
      case Part.Elements(var elements) -> {
        List<Value> list = new ArrayList<>(elements.size());
        elements.values().forEach(element -> list.add(value(element)));
        yield new Value.L(list);
      }
    };
  }
}
