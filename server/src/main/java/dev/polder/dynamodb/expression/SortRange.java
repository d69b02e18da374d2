package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.KeyEncoding;
import dev.polder.dynamodb.item.Value;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A range of sort keys, by their bytes in [KeyEncoding].
public final class SortRange {
  /// Every sort key, or none at all.
  public static final SortRange ALL = new SortRange(null, null);

  private final byte @Nullable [] low;
  private final byte @Nullable [] high;

  private SortRange(byte @Nullable [] low, byte @Nullable [] high) {
    this.low = low;
    this.high = high;
  }

  static SortRange of(KeyCondition condition) {
    byte[] value = KeyEncoding.bytes(condition.values().getFirst());
    return switch (condition.operator()) {
      case EQ -> new SortRange(value, KeyEncoding.after(value));
      case LE -> new SortRange(null, KeyEncoding.after(value));
      case LT -> new SortRange(null, value);
      case GE -> new SortRange(value, null);
      case GT -> new SortRange(KeyEncoding.after(value), null);
      case BEGINS_WITH -> new SortRange(value, KeyEncoding.afterPrefix(value).orElse(null));
      case BETWEEN -> between(value, condition.values().getLast());
      case NE, IN, CONTAINS, NOT_CONTAINS, NULL, NOT_NULL -> throw new IllegalArgumentException();
    };
  }

  private static SortRange between(byte[] low, Value high) {
    return new SortRange(low, KeyEncoding.after(KeyEncoding.bytes(high)));
  }

  /// The least bytes within the range; empty where it begins at the beginning.
  public Optional<byte[]> low() {
    return Optional.ofNullable(low);
  }

  /// The least bytes behind the range; empty where it ends at the end.
  public Optional<byte[]> high() {
    return Optional.ofNullable(high);
  }

  /// Whether a sort key is within the range.
  public boolean contains(Value value) {
    byte[] bytes = KeyEncoding.bytes(value);
    return (low == null || Arrays.compareUnsigned(bytes, low) >= 0)
        && (high == null || Arrays.compareUnsigned(bytes, high) < 0);
  }
}
