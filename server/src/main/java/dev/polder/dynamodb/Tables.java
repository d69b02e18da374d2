package dev.polder.dynamodb;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The tables of all accounts and regions.
final class Tables {
  private static final System.Logger LOG = System.getLogger(Tables.class.getName());

  private final Store store;
  private final Map<Name, OpenTable> open = new ConcurrentHashMap<>();

  private record Name(Scope scope, String name) {}

  Tables(Store store) {
    this.store = store;
  }

  /// The table of this name.
  Optional<OpenTable> find(Scope scope, String name) {
    var wanted = new Name(scope, name);
    OpenTable present = open.get(wanted);
    if (present == null) {
      present = open.computeIfAbsent(wanted, this::load);
    }
    return Optional.ofNullable(present);
  }

  // Statistics hold until the first change after, and go before it. Reading a table writes nothing,
  // so that it can be read from a disk that is full.
  private @Nullable OpenTable load(Name name) {
    byte[] stored = store.get(Keys.table(name.scope, name.name));
    if (stored == null) {
      return null;
    }
    Table table = TableRecords.read(name.scope, stored);
    Key key = Keys.statistics(name.scope, table.id());
    byte[] statistics = store.get(key);
    if (statistics == null) {
      return new OpenTable(table, Statistics.unknown());
    }
    return new OpenTable(
        table, Statistics.read(statistics), () -> store.commit(new Batch().delete(key)));
  }

  /// Makes a table.
  ///
  /// @param also what is to be written with it
  /// @return false if there is one of this name
  boolean create(Table table, Consumer<Batch> also) {
    var made = new boolean[1];
    var _ =
        open.computeIfAbsent(
            new Name(table.scope(), table.name()),
            name -> {
              OpenTable present = load(name);
              if (present != null) {
                return present;
              }
              var batch =
                  new Batch().put(Keys.table(name.scope, name.name), TableRecords.write(table));
              also.accept(batch);
              store.commit(batch);
              made[0] = true;
              return new OpenTable(table, Statistics.empty());
            });
    return made[0];
  }

  /// Removes a table, which is kept from everybody by the caller.
  ///
  /// @param batch removes what it holds
  void drop(OpenTable table, Batch batch) {
    Table dropped = table.table();
    store.commit(batch.delete(Keys.table(dropped.scope(), dropped.name())));
    table.drop();
    open.remove(new Name(dropped.scope(), dropped.name()), table);
  }

  /// Gives a table, which is kept from everybody by the caller, another definition.
  void replace(OpenTable table, Table changed, Batch batch) {
    store.commit(
        batch.put(Keys.table(changed.scope(), changed.name()), TableRecords.write(changed)));
    table.become(changed);
  }

  /// The names of tables in their order.
  ///
  /// @param after begins after this name; null begins with the first
  /// @param most how many at most
  List<String> names(Scope scope, @Nullable String after, int most) {
    Key all = Keys.tables(scope);
    KeyRange range =
        after == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, all.with(after));
    List<String> names = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && names.size() < most) {
        names.add(scan.next().key().string(-1));
      }
    }
    return names;
  }

  /// Every table of which something is true, opened.
  List<OpenTable> all(Predicate<Table> wanted) {
    List<OpenTable> all = new ArrayList<>();
    for (Scope scope : scopes()) {
      try (Scan scan = store.scan(KeyRange.prefix(Keys.tables(scope)))) {
        while (scan.hasNext()) {
          Table table = TableRecords.read(scope, scan.next().value());
          if (wanted.test(table)) {
            find(scope, table.name()).ifPresent(all::add);
          }
        }
      }
    }
    return all;
  }

  /// The accounts and regions that have anything. Finds each by its first key.
  List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>();
    KeyRange rest = KeyRange.prefix(Keys.ALL);
    while (true) {
      Key first;
      try (Scan scan = store.scan(rest)) {
        if (!scan.hasNext()) {
          return scopes;
        }
        first = scan.next().key();
      }
      List<Object> parts = first.parts();
      Key passed = first;
      if (parts.size() > 3) {
        scopes.add(new Scope((String) parts.get(1), (String) parts.get(2)));
        passed = Key.of(parts.subList(0, 3).toArray());
      }
      Key next = KeyRange.prefix(passed).to();
      rest = new KeyRange(next == null ? passed : next, rest.to());
    }
  }

  /// Writes the statistics of every table in use. Nothing may change any more.
  void close() {
    var batch = new Batch();
    for (OpenTable each : open.values()) {
      Table table = each.table();
      if (each.statistics().isKnown()) {
        batch.put(Keys.statistics(table.scope(), table.id()), each.statistics().write());
      }
    }
    if (!batch.isEmpty()) {
      try {
        store.commit(batch);
      } catch (UncheckedIOException e) {
        LOG.log(WARNING, () -> "Items will be counted anew: " + e.getMessage());
      }
    }
  }
}
