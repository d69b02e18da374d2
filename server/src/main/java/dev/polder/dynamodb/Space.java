package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.KeyEncoding;
import dev.polder.dynamodb.item.Value;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import org.jspecify.annotations.Nullable;

/// Where the items of a table, or the entries of an index, are in the store: below a prefix by the
/// hash of the partition key, the partition key, the sort key, and in an index the table's key with
/// its hash before it.
///
/// The hash spreads partitions evenly over the segments of parallel scans. It is the real
/// service's, as far as the order of its answers tells, so that a scan has its order; entries of an
/// index with equal keys are in the order of the hashes of their items.
///
/// @param unique the table's key where this is an index, whose own keys are not unique
record Space(Key prefix, KeySchema key, @Nullable KeySchema unique) {
  private static final int LONGEST_PARTITION = 2048;
  private static final int LONGEST_SORT = 1024;

  /// Above every hash.
  static final long HASHES = 1L << 32;

  /// Where an item is. Null where it lacks a key attribute, or has one that cannot be a key because
  /// of its type or its size; in an index there is no entry for it then.
  @Nullable Key find(Item item) {
    Object[] parts = new Object[1 + key.size() + (unique == null ? 0 : 1 + unique.size())];
    int at = fill(parts, 1, key, item);
    if (at > 0 && unique != null) {
      int tie = at;
      at = fill(parts, tie + 1, unique, item);
      if (at > 0) {
        parts[tie] = KeyHash.of(item, unique);
      }
    }
    if (at < 0) {
      return null;
    }
    parts[0] = KeyHash.of(item.attribute(key.partition().name()));
    return prefix.with(parts);
  }

  /// Where the item of an index's entry is. Null where the entry's key does not tell: it has the
  /// hash of the item's whole key, and an item lies by the hash of its partition key.
  @Nullable Key item(Key entry, Space items) {
    return unique == null || unique.size() > 1
        ? null
        : entry.moved(prefix, 1 + key.size(), items.prefix);
  }

  private static int fill(Object[] parts, int from, KeySchema schema, Item item) {
    int at = from;
    for (KeyAttribute attribute : schema.attributes()) {
      Value value = item.attribute(attribute.name());
      if (value == null || value.type() != attribute.type()) {
        return -1;
      }
      byte[] bytes = KeyEncoding.bytes(value);
      if (bytes.length == 0 || bytes.length > (at == from ? LONGEST_PARTITION : LONGEST_SORT)) {
        return -1;
      }
      parts[at++] = bytes;
    }
    return at;
  }

  /// Above all that has this partition key.
  Key partition(Value value) {
    byte[] bytes = KeyEncoding.bytes(value);
    return prefix.with(KeyHash.of(value), bytes);
  }

  /// All there is.
  KeyRange all() {
    return KeyRange.prefix(prefix);
  }

  /// One of the parts into which a parallel scan divides all there is.
  KeyRange segment(int number, int of) {
    return new KeyRange(prefix.with(begin(number, of)), prefix.with(begin(number + 1, of)));
  }

  private static long begin(int number, int of) {
    return (HASHES * number + of - 1) / of;
  }
}
