package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.KeyRules;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import dev.polder.store.Key;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What items and keys must be to fit a table, in the order in which the real service checks them.
final class ItemRules {
  static final String NO_MATCH = "The provided key element does not match the schema";

  private ItemRules() {}

  /// Where an item that is to be put belongs.
  static Key place(Layout layout, Item item) {
    for (KeyAttribute attribute : layout.table().key().attributes()) {
      Value value = item.attribute(attribute.name());
      if (value == null) {
        throw ValidationException.parameter("Missing the key " + attribute.name() + " in the item");
      }
      if (value.type() != attribute.type()) {
        throw ValidationException.parameter(
            "Type mismatch for key "
                + attribute.name()
                + " expected: "
                + attribute.type()
                + " actual: "
                + value.type());
      }
      requireForm(layout, attribute, value);
    }
    requireIndexKeys(layout, item);
    return found(layout, item);
  }

  /// Where the item of a key is or would be.
  static Key find(Layout layout, Item key) {
    requireMatch(layout, key);
    for (KeyAttribute attribute : layout.table().key().attributes()) {
      Value value = key.attribute(attribute.name());
      if (value != null) {
        requireForm(layout, attribute, value);
      }
    }
    return found(layout, key);
  }

  /// Refuses a key that has other attributes than the table's key, or of other types.
  static void requireMatch(Layout layout, Item key) {
    List<KeyAttribute> attributes = layout.table().key().attributes();
    boolean matches = key.attributes().size() == attributes.size();
    for (KeyAttribute attribute : attributes) {
      Value value = key.attribute(attribute.name());
      matches = matches && value != null && value.type() == attribute.type();
    }
    if (!matches) {
      throw new ValidationException(NO_MATCH);
    }
  }

  /// Refuses an item that is put together with others and lacks the table's key, or has it with
  /// other types. Of such items the service says less than of one alone.
  static void requireKey(Layout layout, Item item) {
    for (KeyAttribute attribute : layout.table().key().attributes()) {
      Value value = item.attribute(attribute.name());
      if (value == null || value.type() != attribute.type()) {
        throw new ValidationException(NO_MATCH);
      }
    }
  }

  private static Key found(Layout layout, Item item) {
    Key key = layout.items().find(item);
    if (key == null) {
      throw new ValidationException(NO_MATCH);
    }
    return key;
  }

  private static void requireForm(Layout layout, KeyAttribute attribute, Value value) {
    KeyRules.requireNotEmpty(attribute.name(), value);
    requireSize(attribute.equals(layout.table().key().partition()), value);
  }

  private static void requireSize(boolean partition, Value value) {
    if (partition) {
      KeyRules.requirePartitionSize(value);
    } else {
      KeyRules.requireSortSize(value);
    }
  }

  /// Refuses an item with attributes that cannot be keys of the table's indexes.
  static void requireIndexKeys(Layout layout, Item item) {
    for (Layout.Entries entries : layout.indexes().reversed()) {
      Index index = entries.index();
      for (KeyAttribute attribute : index.key().attributes()) {
        Value value = item.attribute(attribute.name());
        if (value != null) {
          requireIndexKey(index, attribute, value);
        }
      }
    }
  }

  private static void requireIndexKey(Index index, KeyAttribute attribute, Value value) {
    if (value.type() != attribute.type()) {
      throw mismatch(index, attribute, value.type());
    }
    KeyRules.requireNotEmpty(index.name(), attribute.name(), value);
    requireSize(attribute.equals(index.key().partition()), value);
  }

  private static ValidationException mismatch(Index index, KeyAttribute attribute, Type actual) {
    return ValidationException.parameter(
        "Type mismatch for Index Key "
            + attribute.name()
            + " Expected: "
            + attribute.type()
            + " Actual: "
            + actual
            + " IndexName: "
            + index.name());
  }

  /// Refuses what an update gives to attributes, where keys of the table's indexes are of other
  /// types.
  ///
  /// @param given by the names of attributes
  static void requireIndexKeyTypes(Layout layout, Map<String, Type> given) {
    for (Layout.Entries entries : layout.indexes().reversed()) {
      for (KeyAttribute attribute : entries.index().key().attributes()) {
        Type type = given.getOrDefault(attribute.name(), attribute.type());
        if (type != attribute.type()) {
          throw mismatch(entries.index(), attribute, type);
        }
      }
    }
  }

  /// Refuses a value of an update that cannot be a key of the table's indexes.
  static void requireIndexKey(Layout layout, String name, Value value) {
    for (Layout.Entries entries : layout.indexes().reversed()) {
      for (KeyAttribute attribute : entries.index().key().attributes()) {
        if (attribute.name().equals(name)) {
          requireIndexKey(entries.index(), attribute, value);
        }
      }
    }
  }

  /// Refuses an updated item whose attributes have become such that they cannot be keys of indexes.
  static void requireUpdatedIndexKeys(Layout layout, Item item) {
    for (Layout.Entries entries : layout.indexes()) {
      for (KeyAttribute attribute : entries.index().key().attributes()) {
        Value value = item.attribute(attribute.name());
        if (value != null && value.type() != attribute.type()) {
          throw new ValidationException(
              "The update expression attempted to update the secondary index key to unsupported"
                  + " type");
        }
      }
    }
    requireIndexKeys(layout, item);
  }

  /// Refuses paths that lead into key attributes, which are scalars.
  static void requireScalarKeys(Layout layout, List<Path> paths) {
    for (Path path : paths) {
      if (path.nested()) {
        requireNoKey(layout, path.attribute());
      }
    }
  }

  private static void requireNoKey(Layout layout, String attribute) {
    @Nullable String kind = null;
    if (layout.table().key().names().contains(attribute)) {
      kind = "Key";
    } else if (layout.indexes().stream()
        .anyMatch(entries -> entries.index().key().names().contains(attribute))) {
      kind = "IndexKey";
    }
    if (kind != null) {
      throw new ValidationException(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
              + " allowed: "
              + kind
              + ": "
              + attribute);
    }
  }
}
