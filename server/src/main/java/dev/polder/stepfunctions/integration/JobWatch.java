package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Event;
import dev.polder.kernel.Events;
import dev.polder.kernel.time.Time;
import dev.polder.stepfunctions.execution.Standing.Job;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Hears from other services that a query or a crawl has changed, and passes on what may be over.
public final class JobWatch implements AutoCloseable {
  private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING", "Started", "STOPPING");

  private final Events.Subscription subscription;

  /// @param changed told of a job that may be over; runs on a thread of its own
  public JobWatch(Events events, Time time, Consumer<Job> changed) {
    this.subscription =
        events.subscribe(
            event -> job(event).ifPresent(job -> time.run("job", () -> changed.accept(job))));
  }

  private static Optional<Job> job(Event event) {
    return switch (event.source()) {
      case "aws.athena" -> job(event, Jobs.QUERY, "queryExecutionId", "currentState");
      case "aws.glue" ->
          event.detailType().equals("Glue Crawler State Change")
              ? job(event, Jobs.CRAWL, "crawlerName", "state")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Job> job(Event event, String kind, String name, String state) {
    return event.detail().get(name) instanceof String named
            && !OPEN.contains(String.valueOf(event.detail().get(state)))
        ? Optional.of(new Job(kind, Jobs.id(event.scope(), named)))
        : Optional.empty();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
