package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.dynamodb.item.Item;
import dev.polder.kernel.time.Time;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Deletes items whose time has come. Their expiries are kept in order in the store; of each table
/// only the next one is a timer.
///
/// The real service deletes within days; here an item goes in the second after the one it names. An
/// expiry of more than five years ago is taken for a mistake, as the real service does.
final class Expiry implements Writer.Expiries {
  private static final int PAGE = 100;

  private final Store store;
  private final Time time;
  private final Background background;
  private final Map<OpenTable, Next> next = new ConcurrentHashMap<>();
  private @Nullable Writer writer;

  /// The next expiry of a table that is waited for.
  private record Next(long second, Time.Timer timer) {}

  Expiry(Store store, Time time, Background background) {
    this.store = store;
    this.time = time;
    this.background = background;
  }

  /// Sets what deletes items, once.
  void use(Writer given) {
    this.writer = given;
  }

  @Override
  public void due(OpenTable table, long second) {
    Next waiting = next.get(table);
    if ((waiting == null || second < waiting.second) && second > now() - Layout.OLDEST_EXPIRY) {
      next.compute(table, (_, present) -> earlier(table, present, second));
    }
  }

  private Next earlier(OpenTable table, @Nullable Next present, long second) {
    if (present != null && present.second <= second) {
      return present;
    }
    if (present != null) {
      boolean _ = present.timer.cancel();
    }
    Instant due = Instant.ofEpochSecond(Math.min(second, Instant.MAX.getEpochSecond() - 1) + 1);
    return new Next(second, time.at(due, () -> background.perform("expiry", () -> sweep(table))));
  }

  /// Waits for the first expiry of a table that is in the store.
  void schedule(OpenTable table) {
    try (Scan scan = store.scan(from(table.layout(), now() - Layout.OLDEST_EXPIRY))) {
      if (scan.hasNext()) {
        due(table, scan.next().key().number(-2));
      }
    }
  }

  private static KeyRange from(Layout layout, long second) {
    Key expiries = layout.expiries();
    return new KeyRange(expiries.with(second), KeyRange.prefix(expiries).to());
  }

  private void sweep(OpenTable table) {
    Next _ = next.remove(table);
    while (!background.isClosing() && !table.isDropped()) {
      List<Key> items = expired(table.layout());
      if (items.isEmpty()) {
        schedule(table);
        return;
      }
      delete(table, items);
    }
  }

  private List<Key> expired(Layout layout) {
    long now = now();
    KeyRange range =
        new KeyRange(
            layout.expiries().with(now - Layout.OLDEST_EXPIRY), layout.expiries().with(now));
    List<Key> items = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && items.size() < PAGE) {
        List<Object> parts = scan.next().key().parts();
        items.add(Key.decode((byte[]) parts.getLast()));
      }
    }
    return items;
  }

  private void delete(OpenTable table, List<Key> items) {
    List<Step> steps =
        items.stream().map(item -> new Step(table, item, before -> left(table, before))).toList();
    if (writer != null) {
      List<Outcome> _ = writer.write(steps, Writer.Together.PLAIN, Origin.EXPIRY);
    }
  }

  /// The item, unless it has expired: somebody may have given it more time meanwhile.
  private @Nullable Item left(OpenTable table, @Nullable Item item) {
    long now = now();
    return table.layout().expires(item).stream().anyMatch(second -> Layout.isExpired(second, now))
        ? null
        : item;
  }

  private long now() {
    return time.instant().getEpochSecond();
  }
}
