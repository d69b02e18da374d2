package dev.polder.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes that take effect together or not at all, and what must hold for them to. Later changes
/// of the same key win. Used by one thread.
public final class Batch {

  /// One line of a batch.
  sealed interface Line permits Put, Delete, DeleteRange, Require {}

  record Put(Key key, byte[] value) implements Line {}

  record Delete(Key key) implements Line {}

  record DeleteRange(KeyRange range) implements Line {}

  record Require(Key key, byte @Nullable [] value) implements Line {}

  private final List<Line> lines = new ArrayList<>();

  /// Sets a value. The array must not be changed afterwards.
  public Batch put(Key key, byte[] value) {
    lines.add(new Put(key, value));
    return this;
  }

  /// Removes a key, present or not.
  public Batch delete(Key key) {
    lines.add(new Delete(key));
    return this;
  }

  /// Removes every key of a range.
  public Batch deleteRange(KeyRange range) {
    lines.add(new DeleteRange(range));
    return this;
  }

  /// Demands that a key has exactly this value (null: is absent) when the batch takes effect,
  /// before any of its changes.
  public Batch require(Key key, byte @Nullable [] value) {
    lines.add(new Require(key, value));
    return this;
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  List<Line> lines() {
    return lines;
  }
}
