package dev.polder.logs;

import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.logs.pattern.FilterPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/// Puts events and finds them again.
final class EventOperations {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
  private static final int MOST_EVENTS = 10_000;
  private static final int MOST_BYTES = 1_048_576;
  private static final long FUTURE = Duration.ofHours(2).toMillis();
  private static final long PAST = Duration.ofDays(14).toMillis();

  /// How long old events may stay on disk after their time.
  private static final long LOOK_AGAIN = Duration.ofHours(1).toMillis();

  private final Scope scope;
  private final Time time;
  private final LogStore store;
  private final LongSupplier order;
  private final Map<String, Long> looked;

  EventOperations(
      Scope scope, Time time, LogStore store, LongSupplier order, Map<String, Long> looked) {
    this.scope = scope;
    this.time = time;
    this.store = store;
    this.order = order;
    this.looked = looked;
  }

  PutLogEventsResponse put(PutLogEventsRequest request) {
    LogGroup group = store.existing(LogNames.required(request.logGroupName(), "logGroupName"));
    LogStream stream =
        store.stream(group.name(), LogNames.required(request.logStreamName(), "logStreamName"));
    List<InputLogEvent> given = request.logEvents();
    check(given);
    long now = time.instant().toEpochMilli();
    RejectedLogEventsInfo rejected = rejected(given, group, now);
    List<LogEvent> events = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      if (isTaken(rejected, i)) {
        InputLogEvent each = given.get(i);
        events.add(
            new LogEvent(stream.name(), each.timestamp(), order.getAsLong(), now, each.message()));
      }
    }
    if (!events.isEmpty()) {
      store.put(group.name(), stream.name(), events, now);
    }
    forgetOld(group, now);
    return PutLogEventsResponse.builder()
        .nextSequenceToken(Long.toString(order.getAsLong()))
        .rejectedLogEventsInfo(rejected)
        .build();
  }

  private static void check(List<InputLogEvent> given) {
    if (given.isEmpty() || given.size() > MOST_EVENTS) {
      throw LogsErrors.constraint(
          "logEvents", "<events>", "Member must have length between 1 and " + MOST_EVENTS);
    }
    long bytes = 0;
    long before = Long.MIN_VALUE;
    long[] times = new long[given.size()];
    for (int i = 0; i < given.size(); i++) {
      InputLogEvent each = given.get(i);
      times[i] = LogNames.required(each.timestamp(), "logEvents." + (i + 1) + ".member.timestamp");
      String message =
          LogNames.required(each.message(), "logEvents." + (i + 1) + ".member.message");
      if (message.isEmpty()) {
        throw LogsErrors.constraint(
            "logEvents." + (i + 1) + ".member.message",
            message,
            "Member must have length greater than or equal to 1");
      }
      if (times[i] < before) {
        throw LogsErrors.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      before = times[i];
      bytes += LogEvent.size(message);
    }
    if (bytes > MOST_BYTES) {
      throw LogsErrors.invalid("Upload too large: " + bytes + " bytes exceeds limit of 1048576");
    }
    if (!LogEvent.withinADay(times)) {
      throw LogsErrors.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }
  }

  /// Events too old or too new are left out, and the caller is told which.
  private static @Nullable RejectedLogEventsInfo rejected(
      List<InputLogEvent> given, LogGroup group, long now) {
    Integer tooNew = null;
    Integer tooOld = null;
    Integer expired = null;
    for (int i = 0; i < given.size(); i++) {
      long at = given.get(i).timestamp();
      if (at > now + FUTURE && tooNew == null) {
        tooNew = i;
      }
      if (at < now - PAST) {
        tooOld = i + 1;
      } else if (at < group.oldest(now)) {
        expired = i + 1;
      }
    }
    return tooNew == null && tooOld == null && expired == null
        ? null
        : RejectedLogEventsInfo.builder()
            .tooNewLogEventStartIndex(tooNew)
            .tooOldLogEventEndIndex(tooOld)
            .expiredLogEventEndIndex(expired)
            .build();
  }

  private static boolean isTaken(@Nullable RejectedLogEventsInfo rejected, int index) {
    if (rejected == null) {
      return true;
    }
    Integer tooNew = rejected.tooNewLogEventStartIndex();
    Integer tooOld = rejected.tooOldLogEventEndIndex();
    Integer expired = rejected.expiredLogEventEndIndex();
    return (tooNew == null || index < tooNew)
        && (tooOld == null || index >= tooOld)
        && (expired == null || index >= expired);
  }

  // Done by whoever writes, so that nothing needs to wake up for it.
  private void forgetOld(LogGroup group, long now) {
    if (group.retention() == 0) {
      return;
    }
    boolean[] due = new boolean[1];
    looked.compute(
        group.arn(scope),
        (_, last) -> {
          due[0] = last == null || now - last >= LOOK_AGAIN;
          return due[0] ? Long.valueOf(now) : last;
        });
    if (due[0]) {
      store.forget(group.name(), group.oldest(now));
    }
  }

  GetLogEventsResponse get(GetLogEventsRequest request) {
    LogGroup group =
        store.existing(LogNames.named(request.logGroupName(), request.logGroupIdentifier(), scope));
    LogStream stream =
        store.stream(group.name(), LogNames.required(request.logStreamName(), "logStreamName"));
    int limit = LogNames.limit(request.limit(), MOST_EVENTS);
    String token = request.nextToken();
    if (token != null && !token.startsWith("f/") && !token.startsWith("b/")) {
      throw LogToken.invalid();
    }
    boolean reverse =
        token == null ? !Boolean.TRUE.equals(request.startFromHead()) : token.startsWith("b/");
    LogStore.Place beside = token == null ? null : LogToken.place(token.substring(2));
    var page = new Page(limit);
    store.events(
        group.name(),
        stream.name(),
        from(group, request.startTime()),
        to(request.endTime()),
        beside,
        reverse,
        page::add);
    List<LogEvent> events = reverse ? page.events.reversed() : page.events;
    return GetLogEventsResponse.builder()
        .events(events.stream().map(EventOperations::told).toList())
        .nextForwardToken("f/" + edge(events, beside, false))
        .nextBackwardToken("b/" + edge(events, beside, true))
        .build();
  }

  // At an end the token stays the same: so callers know that there is no more.
  private static String edge(
      List<LogEvent> events, LogStore.@Nullable Place beside, boolean first) {
    if (events.isEmpty()) {
      return LogToken.of(
          beside != null ? beside : new LogStore.Place(first ? Long.MAX_VALUE : Long.MIN_VALUE, 0));
    }
    LogEvent event = first ? events.getFirst() : events.getLast();
    return LogToken.of(new LogStore.Place(event.time(), event.order()));
  }

  private static OutputLogEvent told(LogEvent event) {
    return OutputLogEvent.builder()
        .timestamp(event.time())
        .message(event.message())
        .ingestionTime(event.ingested())
        .build();
  }

  private long from(LogGroup group, @Nullable Long start) {
    long oldest = group.oldest(time.instant().toEpochMilli());
    return start == null ? oldest : Math.max(start, oldest);
  }

  private static long to(@Nullable Long end) {
    return end == null ? Long.MAX_VALUE : end;
  }

  /// As many events as one answer may hold.
  private static final class Page {
    private final int limit;
    final List<LogEvent> events = new ArrayList<>();
    private long bytes;
    boolean full;

    Page(int limit) {
      this.limit = limit;
    }

    boolean add(LogEvent event) {
      bytes += LogEvent.size(event.message());
      if (events.size() == limit || (bytes > MOST_BYTES && !events.isEmpty())) {
        full = true;
        return false;
      }
      events.add(event);
      return true;
    }
  }

  FilterLogEventsResponse filter(FilterLogEventsRequest request) {
    LogGroup group =
        store.existing(LogNames.named(request.logGroupName(), request.logGroupIdentifier(), scope));
    FilterPattern pattern = pattern(request.filterPattern());
    Predicate<String> wanted = wanted(request);
    var page = new Page(LogNames.limit(request.limit(), MOST_EVENTS));
    // The end of FilterLogEvents is itself included, unlike that of GetLogEvents.
    Long end = request.endTime();
    store.events(
        group.name(),
        from(group, request.startTime()),
        end == null || end == Long.MAX_VALUE ? Long.MAX_VALUE : end + 1,
        LogToken.place(request.nextToken()),
        wanted,
        event -> !pattern.accepts(event.message()) || page.add(event));
    List<LogEvent> events = page.events;
    return FilterLogEventsResponse.builder()
        .events(events.stream().map(EventOperations::filtered).toList())
        .searchedLogStreams(List.of())
        .nextToken(page.full ? edge(events, null, false) : null)
        .build();
  }

  private static FilterPattern pattern(@Nullable String text) {
    try {
      return FilterPattern.parse(text == null ? "" : text);
    } catch (FilterPattern.Malformed e) {
      throw LogsErrors.invalid("Invalid filter pattern: " + e.getMessage());
    }
  }

  private static Predicate<String> wanted(FilterLogEventsRequest request) {
    String prefix = request.logStreamNamePrefix();
    if (prefix != null && request.hasLogStreamNames() && !request.logStreamNames().isEmpty()) {
      throw LogsErrors.invalid(
          "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
    }
    if (request.hasLogStreamNames() && !request.logStreamNames().isEmpty()) {
      Set<String> names = new HashSet<>(request.logStreamNames());
      return names::contains;
    }
    return prefix == null ? _ -> true : name -> name.startsWith(prefix);
  }

  private static FilteredLogEvent filtered(LogEvent event) {
    return FilteredLogEvent.builder()
        .logStreamName(event.stream())
        .timestamp(event.time())
        .message(event.message())
        .ingestionTime(event.ingested())
        .eventId(event.id())
        .build();
  }
}
