package dev.polder.dynamodb;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Store;

/// The parts of the service, put together.
final class Engine implements AutoCloseable {
  private final Store store;
  private final RecentItems recent = new RecentItems();
  private final Tables tables;
  private final Streams streams;
  private final Background background;
  private final Backfill backfill;
  private final Expiry expiry;
  private final TableOperations tableOperations;
  private final ItemOperations items;
  private final BatchOperations batches;
  private final TransactionOperations transactions;
  private final StatementOperations statements;
  private final SettingOperations settings;
  private final AbsentOperations absent;
  private final Copies copies;
  private final Backups kept;
  private final History history;
  private final BackupOperations backups;
  private final RestoreOperations restores;
  private final TagOperations tags;
  private final StreamOperations streamOperations;

  Engine(Platform platform) {
    this.store = platform.store();
    this.tables = new Tables(store);
    this.streams = new Streams(platform);
    this.background = new Background(platform.time());
    this.expiry = new Expiry(store, platform.time(), background);
    this.history = new History(store, platform.time(), streams.sequences());
    this.copies = new Copies(store);
    this.kept = new Backups(platform, copies);
    var writer = new Writer(store, recent, streams, history, expiry);
    expiry.use(writer);
    this.backfill = new Backfill(store, background, tables, writer, expiry);
    var counting = new Counting(store, background);
    this.tableOperations = new TableOperations(platform, tables, streams, backfill, counting, kept);
    this.items = new ItemOperations(tables, store, writer);
    this.batches = new BatchOperations(tables, store, writer);
    this.transactions =
        new TransactionOperations(tables, store, writer, new Tokens(store, platform.time()));
    this.statements = new StatementOperations(tables, store, writer, transactions);
    this.settings = new SettingOperations(platform, tables, tableOperations, backfill);
    this.absent = new AbsentOperations(tables, tableOperations);
    this.backups = new BackupOperations(platform, tables, kept);
    this.restores = new RestoreOperations(platform, tables, kept, copies);
    this.tags = new TagOperations(store, tables);
    this.streamOperations = new StreamOperations(platform, streams);
  }

  /// Takes up what was open when the process last ended.
  void start() {
    for (Scope scope : tables.scopes()) {
      streams.trim(scope);
      copies.sweep(scope);
      kept.sweep(scope);
    }
    tables.all(each -> each.recovery() != null).forEach(each -> history.trim(each.table()));
    for (OpenTable table :
        tables.all(each -> each.timeToLive() != null || Backfill.isNeeded(each))) {
      if (table.table().timeToLive() != null) {
        expiry.schedule(table);
      }
      backfill.begin(table);
    }
  }

  @Override
  public void close() {
    background.close();
    tables.close();
  }

  Store store() {
    return store;
  }

  RecentItems recent() {
    return recent;
  }

  Tables tables() {
    return tables;
  }

  TableOperations tableOperations() {
    return tableOperations;
  }

  ItemOperations items() {
    return items;
  }

  BatchOperations batches() {
    return batches;
  }

  TransactionOperations transactions() {
    return transactions;
  }

  StatementOperations statements() {
    return statements;
  }

  SettingOperations settings() {
    return settings;
  }

  AbsentOperations absent() {
    return absent;
  }

  BackupOperations backups() {
    return backups;
  }

  RestoreOperations restores() {
    return restores;
  }

  TagOperations tags() {
    return tags;
  }

  StreamOperations streamOperations() {
    return streamOperations;
  }
}
