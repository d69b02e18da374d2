package dev.polder.dynamodb.item;

/// What a value must be to be a key of a table or of an index.
public final class KeyRules {
  private static final int MAX_PARTITION_BYTES = 2048;
  private static final int MAX_SORT_BYTES = 1024;
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private KeyRules() {}

  /// Refuses an empty string or binary as a key of the table.
  ///
  /// @param name of the attribute
  public static void requireNotEmpty(String name, Value value) {
    if (empty(value)) {
      throw new ValidationException(
          NOT_VALID
              + "The AttributeValue for a key attribute cannot contain an empty "
              + kind(value)
              + " value. Key: "
              + name);
    }
  }

  /// Refuses an empty string or binary as a key of an index.
  ///
  /// @param index the index's name
  /// @param name of the attribute
  public static void requireNotEmpty(String index, String name, Value value) {
    if (empty(value)) {
      throw new ValidationException(
          NOT_VALID
              + "A value specified for a secondary index key is not supported. The AttributeValue"
              + " for a key attribute cannot contain an empty "
              + kind(value)
              + " value. IndexName: "
              + index
              + ", IndexKey: "
              + name);
    }
  }

  /// Refuses a partition key of more than 2048 bytes.
  public static void requirePartitionSize(Value value) {
    if (size(value) > MAX_PARTITION_BYTES) {
      throw ValidationException.parameter(
          "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
  }

  /// Refuses a sort key of more than 1024 bytes.
  public static void requireSortSize(Value value) {
    if (size(value) > MAX_SORT_BYTES) {
      throw ValidationException.parameter(
          "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  private static boolean empty(Value value) {
    return value.type() != Type.N && value.type().scalar() && size(value) == 0;
  }

  private static int size(Value value) {
    return ItemSize.of(value);
  }

  private static String kind(Value value) {
    return value.type() == Type.B ? "binary" : "string";
  }
}
