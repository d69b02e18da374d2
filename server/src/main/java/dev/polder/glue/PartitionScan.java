package dev.polder.glue;

import dev.polder.glue.expression.PartitionFilter;
import dev.polder.glue.expression.Truth;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Walks the partitions of a table that a filter selects.
///
/// A filter is asked about ever longer leading values. Where it rules out all partitions that begin
/// with the same values, the walk first reads on, in case they are few, and then jumps over them:
/// `month = '5' AND year = '2020'` costs little more than what it selects.
final class PartitionScan {
  private static final int PATIENCE = 16;

  private final Store store;
  private final PartitionRecords records;
  private final @Nullable PartitionFilter filter;
  private final List<Truth> decided = new ArrayList<>();
  private List<String> before = List.of();

  PartitionScan(Store store, PartitionRecords records, @Nullable PartitionFilter filter) {
    this.store = store;
    this.records = records;
    this.filter = filter;
  }

  /// Hands over each partition selected in the range, until the taker has enough.
  ///
  /// @param take the values and the entry; answers whether to go on
  void walk(KeyRange range, BiPredicate<List<String>, Scan.Entry> take) {
    KeyRange rest = range;
    while (rest != null) {
      rest = stretch(rest, take);
    }
  }

  /// Walks until the end, or until a jump pays. Answers where to go on.
  private @Nullable KeyRange stretch(KeyRange range, BiPredicate<List<String>, Scan.Entry> take) {
    int refused = 0;
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        List<String> values = PartitionRecords.values(entry.key());
        int depth = refusedAt(values);
        if (depth > values.size()) {
          refused = 0;
          if (!take.test(values, entry)) {
            return null;
          }
        } else if (depth < values.size() && ++refused >= PATIENCE) {
          Key end = KeyRange.prefix(records.key(values.subList(0, depth))).to();
          return end == null ? null : new KeyRange(end, range.to());
        }
      }
    }
    return null;
  }

  /// How many leading values already rule a partition out; more than it has if it is selected.
  private int refusedAt(List<String> values) {
    if (filter == null) {
      return values.size() + 1;
    }
    int common = 0;
    int most = Math.min(Math.min(values.size(), before.size()), decided.size());
    while (common < most && values.get(common).equals(before.get(common))) {
      common++;
    }
    decided.subList(common, decided.size()).clear();
    before = values;
    for (int depth = 1; depth <= values.size(); depth++) {
      if (decided.size() < depth) {
        decided.add(filter.test(values.subList(0, depth)));
      }
      switch (decided.get(depth - 1)) {
        case FALSE -> {
          return depth;
        }
        case TRUE -> {
          return values.size() + 1;
        }
        case OPEN -> {}
      }
    }
    return values.size();
  }
}
