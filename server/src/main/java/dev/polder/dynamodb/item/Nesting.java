package dev.polder.dynamodb.item;

/// How deep an attribute may be: 32 levels, of which a string is one and a list of strings two.
public final class Nesting {
  private static final int MAX_LEVELS = 32;

  private Nesting() {}

  /// Refuses an item with an attribute that is too deep.
  ///
  /// @throws ValidationException beyond 32 levels
  public static void require(Item item) {
    item.attributes().values().forEach(value -> require(value, 1));
  }

  /// Refuses a level.
  ///
  /// @param level from 1
  /// @throws ValidationException beyond 32
  public static void require(int level) {
    if (level > MAX_LEVELS) {
      throw new ValidationException(
          "Nesting Levels have exceeded supported limits: Attributes in the item have nested"
              + " levels beyond supported limit");
    }
  }

  private static void require(Value value, int level) {
    require(level);
    switch (value) {
      case Value.L l -> l.elements().forEach(element -> require(element, level + 1));
      case Value.M m -> m.entries().values().forEach(entry -> require(entry, level + 1));
      case Value.S _, Value.N _, Value.B _, Value.BOOL _, Value.NULL _ -> {}
      case Value.SS _, Value.NS _, Value.BS _ -> {}
    }
  }
}
