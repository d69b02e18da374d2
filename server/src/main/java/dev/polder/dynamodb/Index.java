package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeySchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A secondary index of a table. Its entries are copies of the items that have all its key
/// attributes.
///
/// @param number names the index's entries in the store; never used again in the same table
/// @param tableKey the names of the table's key attributes, which every index copies
/// @param filled false while the entries of older items are still being made
record Index(
    long number,
    String name,
    Kind kind,
    KeySchema key,
    List<String> tableKey,
    IndexProjection projection,
    Throughput throughput,
    boolean filled) {

  /// Whether an index shares the table's partition key.
  enum Kind {
    GLOBAL,
    LOCAL
  }

  boolean isGlobal() {
    return kind == Kind.GLOBAL;
  }

  Index withThroughput(Throughput changed) {
    return new Index(number, name, kind, key, tableKey, projection, changed, filled);
  }

  Index withFilled(boolean nowFilled) {
    return new Index(number, name, kind, key, tableKey, projection, throughput, nowFilled);
  }

  /// True if entries are whole items.
  boolean copiesAll() {
    return projection.kind() == IndexProjection.Kind.ALL;
  }

  /// True if entries have this attribute.
  boolean copies(String attribute) {
    return copiesAll() || copied().contains(attribute);
  }

  /// The attributes that entries have, where they are not whole items.
  Set<String> copied() {
    Set<String> copied = new LinkedHashSet<>(tableKey);
    copied.addAll(key.names());
    copied.addAll(projection.included());
    return copied;
  }

  /// The attributes that say where in the index a page ended: the table's key and the index's.
  Set<String> position() {
    Set<String> position = new LinkedHashSet<>(tableKey);
    position.addAll(key.names());
    return position;
  }
}
