package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.KeyEncoding;
import dev.polder.dynamodb.item.Value;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Where the items of a table, or the entries of an index, are in the store: below a prefix by the
/// hash of the partition key, the partition key, the sort key, and in an index the table's key.
///
/// The hash spreads partitions evenly over the segments of parallel scans, and makes the order of a
/// scan as arbitrary as the real service's.
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
    Object[] parts = new Object[1 + key.size() + (unique == null ? 0 : unique.size())];
    int at = fill(parts, 1, key, item);
    if (at > 0 && unique != null) {
      at = fill(parts, at, unique, item);
    }
    if (at < 0) {
      return null;
    }
    parts[0] = hash((byte[]) parts[1]);
    return prefix.with(parts);
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
    return prefix.with(hash(bytes), bytes);
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

  /// Spread over 32 bits: a checksum keeps the pattern of its input, so its bits are mixed as the
  /// end of MurmurHash3 does.
  private static long hash(byte[] partition) {
    var sum = new CRC32C();
    sum.update(partition);
    int mixed = (int) sum.getValue();
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return (mixed ^ (mixed >>> 16)) & 0xFFFF_FFFFL;
  }
}
