package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.KeyQuery;
import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.expression.KeySchema.KeyAttribute;
import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.KeyRules;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What a query or scan reads: a table, or one of its indexes.
///
/// @param index null for the table itself
record Source(Layout layout, @Nullable Index index, Space space) {
  static final String BAD_START = "The provided starting key is invalid";

  static Source of(Layout layout, @Nullable String indexName) {
    if (indexName == null) {
      return new Source(layout, null, layout.items());
    }
    Layout.Entries entries =
        layout
            .entries(indexName)
            .orElseThrow(() ->
                new ValidationException(
                    "The table does not have the specified index: " + indexName));
    return new Source(layout, entries.index(), entries.space());
  }

  KeySchema key() {
    return space.key();
  }

  boolean isGlobal() {
    return index != null && index.isGlobal();
  }

  /// True if what is read here are whole items.
  boolean isWhole() {
    return index == null || index.copiesAll();
  }

  /// Refuses what cannot be had of a global index.
  void requireConsistency(@Nullable Boolean consistent) {
    if (isGlobal() && Boolean.TRUE.equals(consistent)) {
      throw new ValidationException(
          "Consistent reads are not supported on global secondary indexes");
    }
  }

  /// Refuses an index whose older items are not in it yet.
  void requireFilled() {
    if (index != null && !index.filled()) {
      throw new ValidationException(
          "Cannot read from backfilling global secondary index: " + index.name());
    }
  }

  /// Where to find whole items, where entries lack some of what is asked for. Local indexes read it
  /// from the table; global ones refuse.
  @Nullable Space whole(@Nullable String select, Optional<Projection> projection) {
    if (index == null || isWhole()) {
      return null;
    }
    List<String> missing =
        projection.map(Projection::paths).orElse(List.of()).stream()
            .map(Path::attribute)
            .filter(name -> !index.copies(name))
            .distinct()
            .toList();
    boolean all = "ALL_ATTRIBUTES".equals(select);
    if (isGlobal() && all) {
      throw ValidationException.parameter(
          "Select type ALL_ATTRIBUTES is not supported for global secondary index "
              + index.name()
              + " because its projection type is not ALL");
    }
    if (isGlobal() && !missing.isEmpty()) {
      throw ValidationException.parameter(
          "Global secondary index " + index.name() + " does not project " + missing);
    }
    return all || !missing.isEmpty() ? layout.items() : null;
  }

  /// Whom to tell of the entries of a query for keys: see [RecentItems]. Null for nobody.
  RecentItems.@Nullable Sight sight(Optional<Projection> projection, RecentItems recent) {
    boolean keysAlone =
        index != null
            && index.copiesAll()
            && projection
                .filter(wanted ->
                    wanted.paths().stream()
                        .allMatch(path -> layout.table().key().names().contains(path.attribute())))
                .isPresent();
    return keysAlone ? recent.look(layout.items()) : null;
  }

  /// What a query reads; everything where there is no query.
  ///
  /// @param forward in the order of the keys, or against it
  /// @param start where an earlier page stopped
  KeyRange range(@Nullable KeyQuery query, boolean forward, @Nullable Item start) {
    Key from = space.all().from();
    Key to = space.all().to();
    if (query != null) {
      Key partition = space.partition(query.partition());
      KeyRange all = KeyRange.prefix(partition);
      from = query.sort().low().map(partition::with).orElse(all.from());
      to = query.sort().high().map(partition::with).orElse(all.to());
    }
    if (start == null) {
      return new KeyRange(from, to);
    }
    Key position = start(start);
    return forward ? KeyRange.behind(position, to) : new KeyRange(from, position);
  }

  /// The attributes of which a starting key consists.
  Set<String> position() {
    return index == null ? new LinkedHashSet<>(key().names()) : index.position();
  }

  /// The starting key of the page after one that stopped at this entry.
  @Nullable Item position(@Nullable Item last) {
    return last == null ? null : last.only(position());
  }

  /// The place in the store of a starting key.
  Key start(Item start) {
    Key key = space.find(start);
    if (key == null) {
      throw new ValidationException(BAD_START);
    }
    return key;
  }

  /// Refuses a scan's starting key with other attributes than its own, or of other types.
  void requireStart(Item start) {
    if (start.attributes().size() != position().size()) {
      throw new ValidationException(
          index == null ? BAD_START + ": " + ItemRules.NO_MATCH : BAD_START);
    }
    if (index != null) {
      index.key().attributes().forEach(attribute -> requireStart(start, attribute));
    }
    requireTableStart(start);
  }

  /// Refuses a starting key whose part of the table's key is none.
  void requireTableStart(Item start) {
    try {
      ItemRules.find(layout, start.only(new LinkedHashSet<>(layout.table().key().names())));
    } catch (ValidationException e) {
      throw new ValidationException(BAD_START + ": " + e.reason());
    }
  }

  /// Refuses a starting key that lacks an attribute of the key of what is read, or has it with
  /// another type or too large.
  void requireStart(@Nullable Item start, KeyAttribute attribute) {
    if (start == null) {
      return;
    }
    Value value = start.attribute(attribute.name());
    if (value == null) {
      throw new ValidationException(BAD_START);
    }
    if (value.type() != attribute.type()) {
      throw new ValidationException(ItemRules.NO_MATCH);
    }
    KeyRules.requireNotEmpty(attribute.name(), value);
    if (attribute.equals(key().partition())) {
      KeyRules.requirePartitionSize(value);
    } else {
      KeyRules.requireSortSize(value);
    }
  }

  /// Notes what reading a page cost.
  void consume(Capacity capacity, Page page, boolean consistent) {
    String table = layout.table().name();
    double units = Capacity.read(page.entryBytes(), consistent);
    if (index == null) {
      capacity.table(table, units);
      return;
    }
    capacity.table(
        table, page.fetchedBytes() == 0 ? 0 : Capacity.read(page.fetchedBytes(), consistent));
    capacity.index(table, index, units);
  }

  /// Where to go on after a page; null at the end.
  @Nullable Map<String, AttributeValue> lastKey(Page page) {
    Item last = position(page.last());
    return last == null ? null : AttributeValues.sdk(last);
  }

  /// What a page took; null where the request did not ask.
  @Nullable ConsumedCapacity consumed(Page page, @Nullable String wanted, boolean consistent) {
    if (wanted == null) {
      return null;
    }
    var capacity = new Capacity(Capacity.Kind.READ);
    consume(capacity, page, consistent);
    return capacity.one(wanted);
  }
}
