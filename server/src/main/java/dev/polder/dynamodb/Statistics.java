package dev.polder.dynamodb;

import dev.polder.kernel.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many items a table and its indexes hold and how large they are, kept in memory and written
/// when the process ends; after a crash they are counted anew. The real service brings its figures
/// up to date every six hours or so.
final class Statistics {
  private static final long TABLE = 0;

  private final Map<Long, Tally> tallies = new ConcurrentHashMap<>();
  private final Tally items;
  private volatile boolean known;

  /// The items of a table, or the entries of an index.
  static final class Tally {
    private final LongAdder items = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void add(long number, long size) {
      items.add(number);
      bytes.add(size);
    }

    long items() {
      return Math.max(0, items.sum());
    }

    long bytes() {
      return Math.max(0, bytes.sum());
    }

    private void reset() {
      items.reset();
      bytes.reset();
    }
  }

  /// What a change adds to a tally once it is on disk.
  record Growth(Tally tally, int items, long bytes) {
    void apply() {
      tally.add(items, bytes);
    }
  }

  private Statistics(boolean known) {
    this.known = known;
    this.items = of(TABLE);
  }

  /// Those of a table that holds nothing yet.
  static Statistics empty() {
    return new Statistics(true);
  }

  /// Those of a table that must be counted.
  static Statistics unknown() {
    return new Statistics(false);
  }

  static Statistics read(byte[] stored) {
    var read = new Statistics(true);
    JsonObject in = JsonObject.of(stored);
    for (String number : in.names()) {
      JsonObject tally = in.object(number);
      read.of(Long.parseLong(number)).add(tally.number("items"), tally.number("bytes"));
    }
    return read;
  }

  byte[] write() {
    Map<String, Object> out = new LinkedHashMap<>();
    tallies.forEach((number, tally) ->
        out.put(Long.toString(number), Map.of("items", tally.items(), "bytes", tally.bytes())));
    return JsonObject.bytes(out);
  }

  /// False until the table was counted.
  boolean isKnown() {
    return known;
  }

  /// Begins to count: what is added from here on is added to what will be found.
  void begin() {
    tallies.values().forEach(Tally::reset);
    known = true;
  }

  /// Has the table counted anew when next somebody asks.
  void recount() {
    known = false;
  }

  /// The tally of the table's own items.
  Tally items() {
    return items;
  }

  /// The tally of an index.
  Tally of(long number) {
    return tallies.computeIfAbsent(number, _ -> new Tally());
  }

  void forget(long number) {
    tallies.remove(number);
  }
}
