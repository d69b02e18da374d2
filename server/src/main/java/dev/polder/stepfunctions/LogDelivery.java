package dev.polder.stepfunctions;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// Brings the log lines of executions to their log groups, many in one call and beside the
/// executions. Who brings lines faster than they can be written waits. Lines that had not been
/// written when the process ended are lost, as the real service promises no more.
final class LogDelivery {
  private static final System.Logger LOG = System.getLogger(LogDelivery.class.getName());
  private static final int WAITING = 10_000;
  private static final int EVENTS_AT_ONCE = 1000;
  private static final int BYTES_AT_ONCE = 900_000;

  private final Clients clients;
  private final Time time;
  private final Semaphore room = new Semaphore(WAITING);
  private List<Line> waiting = new ArrayList<>();
  private boolean delivering;

  LogDelivery(Clients clients, Time time) {
    this.clients = clients;
    this.time = time;
  }

  /// A line for a log.
  ///
  /// @param at milliseconds since the epoch
  record Line(Place place, long at, String message) {}

  /// Where lines go.
  ///
  /// @param groupArn the ARN of a log group, with `:*` at its end
  record Place(Scope scope, String groupArn, String stream) {

    Optional<String> group() {
      return Arn.parse(groupArn)
          .map(Arn::resource)
          .filter(resource -> resource.startsWith("log-group:"))
          .map(resource -> resource.split(":", -1)[1]);
    }

    Scope own() {
      return Arn.parse(groupArn).map(arn -> arn.scope(scope)).orElse(scope);
    }
  }

  void add(Line line) {
    room.acquireUninterruptibly();
    synchronized (this) {
      waiting.add(line);
      if (delivering) {
        return;
      }
      delivering = true;
    }
    time.run("execution-logs", this::deliver);
  }

  /// Writes what waits. No lines may come any more.
  void close() {
    deliver();
  }

  private void deliver() {
    for (List<Line> lines = take(); !lines.isEmpty(); lines = take()) {
      Map<Place, List<Line>> byPlace = new LinkedHashMap<>();
      lines.forEach(
          line -> byPlace.computeIfAbsent(line.place(), _ -> new ArrayList<>()).add(line));
      byPlace.forEach(this::put);
      room.release(lines.size());
    }
  }

  private synchronized List<Line> take() {
    List<Line> taken = waiting;
    waiting = new ArrayList<>();
    delivering = !taken.isEmpty();
    return taken;
  }

  private void put(Place place, List<Line> lines) {
    // Executions that share a stream run side by side, so their lines may come out of order.
    lines.sort(Comparator.comparingLong(Line::at));
    List<InputLogEvent> batch = new ArrayList<>();
    int bytes = 0;
    for (Line line : lines) {
      if (batch.size() == EVENTS_AT_ONCE || bytes + line.message().length() * 3 > BYTES_AT_ONCE) {
        send(place, batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(InputLogEvent.builder().timestamp(line.at()).message(line.message()).build());
      bytes += line.message().length() * 3;
    }
    send(place, batch);
  }

  private void send(Place place, List<InputLogEvent> batch) {
    Optional<String> group = place.group();
    if (batch.isEmpty() || group.isEmpty()) {
      return;
    }
    try {
      CloudWatchLogsClient logs = clients.get(CloudWatchLogsClient.class, place.own());
      try {
        put(logs, group.get(), place.stream(), batch);
      } catch (ResourceNotFoundException e) {
        create(logs, group.get(), place.stream());
        put(logs, group.get(), place.stream(), batch);
      }
    } catch (SdkException | IllegalArgumentException e) {
      LOG.log(WARNING, "Cannot write to the log group " + place.groupArn() + ": " + e.getMessage());
    }
  }

  private static void put(
      CloudWatchLogsClient logs, String group, String stream, List<InputLogEvent> batch) {
    var _ = logs.putLogEvents(b -> b.logGroupName(group).logStreamName(stream).logEvents(batch));
  }

  // A group that is not there is made, too: templates often leave that to the service.
  private static void create(CloudWatchLogsClient logs, String group, String stream) {
    try {
      var _ = logs.createLogGroup(b -> b.logGroupName(group));
    } catch (ResourceAlreadyExistsException e) {
      LOG.log(System.Logger.Level.DEBUG, "The log group {0} is there", group);
    }
    try {
      var _ = logs.createLogStream(b -> b.logGroupName(group).logStreamName(stream));
    } catch (ResourceAlreadyExistsException e) {
      LOG.log(System.Logger.Level.DEBUG, "The log stream {0} is there", stream);
    }
  }
}
