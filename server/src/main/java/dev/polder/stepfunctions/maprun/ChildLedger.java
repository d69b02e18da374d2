package dev.polder.stepfunctions.maprun;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Which children of a run have begun and which have ended: a bit each. Not for several threads.
final class ChildLedger {
  private final BitSet begun = new BitSet();
  private final BitSet ended = new BitSet();

  /// No child before this one is still to be begun.
  private int next;

  private int running;

  /// Of all children the first that has not begun; it has then. Empty where all have.
  OptionalInt begin(int children) {
    next = begun.nextClearBit(next);
    if (next >= children) {
      return OptionalInt.empty();
    }
    runs(next);
    return OptionalInt.of(next);
  }

  /// Notes a child that had begun, and whose end is still to be counted.
  void runs(int child) {
    begun.set(child);
    running++;
  }

  /// Notes a child whose end had been counted before.
  void over(int child) {
    begun.set(child);
    ended.set(child);
  }

  void end(int child) {
    ended.set(child);
    running--;
  }

  boolean hasEnded(int child) {
    return ended.get(child);
  }

  /// How many run.
  int running() {
    return running;
  }

  /// Those that run.
  IntStream open() {
    BitSet open = (BitSet) begun.clone();
    open.andNot(ended);
    return open.stream();
  }
}
