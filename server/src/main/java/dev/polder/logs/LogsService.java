package dev.polder.logs;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/// CloudWatch Logs of this process.
public final class LogsService implements Service<CloudWatchLogsClient> {
  private final Platform platform;
  private final AtomicLong order = new AtomicLong();

  /// When old events of a group were last looked for, by its ARN; only of groups that are written
  /// to and have a retention.
  private final Map<String, Long> looked = new ConcurrentHashMap<>();

  /// A service on this platform.
  public LogsService(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Class<CloudWatchLogsClient> type() {
    return CloudWatchLogsClient.class;
  }

  @Override
  public CloudWatchLogsClient client(Scope scope) {
    return new LocalLogs(
        scope, platform.time(), new LogStore(platform.store(), scope), this::next, looked);
  }

  /// A number that rises from each event to the next.
  private long next() {
    long least = platform.time().instant().toEpochMilli() * 1000;
    return order.updateAndGet(last -> Math.max(last + 1, least));
  }
}
