package dev.polder.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The store on RocksDB. A [GroupCommit] gathers the commits that wait, has them written as one
/// batch, and has the log synced.
public final class RocksStore implements Store {
  static {
    RocksDB.loadLibrary();
  }

  private static final int MOST_AHEAD = 64;
  private static final long MOST_AHEAD_BYTES = 64 << 10;

  private final LRUCache cache = new LRUCache(32L << 20);
  private final BloomFilter bloom = new BloomFilter(10);
  private final Options options;
  private final WriteOptions logged = new WriteOptions().setSync(false);
  private final RocksDB db;
  private final GroupCommit commits;
  // Reads hold the read lock so that close() cannot pull the native database from under them.
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  private RocksStore(Path directory) throws RocksDBException {
    this.options =
        new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(32L << 20)
            .setMaxWriteBufferNumber(3)
            .setMaxTotalWalSize(256L << 20)
            .setKeepLogFileNum(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
    this.db = RocksDB.open(options, directory.toString());
    this.commits = new GroupCommit(this::write, this::sync, this::get);
  }

  /// Opens the store of a directory, which is made where it is missing.
  ///
  /// @throws UncheckedIOException if another process has it open, or it cannot be read
  public static Store open(Path directory) {
    try {
      Files.createDirectories(directory);
      return new RocksStore(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RocksDBException e) {
      throw failed(
          String.valueOf(e.getMessage()).contains("lock ")
              ? "Another process has the data directory of " + directory + " open"
              : "Cannot open the store in " + directory,
          e);
    }
  }

  @Override
  public byte @Nullable [] get(Key key) {
    return reading(() -> {
      try {
        return db.get(key.encoded());
      } catch (RocksDBException e) {
        throw failed("Cannot read", e);
      }
    });
  }

  @Override
  public Scan scan(KeyRange range) {
    return reading(() -> new Cursor(range, false, null));
  }

  @Override
  public Scan scanReverse(KeyRange range) {
    return reading(() -> new Cursor(range, true, null));
  }

  @Override
  public Snapshot snapshot() {
    return reading(() -> new Moment(db.getSnapshot()));
  }

  @Override
  public void commit(Batch batch) {
    commits.commit(batch);
  }

  private void write(List<Batch.Line> lines) {
    try (var batch = new WriteBatch(WriteBatchEncoding.of(lines))) {
      db.write(logged, batch);
    } catch (RocksDBException e) {
      throw failed("Cannot write", e);
    }
  }

  private void sync() {
    try {
      db.syncWal();
    } catch (RocksDBException e) {
      throw failed("Cannot write", e);
    }
  }

  private <T extends @Nullable Object> T reading(Supplier<T> action) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The store is closed");
      }
      return action.get();
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public void close() {
    commits.close();
    open.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      db.close();
      options.close();
      logged.close();
      bloom.close();
      cache.close();
    } finally {
      open.writeLock().unlock();
    }
  }

  private static UncheckedIOException failed(String what, RocksDBException e) {
    return new UncheckedIOException(what + ": " + e.getMessage(), new IOException(e));
  }

  /// Walks a range. The end is a bound of the native iterator, so that it never reads past it.
  private final class Cursor implements Scan {
    private final ReadOptions read = new ReadOptions();
    private final @Nullable Slice upper;
    private final Slice lower;
    private final RocksIterator iterator;
    private final boolean reverse;
    private final Queue<Entry> ahead = new ArrayDeque<>();
    private int step = 1;
    private boolean done;

    Cursor(KeyRange range, boolean reverse, org.rocksdb.@Nullable Snapshot at) {
      this.reverse = reverse;
      this.lower = new Slice(range.from().encoded());
      Key to = range.to();
      this.upper = to == null ? null : new Slice(to.encoded());
      read.setIterateLowerBound(lower);
      if (upper != null) {
        read.setIterateUpperBound(upper);
      }
      if (at != null) {
        read.setSnapshot(at);
      }
      this.iterator = db.newIterator(read);
      if (reverse) {
        iterator.seekToLast();
      } else {
        iterator.seekToFirst();
      }
    }

    @Override
    public boolean hasNext() {
      if (ahead.isEmpty() && !done) {
        reading(this::readAhead);
      }
      return !ahead.isEmpty();
    }

    /// Reads some entries at once, the more the longer the walk has become: going in and out of the
    /// store costs as much as an entry.
    private @Nullable Void readAhead() {
      long bytes = 0;
      for (int i = 0; i < step && bytes < MOST_AHEAD_BYTES && iterator.isValid(); i++) {
        var entry = new Entry(Key.own(iterator.key()), iterator.value());
        bytes += entry.value().length;
        ahead.add(entry);
        if (reverse) {
          iterator.prev();
        } else {
          iterator.next();
        }
      }
      step = Math.min(2 * step, MOST_AHEAD);
      try {
        iterator.status(); // not valid at the end, and neither where the disk cannot be read
      } catch (RocksDBException e) {
        throw failed("Cannot read", e);
      }
      return null;
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ahead.remove();
    }

    @Override
    public void close() {
      if (done) {
        return;
      }
      done = true;
      open.readLock().lock();
      try {
        iterator.close(); // does nothing once the database is closed
      } finally {
        open.readLock().unlock();
      }
      read.close();
      lower.close();
      if (upper != null) {
        upper.close();
      }
    }
  }

  private final class Moment implements Snapshot {
    private final org.rocksdb.Snapshot at;
    private final ReadOptions read;

    Moment(org.rocksdb.Snapshot at) {
      this.at = at;
      this.read = new ReadOptions().setSnapshot(at);
    }

    @Override
    public byte @Nullable [] get(Key key) {
      return reading(() -> {
        try {
          return db.get(read, key.encoded());
        } catch (RocksDBException e) {
          throw failed("Cannot read", e);
        }
      });
    }

    @Override
    public Scan scan(KeyRange range) {
      return reading(() -> new Cursor(range, false, at));
    }

    @Override
    public Scan scanReverse(KeyRange range) {
      return reading(() -> new Cursor(range, true, at));
    }

    @Override
    public void close() {
      reading(() -> {
        db.releaseSnapshot(at);
        read.close();
        return Arrays.asList();
      });
    }
  }
}
