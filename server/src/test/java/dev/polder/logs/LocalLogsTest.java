package dev.polder.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// CloudWatch Logs seen from its callers.
class LocalLogsTest {
  private static final long BEGIN = TestPlatform.BEGIN.toEpochMilli();

  @TempDir private Path directory;
  private TestPlatform platform;
  private CloudWatchLogsClient logs;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(LogsService::new);
    logs = platform.client(CloudWatchLogsClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private void stream(String group, String stream) {
    if (logs.describeLogGroups(b -> b.logGroupNamePrefix(group)).logGroups().isEmpty()) {
      logs.createLogGroup(b -> b.logGroupName(group));
    }
    logs.createLogStream(b -> b.logGroupName(group).logStreamName(stream));
  }

  private static InputLogEvent event(long millis, String message) {
    return InputLogEvent.builder().timestamp(BEGIN + millis).message(message).build();
  }

  private void put(String stream, InputLogEvent... events) {
    logs.putLogEvents(
        b -> b.logGroupName("g").logStreamName(stream).logEvents(Arrays.asList(events)));
  }

  private List<String> filtered(String pattern) {
    return logs.filterLogEvents(b -> b.logGroupName("g").filterPattern(pattern)).events().stream()
        .map(FilteredLogEvent::message)
        .toList();
  }

  private static List<String> messages(GetLogEventsResponse response) {
    return response.events().stream().map(OutputLogEvent::message).toList();
  }

  @Test
  void eventsAreReadInTheOrderOfTheirTimesAndSurviveTheProcess() {
    stream("g", "s");
    put("s", event(20, "c"), event(20, "d"));
    put("s", event(10, "a"), event(15, "b"));
    platform.close();
    open();

    assertThat(
            messages(
                logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").startFromHead(true))))
        .containsExactly("a", "b", "c", "d");
    assertThat(
            messages(
                logs.getLogEvents(b ->
                    b.logGroupName("g")
                        .logStreamName("s")
                        .startTime(BEGIN + 15)
                        .endTime(BEGIN + 20))))
        .containsExactly("b");
  }

  @Test
  void pagesGoBothWaysAndTheLastTokenComesAgain() {
    stream("g", "s");
    put("s", event(1, "a"), event(2, "b"), event(3, "c"));

    List<String> forward = new ArrayList<>();
    String token = null;
    while (true) {
      String from = token;
      GetLogEventsResponse page =
          logs.getLogEvents(b ->
              b.logGroupName("g").logStreamName("s").limit(2).startFromHead(true).nextToken(from));
      forward.addAll(messages(page));
      if (page.nextForwardToken().equals(token)) {
        break;
      }
      token = page.nextForwardToken();
    }
    assertThat(forward).containsExactly("a", "b", "c");

    GetLogEventsResponse last =
        logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").limit(2));
    assertThat(messages(last)).containsExactly("b", "c");
    assertThat(
            messages(
                logs.getLogEvents(b ->
                    b.logGroupName("g").logStreamName("s").nextToken(last.nextBackwardToken()))))
        .containsExactly("a");
  }

  @Test
  void aGroupIsSearchedOverItsStreams() {
    stream("g", "one");
    stream("g", "two");
    put("one", event(1, "ERROR disk full"), event(3, "ERROR net down"));
    put("two", event(2, "WARN disk slow"));

    assertThat(filtered("")).containsExactly("ERROR disk full", "WARN disk slow", "ERROR net down");
    assertThat(filtered("ERROR disk")).containsExactly("ERROR disk full");
    assertThat(filtered("disk -ERROR")).containsExactly("WARN disk slow");
    assertThat(filtered("?WARN ?down")).containsExactly("WARN disk slow", "ERROR net down");
    assertThat(filtered("\"disk full\"")).containsExactly("ERROR disk full");
    assertThat(filtered("%n\\w+ d%")).containsExactly("ERROR net down");
    var page = logs.filterLogEvents(b -> b.logGroupName("g").limit(2).logStreamNamePrefix("one"));
    assertThat(page.events()).hasSize(2);
    var first = logs.filterLogEvents(b -> b.logGroupName("g").limit(2));
    assertThat(
            logs.filterLogEvents(b -> b.logGroupName("g").nextToken(first.nextToken()))
                .events()
                .getFirst()
                .message())
        .isEqualTo("ERROR net down");
    assertThatThrownBy(() -> filtered("[a, b]")).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void jsonIsSearchedBySelectors() {
    stream("g", "s");
    put(
        "s",
        event(1, "{\"type\":\"TaskFailed\",\"n\":3,\"tags\":[{\"k\":\"x\"}],\"ok\":true}"),
        event(2, "{\"type\":\"TaskSucceeded\",\"n\":7,\"none\":null}"),
        event(3, "no json"));

    assertThat(filtered("{ $.type = \"Task*\" }")).hasSize(2);
    assertThat(filtered("{ $.type = TaskFailed && $.n < 5 }")).hasSize(1);
    assertThat(filtered("{ ($.n >= 7) || ($.tags[0].k = \"x\") }")).hasSize(2);
    assertThat(filtered("{ $.none IS NULL }")).hasSize(1);
    assertThat(filtered("{ $.ok IS TRUE }")).hasSize(1);
    assertThat(filtered("{ $.ok NOT EXISTS }")).hasSize(1);
    assertThat(filtered("{ $.n != 7 }")).hasSize(1);
    assertThatThrownBy(() -> filtered("{ $.n ~ 7 }")).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void whatIsOlderThanTheRetentionIsGone() {
    stream("g", "s");
    logs.putRetentionPolicy(b -> b.logGroupName("g").retentionInDays(3));
    put("s", event(0, "old"));
    platform.time().advance(Duration.ofDays(2));
    put("s", event(Duration.ofDays(2).toMillis(), "newer"));
    assertThat(filtered("")).containsExactly("old", "newer");
    platform.time().advance(Duration.ofDays(1).plusSeconds(1));

    assertThat(filtered("")).containsExactly("newer");
    put("s", event(Duration.ofDays(3).toMillis(), "newest"));
    logs.deleteRetentionPolicy(b -> b.logGroupName("g"));
    assertThat(filtered("")).containsExactly("newer", "newest");
    assertThatThrownBy(() -> logs.putRetentionPolicy(b -> b.logGroupName("g").retentionInDays(4)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void eventsOutOfTheirTimeAreRejectedAndTold() {
    stream("g", "s");
    platform.time().advance(Duration.ofDays(20));
    long now = Duration.ofDays(20).toMillis();

    var told =
        logs.putLogEvents(b ->
            b.logGroupName("g")
                .logStreamName("s")
                .logEvents(event(now, "in time"), event(now + 3 * 3_600_000, "too new")));
    var old =
        logs.putLogEvents(
            b -> b.logGroupName("g").logStreamName("s").logEvents(event(0, "too old")));

    assertThat(told.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(1);
    assertThat(old.rejectedLogEventsInfo().tooOldLogEventEndIndex()).isEqualTo(1);
    assertThat(filtered("")).containsExactly("in time");
    assertThatThrownBy(() -> put("s", event(now + 1, "b"), event(now, "a")))
        .hasMessageContaining("chronological order");
  }

  @Test
  void groupsAndStreamsAreListedTaggedAndRemoved() {
    stream("g", "b");
    stream("g", "a");
    stream("h", "a");
    put("b", event(1, "x"));
    String arn = logs.describeLogGroups(b -> b.limit(1)).logGroups().getFirst().logGroupArn();
    logs.tagResource(b -> b.resourceArn(arn).tags(Map.of("k", "v", "l", "w")));
    logs.untagResource(b -> b.resourceArn(arn).tagKeys("l"));

    assertThat(arn).isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:g");
    assertThat(logs.listTagsForResource(b -> b.resourceArn(arn)).tags())
        .isEqualTo(Map.of("k", "v"));
    assertThat(logs.describeLogGroupsPaginator(b -> b.limit(1)).logGroups()).hasSize(2);
    assertThat(
            logs
                .describeLogStreams(
                    b -> b.logGroupName("g").orderBy(OrderBy.LAST_EVENT_TIME).descending(true))
                .logStreams()
                .stream()
                .map(LogStream::logStreamName))
        .containsExactly("b", "a");
    logs.deleteLogStream(b -> b.logGroupName("g").logStreamName("b"));
    assertThat(filtered("")).isEmpty();
    logs.deleteLogGroup(b -> b.logGroupName("g"));
    assertThat(logs.describeLogGroups().logGroups()).hasSize(1);
  }

  @Test
  void refusalsHaveTheCodesOfTheService() {
    stream("g", "s");
    assertThatThrownBy(() -> logs.createLogGroup(b -> b.logGroupName("g")))
        .isInstanceOf(ResourceAlreadyExistsException.class)
        .hasMessageContaining("The specified log group already exists");
    assertThatThrownBy(() -> logs.createLogStream(b -> b.logGroupName("g").logStreamName("s")))
        .isInstanceOf(ResourceAlreadyExistsException.class);
    assertThatThrownBy(() -> logs.filterLogEvents(b -> b.logGroupName("none")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("The specified log group does not exist.");
    assertThatThrownBy(() -> put("none", event(1, "x")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("The specified log stream does not exist.");
    assertThatThrownBy(() -> logs.createLogGroup(b -> b.logGroupName("a b")))
        .isInstanceOf(CloudWatchLogsException.class)
        .hasMessageContaining("logGroupName");
    assertThatThrownBy(() -> logs.createLogGroup(b -> b.logGroupName("k").kmsKeyId("key")))
        .hasMessageContaining("kmsKeyId is not supported");
  }
}
