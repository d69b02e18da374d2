package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Value;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A table and where its things are in the store.
///
/// @param indexes in the table's order
/// @param records above the records of its present stream, if it has one
record Layout(Table table, Space items, List<Entries> indexes, Key records) {
  private static final long ITEMS = 0;
  private static final long EXPIRIES = -1;
  private static final long DRAFT = -2;
  // Expiries earlier than this before now are taken for mistakes, as the real service does.
  static final long OLDEST_EXPIRY = 5L * 365 * 24 * 3600;

  /// An index and where its entries are.
  record Entries(Index index, Space space) {}

  static Layout of(Table table) {
    Key data = Keys.data(table.scope(), table.id());
    return new Layout(
        table,
        new Space(items(table.scope(), table.id()), table.key(), null),
        table.indexes().stream()
            .map(index ->
                new Entries(index, new Space(data.with(index.number()), index.key(), table.key())))
            .toList(),
        Keys.records(
            table.scope(), table.name(), table.stream() == null ? "" : table.stream().label()));
  }

  Optional<Entries> entries(String index) {
    for (Entries each : indexes) {
      if (each.index().name().equals(index)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// Everything below the table: items, entries, expiries.
  KeyRange everything() {
    return KeyRange.prefix(Keys.data(table.scope(), table.id()));
  }

  /// Above the items of the table with this identifier.
  static Key items(Scope scope, String id) {
    return Keys.data(scope, id).with(ITEMS);
  }

  /// Above what is noted while the table is restored.
  Key draft() {
    return Keys.data(table.scope(), table.id()).with(DRAFT);
  }

  /// Above the expiries, which are below by their times in seconds and the keys of their items.
  Key expiries() {
    return Keys.data(table.scope(), table.id()).with(EXPIRIES);
  }

  /// Where an item's expiry is.
  Key expiry(long second, Key item) {
    return expiries().with(second, item.bytes());
  }

  /// The second since 1970 at which an item expires; empty where it does not.
  OptionalLong expires(@Nullable Item item) {
    Table.TimeToLive timeToLive = table.timeToLive();
    Value value =
        item == null || timeToLive == null ? null : item.attribute(timeToLive.attribute());
    if (!(value instanceof Value.N number)) {
      return OptionalLong.empty();
    }
    BigDecimal second = number.number();
    return second.signum() <= 0 || second.precision() - second.scale() > 15
        ? OptionalLong.empty()
        : OptionalLong.of(second.longValue());
  }

  /// True if an item that expires at this second is to be deleted.
  static boolean isExpired(long second, long now) {
    return second < now && second > now - OLDEST_EXPIRY;
  }
}
