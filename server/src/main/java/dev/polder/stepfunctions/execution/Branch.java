package dev.polder.stepfunctions.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of states in an execution: the whole (number 0), a branch of a Parallel state, or an
/// iteration of a Map state. Changed by [ExecutionState] alone, as entries of the log say.
final class Branch {
  static final int ROOT = 0;

  final int id;
  final int parent;
  final int index;
  final Entry.@Nullable Item item;

  /// The event that the next one follows.
  long chain;

  /// The state it is in, empty before the first.
  String state = "";

  long enteredId;

  /// What `chain` was when the state was entered.
  long chainBefore;

  long enteredAt;
  Payload input;
  Standing standing = Standing.Running.RUNNING;

  /// Attempts used, by the position of the retrier.
  List<Integer> attempts = List.of();

  /// The variables of this scope alone.
  final Map<String, Payload> variables = new LinkedHashMap<>();

  Branch(int id, int parent, int index, long chain, Payload input, Entry.@Nullable Item item) {
    this.id = id;
    this.parent = parent;
    this.index = index;
    this.chain = chain;
    this.input = input;
    this.item = item;
  }

  boolean isRoot() {
    return id == ROOT;
  }

  /// How often the state has been tried again.
  int retries() {
    int sum = 0;
    for (int each : attempts) {
      sum += each;
    }
    return sum;
  }

  int attempts(int retrier) {
    return retrier < attempts.size() ? attempts.get(retrier) : 0;
  }

  void countAttempt(int retrier) {
    List<Integer> next = new ArrayList<>(attempts);
    while (next.size() <= retrier) {
      next.add(0);
    }
    next.set(retrier, next.get(retrier) + 1);
    attempts = List.copyOf(next);
  }
}
