package dev.polder.dynamodb;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Snapshot;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The backups of all tables. One is made before it is answered: what it holds is what the table
/// held when it was asked for.
final class Backups {
  private final Platform platform;
  private final Store store;
  private final Copies copies;
  // Those that tables are being restored from.
  private final Set<Key> used = ConcurrentHashMap.newKeySet();

  Backups(Platform platform, Copies copies) {
    this.platform = platform;
    this.store = platform.store();
    this.copies = copies;
  }

  /// Copies a table.
  Backup make(OpenTable table, String name) {
    Table source;
    Snapshot snapshot;
    try (var _ = table.enter()) {
      source = table.table();
      if (table.isDropped()) {
        throw DynamoDbErrors.noTableToBackUp(source.name());
      }
      snapshot = store.snapshot();
    }
    String tie = platform.ids().uuid().substring(0, 8);
    Backup empty = Backup.asked(name, platform.time().instant(), tie, source, 0, 0);
    try (snapshot;
        Copies.Copy copy = copies.begin(source.scope(), platform.ids().uuid(), empty.data())) {
      var space = new Space(empty.data(), source.key(), null);
      Key items = Layout.items(source.scope(), source.id());
      try (Scan scan = snapshot.scan(KeyRange.prefix(items))) {
        scan.forEachRemaining(entry -> copy.add(space, entry.value()));
      }
      Backup made = Backup.asked(name, empty.created(), tie, source, copy.items(), copy.bytes());
      var batch = new Batch().put(made.key(), made.write());
      copy.last(batch);
      store.commit(batch);
      copy.finish();
      return made;
    }
  }

  /// Has a batch remove all that a table holds, except what a backup keeps of one with
  /// point-in-time recovery.
  void clear(Batch batch, Layout layout, Statistics statistics) {
    Table table = layout.table();
    if (table.recovery() == null) {
      batch.deleteRange(layout.everything());
      return;
    }
    Backup last = Backup.last(platform.time().instant(), table, statistics);
    batch.put(last.key(), last.write());
    History.forget(batch, table);
    batch.deleteRange(KeyRange.prefix(layout.expiries()));
    layout.indexes().forEach(entries -> batch.deleteRange(entries.space().all()));
  }

  /// The backup of an ARN as the caller gave it, in which the real service overlooks the region.
  Backup existing(Scope scope, String arn) {
    String[] path = path(scope, arn);
    byte[] stored = store.get(Keys.backups(scope).with(path[1], path[3]));
    return Optional.ofNullable(stored)
        .map(bytes -> Backup.read(scope, bytes))
        .filter(backup -> !backup.isExpired(platform.time().instant()))
        .orElseThrow(() -> DynamoDbErrors.noBackup(arn));
  }

  /// The words of a backup's ARN: `table`, the table, `backup`, the identifier.
  static String[] path(Scope scope, String given) {
    Arn arn = Arn.parse(given).orElseThrow(() -> DynamoDbErrors.invalid("Invalid Backup ARN"));
    if (!arn.service().equals("dynamodb") || !arn.partition().equals("aws")) {
      throw DynamoDbErrors.request("BackupArn is not valid");
    }
    String[] path = arn.resource().split("/", -1);
    if (path.length != 4 || !path[0].equals("table") || !path[2].equals("backup")) {
      throw DynamoDbErrors.invalid("Invalid Backup ARN");
    }
    if (!arn.account().equals(scope.account())) {
      throw DynamoDbErrors.accessDenied("Access is denied");
    }
    return path;
  }

  /// Backups by their tables and then by age.
  ///
  /// @param table only those of this one; null for all
  /// @param after begins after the backup that was or could be here; null begins with the first
  List<Backup> list(
      Scope scope,
      @Nullable String table,
      @Nullable Key after,
      Predicate<Backup> wanted,
      int most) {
    Key all = Keys.backups(scope);
    Key within = table == null ? all : all.with(table);
    KeyRange range = after == null ? KeyRange.prefix(within) : KeyRange.prefixAfter(within, after);
    List<Backup> found = new ArrayList<>();
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && found.size() < most) {
        var backup = Backup.read(scope, scan.next().value());
        if (wanted.test(backup) && !backup.isExpired(platform.time().instant())) {
          found.add(backup);
        }
      }
    }
    return found;
  }

  /// Removes a backup.
  void delete(Backup backup) {
    if (!used.add(backup.key())) {
      throw DynamoDbErrors.backupInUse("Backup is being used to restore table: " + backup.arn());
    }
    try {
      store.commit(new Batch().delete(backup.key()).deleteRange(KeyRange.prefix(backup.data())));
    } finally {
      used.remove(backup.key());
    }
  }

  /// Keeps a backup from being removed, and from being used a second time, until closed.
  OpenTable.Gate use(Backup backup) {
    if (!used.add(backup.key())) {
      throw DynamoDbErrors.backupInUse(
          "Backup is being used to restore another table: " + backup.arn());
    }
    return () -> used.remove(backup.key());
  }

  /// Removes the backups of an account and region whose time is over.
  void sweep(Scope scope) {
    List<Backup> over = new ArrayList<>();
    try (Scan scan = store.scan(KeyRange.prefix(Keys.backups(scope)))) {
      while (scan.hasNext()) {
        var backup = Backup.read(scope, scan.next().value());
        if (backup.isExpired(platform.time().instant())) {
          over.add(backup);
        }
      }
    }
    over.forEach(this::delete);
  }
}
