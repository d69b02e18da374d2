package dev.polder.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.store.Batch;
import dev.polder.store.Store;
import java.util.TreeSet;

/// The sequence numbers of stream records, which only ever rise.
///
/// A number is drawn before its record is on disk, and records of different items may reach the
/// disk in another order than their numbers. A reader must therefore stop before the lowest number
/// that is still on its way, or it would pass over a record that comes later.
final class Sequences {
  // Numbers are set aside in blocks, so that none comes again after a crash.
  private static final long BLOCK = 1_000_000;

  private final Store store;
  // The first of each draw.
  private final TreeSet<Long> underway = new TreeSet<>();
  private long next;
  private long ceiling;

  Sequences(Store store) {
    this.store = store;
    byte[] stored = store.get(Keys.SEQUENCE);
    this.next = stored == null ? 1 : Long.parseLong(new String(stored, UTF_8));
    this.ceiling = next;
  }

  /// Draws numbers that follow one another, which are on their way until [#done].
  ///
  /// @return the first
  synchronized long draw(int count) {
    if (next + count > ceiling) {
      long raised = ceiling + Math.max(BLOCK, count);
      store.commit(new Batch().put(Keys.SEQUENCE, Long.toString(raised).getBytes(UTF_8)));
      ceiling = raised;
    }
    long first = next;
    underway.add(first);
    next += count;
    return first;
  }

  /// The records of numbers that were drawn together are on disk, or never will be.
  synchronized void done(long first) {
    underway.remove(first);
  }

  /// The number that will be drawn next.
  synchronized long next() {
    return next;
  }

  /// No record will ever appear below this number that is not there by now.
  synchronized long horizon() {
    return underway.isEmpty() ? next : underway.first();
  }
}
