package dev.polder.athena;

import java.util.function.Consumer;

/// How a statement changes its record when it ends well.
record Outcome(Consumer<QueryRecord.Change> edit) {

  static Outcome nothing() {
    return new Outcome(_ -> {});
  }
}
