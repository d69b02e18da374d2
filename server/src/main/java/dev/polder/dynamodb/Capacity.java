package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.store.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// The capacity that a request consumes, per table and index, as the real service would bill it.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
final class Capacity {
  private static final int READ_UNIT = 4096;
  private static final int WRITE_UNIT = 1024;

  private final Map<String, Used> tables = new LinkedHashMap<>();
  private final Kind kind;

  /// Whether units are read or written.
  enum Kind {
    READ,
    WRITE
  }

  /// What one table and its indexes used.
  private static final class Used {
    private double table;
    private final Map<String, Double> local = new LinkedHashMap<>();
    private final Map<String, Double> global = new LinkedHashMap<>();

    double all() {
      return table + sum(local) + sum(global);
    }

    private static double sum(Map<String, Double> units) {
      return units.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  Capacity(Kind kind) {
    this.kind = kind;
  }

  /// Units for reading so many bytes at once.
  static double read(long bytes, boolean consistent) {
    long units = Math.max(1, (bytes + READ_UNIT - 1) / READ_UNIT);
    return consistent ? units : units * 0.5;
  }

  /// Units for writing an item; none where there is none.
  private static long written(@Nullable Item item) {
    return item == null ? 0 : Math.max(1, (item.size() + WRITE_UNIT - 1) / WRITE_UNIT);
  }

  /// Notes units of a table.
  Capacity table(String name, double units) {
    used(name).table += units;
    return this;
  }

  /// Notes units of an index.
  Capacity index(String table, Index index, double units) {
    Used used = used(table);
    (index.isGlobal() ? used.global : used.local).merge(index.name(), units, Double::sum);
    return this;
  }

  /// Notes what a change cost.
  ///
  /// @param factor 2 in transactions
  Capacity change(Outcome outcome, double factor) {
    String table = outcome.layout().table().name();
    long units = Math.max(1, Math.max(written(outcome.before()), written(outcome.after())));
    table(table, factor * units);
    for (Layout.Entries entries : outcome.layout().indexes()) {
      long moved = moved(entries, outcome.before(), outcome.after());
      if (moved > 0) {
        index(table, entries.index(), factor * moved);
      }
    }
    return this;
  }

  private static long moved(Layout.Entries entries, @Nullable Item before, @Nullable Item after) {
    Key old = before == null ? null : entries.space().find(before);
    Key now = after == null ? null : entries.space().find(after);
    Item oldCopy = old == null ? null : copy(entries.index(), before);
    Item nowCopy = now == null ? null : copy(entries.index(), after);
    if (Objects.equals(old, now)) {
      return Objects.equals(oldCopy, nowCopy) ? 0 : Math.max(written(oldCopy), written(nowCopy));
    }
    return written(oldCopy) + written(nowCopy);
  }

  private static @Nullable Item copy(Index index, @Nullable Item item) {
    return item == null || index.copiesAll() ? item : item.only(index.copied());
  }

  private Used used(String table) {
    return tables.computeIfAbsent(table, _ -> new Used());
  }

  /// What a request about one table answers; null where it did not ask.
  ///
  /// @param wanted `INDEXES`, `TOTAL`, `NONE` or absent
  @Nullable ConsumedCapacity one(@Nullable String wanted) {
    List<ConsumedCapacity> all = all(wanted, false);
    return all == null || all.isEmpty() ? null : all.getFirst();
  }

  /// What a request about several tables answers; null where it did not ask.
  ///
  /// @param split whether to say how many were read and how many written
  @Nullable List<ConsumedCapacity> all(@Nullable String wanted, boolean split) {
    if (wanted == null || wanted.equals("NONE")) {
      return null;
    }
    return tables.entrySet().stream()
        .map(each -> sdk(each.getKey(), each.getValue(), wanted.equals("INDEXES"), split))
        .toList();
  }

  private ConsumedCapacity sdk(String table, Used used, boolean indexes, boolean split) {
    var to = ConsumedCapacity.builder().tableName(table).capacityUnits(used.all());
    if (split && kind == Kind.READ) {
      to.readCapacityUnits(used.all());
    }
    if (split && kind == Kind.WRITE) {
      to.writeCapacityUnits(used.all());
    }
    if (indexes) {
      to.table(units(used.table));
      if (!used.local.isEmpty()) {
        to.localSecondaryIndexes(units(used.local));
      }
      if (!used.global.isEmpty()) {
        to.globalSecondaryIndexes(units(used.global));
      }
    }
    return to.build();
  }

  private static Map<String, software.amazon.awssdk.services.dynamodb.model.Capacity> units(
      Map<String, Double> units) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.Capacity> sdk =
        new LinkedHashMap<>();
    units.forEach((name, each) -> sdk.put(name, units(each)));
    return sdk;
  }

  private static software.amazon.awssdk.services.dynamodb.model.Capacity units(double units) {
    return software.amazon.awssdk.services.dynamodb.model.Capacity.builder()
        .capacityUnits(units)
        .build();
  }
}
