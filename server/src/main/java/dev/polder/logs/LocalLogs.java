package dev.polder.logs;

import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/// CloudWatch Logs as one account and region sees it.
final class LocalLogs implements CloudWatchLogsClient {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);
  private static final int LISTED = 50;

  private final Scope scope;
  private final Time time;
  private final LogStore store;
  private final EventOperations events;

  LocalLogs(Scope scope, Time time, LogStore store, LongSupplier order, Map<String, Long> looked) {
    this.scope = scope;
    this.time = time;
    this.store = store;
    this.events = new EventOperations(scope, time, store, order, looked);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private long now() {
    return time.instant().toEpochMilli();
  }

  @Override
  public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
    String name = LogNames.group(request.logGroupName());
    if (request.kmsKeyId() != null) {
      throw LogsErrors.notSupported("kmsKeyId");
    }
    if (Boolean.TRUE.equals(request.deletionProtectionEnabled())) {
      throw LogsErrors.notSupported("deletionProtectionEnabled");
    }
    String kind = request.logGroupClassAsString();
    store.create(new LogGroup(name, now(), 0, kind == null ? "STANDARD" : kind, request.tags()));
    return CreateLogGroupResponse.builder().build();
  }

  @Override
  public DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
    store.remove(store.existing(LogNames.required(request.logGroupName(), "logGroupName")));
    return DeleteLogGroupResponse.builder().build();
  }

  @Override
  public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
    if (request.logGroupNamePrefix() != null && request.logGroupNamePattern() != null) {
      throw LogsErrors.invalid(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    if (Boolean.TRUE.equals(request.includeLinkedAccounts())) {
      throw LogsErrors.notSupported("includeLinkedAccounts");
    }
    int limit = LogNames.limit(request.limit(), LISTED);
    List<LogGroup> found = new ArrayList<>();
    store.groups(
        LogToken.name(request.nextToken()),
        group -> {
          if (isWanted(group, request)) {
            found.add(group);
          }
          return found.size() <= limit;
        });
    boolean more = found.size() > limit;
    List<LogGroup> page = more ? found.subList(0, limit) : found;
    return DescribeLogGroupsResponse.builder()
        .logGroups(page.stream().map(this::told).toList())
        .nextToken(more ? LogToken.ofName(page.getLast().name()) : null)
        .build();
  }

  private boolean isWanted(LogGroup group, DescribeLogGroupsRequest request) {
    String prefix = request.logGroupNamePrefix();
    String part = request.logGroupNamePattern();
    String kind = request.logGroupClassAsString();
    return (prefix == null || group.name().startsWith(prefix))
        && (part == null || group.name().contains(part))
        && (kind == null || kind.equals(group.storageClass()))
        && (!request.hasLogGroupIdentifiers()
            || request.logGroupIdentifiers().contains(group.name())
            || request.logGroupIdentifiers().contains(group.arn(scope)));
  }

  private software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup told(LogGroup group) {
    long[] bytes = new long[1];
    store.streams(
        group.name(),
        null,
        stream -> {
          bytes[0] += stream.bytes();
          return true;
        });
    return software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup.builder()
        .logGroupName(group.name())
        .creationTime(group.created())
        .retentionInDays(group.retention() == 0 ? null : group.retention())
        .metricFilterCount(0)
        .arn(group.arn(scope) + ":*")
        .logGroupArn(group.arn(scope))
        .logGroupClass(group.storageClass())
        .storedBytes(bytes[0])
        .build();
  }

  @Override
  public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
    String name = LogNames.stream(request.logStreamName());
    LogGroup group = store.existing(LogNames.required(request.logGroupName(), "logGroupName"));
    store.create(group, new LogStream(name, now(), 0, 0, 0, 0));
    return CreateLogStreamResponse.builder().build();
  }

  @Override
  public DeleteLogStreamResponse deleteLogStream(DeleteLogStreamRequest request) {
    LogGroup group = store.existing(LogNames.required(request.logGroupName(), "logGroupName"));
    String name = LogNames.required(request.logStreamName(), "logStreamName");
    store.remove(group.name(), store.stream(group.name(), name));
    return DeleteLogStreamResponse.builder().build();
  }

  @Override
  public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
    LogGroup group =
        store.existing(LogNames.named(request.logGroupName(), request.logGroupIdentifier(), scope));
    var listing = new StreamListing(scope, store, group);
    return listing.describe(request, LogNames.limit(request.limit(), LISTED));
  }

  @Override
  public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
    return events.put(request);
  }

  @Override
  public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
    return events.get(request);
  }

  @Override
  public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
    return events.filter(request);
  }

  @Override
  public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
    String name = LogNames.required(request.logGroupName(), "logGroupName");
    int days = LogNames.required(request.retentionInDays(), "retentionInDays");
    if (!RETENTIONS.contains(days)) {
      throw LogsErrors.constraint(
          "retentionInDays",
          days,
          "Member must satisfy enum value set: " + RETENTIONS.stream().sorted().toList());
    }
    store.change(name, group -> group.keeping(days));
    return PutRetentionPolicyResponse.builder().build();
  }

  @Override
  public DeleteRetentionPolicyResponse deleteRetentionPolicy(DeleteRetentionPolicyRequest request) {
    store.change(
        LogNames.required(request.logGroupName(), "logGroupName"), group -> group.keeping(0));
    return DeleteRetentionPolicyResponse.builder().build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    Map<String, String> added = LogNames.required(request.tags(), "tags");
    tags(request.resourceArn(), tags -> tags.putAll(added));
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    List<String> gone = LogNames.required(request.tagKeys(), "tagKeys");
    tags(request.resourceArn(), tags -> tags.keySet().removeAll(gone));
    return UntagResourceResponse.builder().build();
  }

  /// Changes the tags of a group.
  private interface TagChange {
    void on(Map<String, String> tags);
  }

  private void tags(@Nullable String arn, TagChange change) {
    String name = LogNames.ofArn(LogNames.required(arn, "resourceArn"), scope);
    UnaryOperator<LogGroup> tagged =
        group -> {
          Map<String, String> tags = new LinkedHashMap<>(group.tags());
          change.on(tags);
          if (tags.size() > 50) {
            throw LogsErrors.invalid("A resource can have at most 50 tags");
          }
          return group.tagged(tags);
        };
    store.change(name, tagged);
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    String arn = LogNames.required(request.resourceArn(), "resourceArn");
    LogGroup group = store.existing(LogNames.ofArn(arn, scope));
    return ListTagsForResourceResponse.builder().tags(new TreeMap<>(group.tags())).build();
  }
}
