package dev.polder.logs;

import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/// The streams of a group, by name or by the time of their latest event.
record StreamListing(Scope scope, LogStore store, LogGroup group) {
  private static final Comparator<LogStream> BY_TIME =
      Comparator.comparingLong(LogStream::last).thenComparing(LogStream::name);

  DescribeLogStreamsResponse describe(DescribeLogStreamsRequest request, int limit) {
    boolean byTime = request.orderBy() == OrderBy.LAST_EVENT_TIME;
    boolean down = Boolean.TRUE.equals(request.descending());
    String prefix = request.logStreamNamePrefix();
    if (byTime && prefix != null) {
      throw LogsErrors.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    String after = LogToken.name(request.nextToken());
    List<LogStream> found = new ArrayList<>();
    if (byTime || down) {
      found.addAll(sorted(byTime, down, prefix, after));
    } else {
      store.streams(
          group.name(),
          after,
          stream -> {
            if (prefix == null || stream.name().startsWith(prefix)) {
              found.add(stream);
            }
            return found.size() <= limit;
          });
    }
    boolean more = found.size() > limit;
    List<LogStream> page = more ? found.subList(0, limit) : found;
    return DescribeLogStreamsResponse.builder()
        .logStreams(page.stream().map(this::told).toList())
        .nextToken(more ? LogToken.ofName(page.getLast().name()) : null)
        .build();
  }

  private List<LogStream> sorted(
      boolean byTime, boolean down, @Nullable String prefix, @Nullable String after) {
    List<LogStream> all = new ArrayList<>();
    store.streams(
        group.name(),
        null,
        stream -> {
          if (prefix == null || stream.name().startsWith(prefix)) {
            all.add(stream);
          }
          return true;
        });
    Comparator<LogStream> order = byTime ? BY_TIME : Comparator.comparing(LogStream::name);
    all.sort(down ? order.reversed() : order);
    int from = 0;
    for (int i = 0; i < all.size() && after != null; i++) {
      if (all.get(i).name().equals(after)) {
        from = i + 1;
      }
    }
    return all.subList(from, all.size());
  }

  private software.amazon.awssdk.services.cloudwatchlogs.model.LogStream told(LogStream stream) {
    return software.amazon.awssdk.services.cloudwatchlogs.model.LogStream.builder()
        .logStreamName(stream.name())
        .creationTime(stream.created())
        .firstEventTimestamp(stream.ingested() == 0 ? null : stream.first())
        .lastEventTimestamp(stream.ingested() == 0 ? null : stream.last())
        .lastIngestionTime(stream.ingested() == 0 ? null : stream.ingested())
        .arn(group.arn(scope) + ":log-stream:" + stream.name())
        .storedBytes(stream.bytes())
        .build();
  }
}
