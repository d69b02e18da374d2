package dev.polder.stepfunctions.execution;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which state each scheduled task of an execution belongs to, and how often that state had been
/// called before: read off the log.
public final class Invocations {
  private final Map<Integer, String> current = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<Long, Place> places = new HashMap<>();

  /// Nothing called yet.
  public Invocations() {}

  /// A call of a state.
  ///
  /// @param number how many came before it in the execution
  public record Place(String state, int number) {}

  /// Takes note of the next entry of the log.
  public synchronized void read(Entry entry) {
    if (!(entry instanceof Entry.HistoryEvent event)) {
      return;
    }
    if (event.detail() instanceof Detail.Entered entered) {
      current.put(event.branch(), entered.name());
    }
    switch (event.type()) {
      case TaskScheduled, LambdaFunctionScheduled, ActivityScheduled -> {
        String state = current.getOrDefault(event.branch(), "");
        int number = counts.merge(state, 1, Integer::sum) - 1;
        places.put(event.id(), new Place(state, number));
      }
      default -> {}
    }
  }

  /// The call that an event scheduled.
  public synchronized Optional<Place> place(long scheduled) {
    return Optional.ofNullable(places.get(scheduled));
  }
}
