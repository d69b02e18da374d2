package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A document path with its names looked up.
///
/// @param elements the name of an attribute, then names of entries and places in lists
public record Path(List<Element> elements) {
  public Path {
    elements = List.copyOf(elements);
  }

  /// A step into a document.
  public sealed interface Element {
    /// Into an entry of a map, or to an attribute of the item.
    record Name(String name) implements Element {
      @Override
      public String toString() {
        return name;
      }
    }

    /// Into a list, from 0.
    record Index(int index) implements Element {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }
  }

  /// The path to an attribute of the item itself.
  public static Path of(String attribute) {
    return new Path(List.of(new Element.Name(attribute)));
  }

  /// The name of the attribute that the path begins with.
  public String attribute() {
    return elements.getFirst().toString();
  }

  /// Whether the path leads into the attribute.
  public boolean nested() {
    return elements.size() > 1;
  }

  /// What the item has at the end of the path, or null.
  public @Nullable Value in(Item item) {
    Value value = item.attribute(attribute());
    for (int i = 1; i < elements.size() && value != null; i++) {
      value = step(value, elements.get(i));
    }
    return value;
  }

  static @Nullable Value step(Value value, Element element) {
    return switch (element) {
      case Element.Name name -> value instanceof Value.M m ? m.entries().get(name.name()) : null;
      case Element.Index index -> value instanceof Value.L l ? element(l, index.index()) : null;
    };
  }

  private static @Nullable Value element(Value.L list, int index) {
    return index < list.elements().size() ? list.elements().get(index) : null;
  }

  /// The path as messages show it: `[a, b, [1]]`.
  @Override
  public String toString() {
    return elements.stream().map(Element::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
