package dev.polder.glue;

import dev.polder.glue.crawler.Classification;
import dev.polder.glue.crawler.Finding;
import dev.polder.glue.crawler.Folder;
import dev.polder.glue.crawler.Format;
import dev.polder.glue.crawler.Glob;
import dev.polder.glue.crawler.Schema;
import dev.polder.glue.crawler.Totals;
import dev.polder.kernel.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Looks into the files of a lake: a few at a time, on threads of their own, each no further than a
/// sample. What it keeps grows with the number of folders, not of files or bytes.
final class LakeSampler {
  private static final int AT_ONCE = 2 * Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final int SHAPES = 10_000;

  /// What many files share, kept once.
  private record Shape(Format format, Schema schema, List<String> paths) {}

  private final Lake lake;
  private final Classification classification;
  private final List<Glob> exclusions;
  private final int sampleSize;
  private final BooleanSupplier stops;
  private final CrawlLog log;
  private final ConcurrentHashMap<Shape, Shape> shapes = new ConcurrentHashMap<>();

  /// @param exclusions over keys below the include path
  /// @param sampleSize how many files of a folder are looked into; 0 for all
  /// @param stops asked before each file whether to give up
  LakeSampler(
      Lake lake,
      Classification classification,
      List<Glob> exclusions,
      int sampleSize,
      BooleanSupplier stops,
      CrawlLog log) {
    this.lake = lake;
    this.classification = classification;
    this.exclusions = exclusions;
    this.sampleSize = sampleSize;
    this.stops = stops;
    this.log = log;
  }

  /// The folders below a folder, by key, whose files were looked into.
  ///
  /// @param include the include path, to which keys and exclusions are relative
  /// @param below folders below it, none within another; an empty one is the include path itself
  TreeMap<String, Folder> folders(S3Location include, List<String> below) {
    var walk = new Walk(include);
    try (walk.threads) {
      below.forEach(walk::list);
    }
    checkStop(walk.failure.get());
    return walk.folders;
  }

  /// One pass over files, each sampled on a thread of its own once a permit is free.
  private final class Walk {
    final TreeMap<String, Folder> folders = new TreeMap<>();
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final S3Location include;
    private final Map<String, Integer> looked = new HashMap<>();
    private final Semaphore permits = new Semaphore(AT_ONCE);

    Walk(S3Location include) {
      this.include = include;
    }

    void list(String below) {
      try (var entries = lake.list(include.bucket(), include.key() + below)) {
        for (var entry : (Iterable<Lake.Entry>) entries::iterator) {
          checkStop(failure.get());
          String key = entry.key().substring(include.key().length());
          if (isData(key, entry.size())) {
            take(key, entry);
          }
        }
      }
    }

    private void take(String key, Lake.Entry entry) {
      String name = key.substring(0, key.lastIndexOf('/') + 1);
      Folder folder = folders.computeIfAbsent(name, Folder::new);
      if (sampleSize > 0 && looked.merge(name, 1, Integer::sum) > sampleSize) {
        folder.count(entry.size());
        return;
      }
      permits.acquireUninterruptibly();
      threads.execute(() -> {
        try {
          sample(folder, key, entry.file(), entry.size());
        } catch (RuntimeException | Error e) {
          failure.set(e);
        } finally {
          permits.release();
        }
      });
    }
  }

  private void checkStop(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(failure);
    }
    if (stops.getAsBoolean()) {
      throw new CrawlStoppedException();
    }
  }

  /// Hidden names, as query engines understand them, hold no data, nor do empty objects and the
  /// markers of folders.
  private boolean isData(String key, long size) {
    if (size == 0 || key.endsWith("/") || key.endsWith("_$folder$")) {
      return false;
    }
    for (int at = 0; at >= 0 && at < key.length(); at = key.indexOf('/', at) + 1) {
      char first = key.charAt(at);
      if (first == '_' || first == '.') {
        return false;
      }
      if (key.indexOf('/', at) < 0) {
        break;
      }
    }
    return exclusions.stream().noneMatch(glob -> glob.matches(key));
  }

  private void sample(Folder folder, String key, Path file, long size) {
    switch (find(file)) {
      case Finding.Recognised found -> {
        Finding.Recognised shared = shared(found);
        folder.add(key, size, shared);
        found.warnings().forEach(warning -> log.warn(key + ": " + warning));
      }
      case Finding.Unrecognised(String reason) -> {
        folder.count(size);
        log.warn(key + " was skipped: " + reason);
      }
      case Finding.Other() -> folder.count(size);
    }
  }

  private Finding find(Path file) {
    try (FileSource source = FileSource.open(file)) {
      return classification.classify(source);
    } catch (IOException e) {
      return new Finding.Unrecognised("it cannot be read: " + e.getMessage());
    }
  }

  private Finding.Recognised shared(Finding.Recognised found) {
    var shape = new Shape(found.format(), found.schema(), found.paths());
    Shape first = shapes.size() < SHAPES ? shapes.putIfAbsent(shape, shape) : shapes.get(shape);
    Shape kept = first == null ? shape : first;
    return new Finding.Recognised(
        kept.format(), kept.schema(), found.records(), found.recordSize(), kept.paths(), List.of());
  }

  /// The files directly in a folder, each by itself.
  List<Folder.Summary> files(S3Location include, Folder folder) {
    List<Folder.Summary> files = new ArrayList<>();
    try (var entries = lake.list(include.bucket(), include.key() + folder.key())) {
      for (var entry : (Iterable<Lake.Entry>) entries::iterator) {
        checkStop(null);
        String key = entry.key().substring(include.key().length());
        boolean direct = key.indexOf('/', folder.key().length()) < 0;
        if (direct
            && isData(key, entry.size())
            && find(entry.file()) instanceof Finding.Recognised found) {
          files.add(one(key, entry.size(), shared(found)));
        }
      }
    }
    return files;
  }

  private static Folder.Summary one(String key, long size, Finding.Recognised found) {
    return new Folder.Summary(
        key, found.format(), found.schema(), found.paths(), new Totals(1, size, found.records()));
  }
}
