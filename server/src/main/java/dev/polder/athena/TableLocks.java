package dev.polder.athena;

import dev.polder.kernel.Scope;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Keeps readers from seeing a table half published: a reader holds its lock while it lists
/// partitions and files, a writer while it moves files and registers partitions.
///
/// A fixed number of locks stands for all tables; no thread ever holds two.
final class TableLocks {
  private final ReadWriteLock[] stripes = new ReadWriteLock[64];

  TableLocks() {
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new ReentrantReadWriteLock(true);
    }
  }

  private ReadWriteLock of(Scope scope, String database, String table) {
    return stripes[Math.floorMod(Objects.hash(scope, database, table), stripes.length)];
  }

  Lock reading(Scope scope, String database, String table) {
    return of(scope, database, table).readLock();
  }

  Lock publishing(Scope scope, String database, String table) {
    return of(scope, database, table).writeLock();
  }
}
