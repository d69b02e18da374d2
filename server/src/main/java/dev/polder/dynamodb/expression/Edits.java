package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Changes at paths, made all at once, so that every place in a list is meant as it was before.
final class Edits {
  sealed interface Edit {
    record Put(Value value) implements Edit {}

    record Drop() implements Edit {}

    /// No change, but the place must be there.
    record Keep() implements Edit {}

    /// Changes within the entries of a map.
    record Entries(Map<String, Edit> entries) implements Edit {}

    /// Changes within the elements of a list.
    record Elements(TreeMap<Integer, Edit> elements) implements Edit {}
  }

  private final Edit.Entries root = new Edit.Entries(new LinkedHashMap<>());

  void add(Path path, Edit edit) {
    Edit container = root;
    List<Path.Element> elements = path.elements();
    for (int i = 0; i < elements.size() - 1; i++) {
      Edit deeper =
          elements.get(i + 1) instanceof Path.Element.Name
              ? new Edit.Entries(new LinkedHashMap<>())
              : new Edit.Elements(new TreeMap<>());
      container = child(container, elements.get(i), deeper);
    }
    child(container, elements.getLast(), edit);
  }

  private static Edit child(Edit container, Path.Element element, Edit otherwise) {
    if (container instanceof Edit.Entries(var entries)
        && element instanceof Path.Element.Name(var name)) {
      return entries.computeIfAbsent(name, _ -> otherwise);
    }
    if (container instanceof Edit.Elements(var elements)
        && element instanceof Path.Element.Index(var index)) {
      return elements.computeIfAbsent(index, _ -> otherwise);
    }
    throw new IllegalArgumentException("Paths across each other");
  }

  Item applyTo(Item item) {
    return new Item(entries(item.attributes(), root.entries()));
  }

  private static Map<String, Value> entries(Map<String, Value> stored, Map<String, Edit> edits) {
    Map<String, Value> entries = new LinkedHashMap<>(stored);
    edits.forEach((name, edit) -> {
      Value value = edited(stored.get(name), edit);
      if (value == null) {
        entries.remove(name);
      } else {
        entries.put(name, value);
      }
    });
    return entries;
  }

  /// Elements beyond the end are put behind it in the order of their numbers.
  private static List<Value> elements(List<Value> stored, TreeMap<Integer, Edit> edits) {
    List<Value> elements = new ArrayList<>(stored.size() + edits.size());
    for (int i = 0; i < stored.size(); i++) {
      Edit edit = edits.get(i);
      Value value = edit == null ? stored.get(i) : edited(stored.get(i), edit);
      if (value != null) {
        elements.add(value);
      }
    }
    for (Edit edit : edits.tailMap(stored.size(), true).values()) {
      Value value = edited(null, edit);
      if (value != null) {
        elements.add(value);
      }
    }
    return elements;
  }

  private static @Nullable Value edited(@Nullable Value stored, Edit edit) {
    return switch (edit) {
      case Edit.Put(var value) -> value;
      case Edit.Drop _ -> null;
      case Edit.Keep _ -> stored;
      case Edit.Entries(var edits) -> {
        if (!(stored instanceof Value.M m)) {
          throw invalid();
        }
        yield new Value.M(entries(m.entries(), edits));
      }
      case Edit.Elements(var edits) -> {
        if (!(stored instanceof Value.L l)) {
          throw invalid();
        }
        yield new Value.L(elements(l.elements(), edits));
      }
    };
  }

  private static ValidationException invalid() {
    return new ValidationException(
        "The document path provided in the update expression is invalid for update");
  }
}
