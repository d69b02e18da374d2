package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.assertRefused;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.Await;
import dev.polder.kernel.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Streams, and the expiry of items that shows in them.
class StreamsTest {
  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void create(String name, StreamViewType view) {
    fixture.create(table(name).streamSpecification(specification(view)));
  }

  private static StreamSpecification specification(StreamViewType view) {
    return StreamSpecification.builder().streamEnabled(true).streamViewType(view).build();
  }

  private String arn(String name) {
    return fixture.db.describeTable(b -> b.tableName(name)).table().latestStreamArn();
  }

  private String shard(String arn) {
    return fixture
        .streams
        .describeStream(b -> b.streamArn(arn))
        .streamDescription()
        .shards()
        .getFirst()
        .shardId();
  }

  private String iterator(String arn, ShardIteratorType type) {
    return fixture
        .streams
        .getShardIterator(b -> b.streamArn(arn).shardId(shard(arn)).shardIteratorType(type))
        .shardIterator();
  }

  @Test
  void everyChangeIsARecordInOrder() {
    create("seen", StreamViewType.NEW_AND_OLD_IMAGES);
    fixture.put("seen", "p", "a", "x", 1);
    fixture.put("seen", "p", "a", "x", 2);
    fixture.put("seen", "p", "a", "x", 2);
    var _ = fixture.db.deleteItem(b -> b.tableName("seen").key(item("p", "a")));

    List<Record> records = fixture.records("seen");

    assertThat(records.stream().map(Record::eventName))
        .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
    Record changed = records.get(1);
    assertThat(changed.dynamodb().keys()).isEqualTo(item("p", "a"));
    assertThat(changed.dynamodb().oldImage()).isEqualTo(item("p", "a", "x", 1));
    assertThat(changed.dynamodb().newImage()).isEqualTo(item("p", "a", "x", 2));
    assertThat(changed.eventSource()).isEqualTo("aws:dynamodb");
    assertThat(changed.awsRegion()).isEqualTo("us-east-1");
    assertThat(changed.userIdentity()).isNull();
    assertThat(records.stream().map(each -> each.dynamodb().sequenceNumber())).isSorted();
  }

  @Test
  void viewsShowWhatTheySay() {
    create("keys", StreamViewType.KEYS_ONLY);
    create("new", StreamViewType.NEW_IMAGE);
    create("old", StreamViewType.OLD_IMAGE);
    for (String name : List.of("keys", "new", "old")) {
      fixture.put(name, "p", "a", "x", 1);
      fixture.put(name, "p", "a", "x", 2);
    }

    assertThat(fixture.records("keys").getLast().dynamodb().hasNewImage()).isFalse();
    assertThat(fixture.records("keys").getLast().dynamodb().hasOldImage()).isFalse();
    assertThat(fixture.records("new").getLast().dynamodb().newImage())
        .isEqualTo(item("p", "a", "x", 2));
    assertThat(fixture.records("new").getLast().dynamodb().hasOldImage()).isFalse();
    assertThat(fixture.records("old").getLast().dynamodb().oldImage())
        .isEqualTo(item("p", "a", "x", 1));
  }

  @Test
  void readingGoesOnWhereItStopped() {
    create("read", StreamViewType.KEYS_ONLY);
    fixture.put("read", "p", "a");
    String latest = iterator(arn("read"), ShardIteratorType.LATEST);
    fixture.put("read", "p", "b");
    fixture.put("read", "p", "c");

    var first = fixture.streams.getRecords(b -> b.shardIterator(latest).limit(1));
    var second = fixture.streams.getRecords(b -> b.shardIterator(first.nextShardIterator()));
    var third = fixture.streams.getRecords(b -> b.shardIterator(second.nextShardIterator()));

    assertThat(first.records().getFirst().dynamodb().keys()).isEqualTo(item("p", "b"));
    assertThat(second.records().getFirst().dynamodb().keys()).isEqualTo(item("p", "c"));
    assertThat(third.records()).isEmpty();
    assertThat(third.nextShardIterator()).isNotNull();
    String number = first.records().getFirst().dynamodb().sequenceNumber();
    assertThat(after("read", number)).hasSize(1);
  }

  private List<Record> after(String table, String number) {
    String after =
        fixture
            .streams
            .getShardIterator(b ->
                b.streamArn(arn(table))
                    .shardId(shard(arn(table)))
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(number))
            .shardIterator();
    return fixture.streams.getRecords(b -> b.shardIterator(after)).records();
  }

  @Test
  void changesMadeTogetherAreReadOneByOne() {
    create("batch", StreamViewType.NEW_AND_OLD_IMAGES);
    fixture.db.transactWriteItems(b ->
        b.transactItems(
            IntStream.range(0, 80)
                .mapToObj(i ->
                    TransactWriteItem.builder()
                        .put(p -> p.tableName("batch").item(item("p", "i%02d".formatted(i))))
                        .build())
                .toList()));

    List<Record> all = fixture.records("batch");
    assertThat(all)
        .extracting(record -> record.dynamodb().keys().get("p").s())
        .containsExactlyElementsOf(IntStream.range(0, 80).mapToObj("i%02d"::formatted).toList());
    assertThat(all).extracting(record -> record.dynamodb().sequenceNumber()).isSorted();
    assertThat(all).extracting(Record::eventID).doesNotHaveDuplicates();
    for (int from : List.of(0, 12, 31, 32, 50, 79)) {
      assertThat(after("batch", all.get(from).dynamodb().sequenceNumber()))
          .isEqualTo(all.subList(from + 1, all.size()));
    }
  }

  @Test
  void recordsOutliveTheProcessAndNumbersRiseOn() {
    create("kept", StreamViewType.NEW_IMAGE);
    fixture.put("kept", "p", "a");
    String place = iterator(arn("kept"), ShardIteratorType.LATEST);
    fixture.close();

    fixture = new Fixture(directory);
    fixture.put("kept", "p", "b");

    assertThat(fixture.records("kept")).hasSize(2);
    assertThat(fixture.streams.getRecords(b -> b.shardIterator(place)).records()).hasSize(1);
  }

  @Test
  void aStreamThatIsSwitchedOffEndsAndCanBeReadForADay() {
    create("ended", StreamViewType.NEW_IMAGE);
    fixture.put("ended", "p", "a");
    String arn = arn("ended");

    var _ =
        fixture.db.updateTable(
            b -> b.tableName("ended").streamSpecification(s -> s.streamEnabled(false)));
    fixture.put("ended", "p", "b");

    var description = fixture.streams.describeStream(b -> b.streamArn(arn)).streamDescription();
    assertThat(description.streamStatus()).isEqualTo(StreamStatus.DISABLED);
    assertThat(description.shards().getFirst().sequenceNumberRange().endingSequenceNumber())
        .isNotNull();
    var read =
        fixture.streams.getRecords(
            b -> b.shardIterator(iterator(arn, ShardIteratorType.TRIM_HORIZON)));
    assertThat(read.records()).hasSize(1);
    assertThat(read.nextShardIterator()).isNull();
    fixture.platform.time().advance(Duration.ofHours(25));
    assertThat(fixture.streams.listStreams(b -> b.tableName("ended")).streams()).isEmpty();
  }

  @Test
  void recordsGoAfterADayAndIteratorsAfterAQuarterOfAnHour() {
    create("old", StreamViewType.KEYS_ONLY);
    fixture.put("old", "p", "a");
    String place = iterator(arn("old"), ShardIteratorType.TRIM_HORIZON);
    fixture.platform.time().advance(Duration.ofMinutes(16));
    assertRefused(
        "ExpiredIteratorException",
        "Iterator expired. The iterator was created more than 15 minutes ago.",
        () -> fixture.streams.getRecords(b -> b.shardIterator(place)));

    fixture.platform.time().advance(Duration.ofHours(24));
    fixture.put("old", "p", "b");

    assertThat(fixture.records("old").stream().map(each -> each.dynamodb().keys()))
        .containsExactly(item("p", "b"));
  }

  @Test
  void whoListensIsToldOfNewRecords() {
    create("told", StreamViewType.KEYS_ONLY);
    String place = iterator(arn("told"), ShardIteratorType.TRIM_HORIZON);
    List<Event> events = new ArrayList<>();
    try (var _ = fixture.platform.events().subscribe(events::add)) {
      fixture.put("told", "p", "a");
    }

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().source()).isEqualTo("aws.dynamodb");
    assertThat(events.getFirst().detailType()).isEqualTo("DynamoDB Stream Records");
    assertThat(events.getFirst().resources()).containsExactly(arn("told"));
    assertThat(fixture.streams.getRecords(b -> b.shardIterator(place)).records()).hasSize(1);
  }

  @Test
  void itemsExpireByTheClockAndShowAsDeletesByTheService() {
    create("short", StreamViewType.OLD_IMAGE);
    long begin = fixture.platform.time().instant().getEpochSecond();
    fixture.put("short", "p", "before", "ttl", begin + 60);
    var _ =
        fixture.db.updateTimeToLive(b ->
            b.tableName("short")
                .timeToLiveSpecification(s -> s.enabled(true).attributeName("ttl")));
    fixture.put("short", "p", "after", "ttl", begin + 120);
    fixture.put("short", "p", "ancient", "ttl", 5);
    fixture.put("short", "p", "text", "ttl", "soon");
    fixture.put("short", "p", "longer", "ttl", begin + 30);
    fixture.put("short", "p", "longer", "ttl", begin + 100_000);
    awaitFilled("short");

    fixture.platform.time().advance(Duration.ofSeconds(61));
    assertThat(fixture.get("short", "p", "before")).isEmpty();
    assertThat(fixture.get("short", "p", "after")).isNotEmpty();
    fixture.platform.time().advance(Duration.ofSeconds(60));
    assertThat(fixture.get("short", "p", "after")).isEmpty();
    assertThat(fixture.get("short", "p", "ancient")).isNotEmpty();
    assertThat(fixture.get("short", "p", "text")).isNotEmpty();
    assertThat(fixture.get("short", "p", "longer")).isNotEmpty();

    Record expired = fixture.records("short").getLast();
    assertThat(expired.eventName()).isEqualTo(OperationType.REMOVE);
    assertThat(expired.userIdentity().type()).isEqualTo("Service");
    assertThat(expired.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
  }

  /// The expiries of items that were there before are gathered in the background.
  private void awaitFilled(String name) {
    Await.until(() -> fixture.platform.time().working() == 0);
    assertThat(
            fixture
                .db
                .describeTimeToLive(b -> b.tableName(name))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("ttl");
  }

  @Test
  void whatExpiredWhileTheProcessWasDownGoesAtItsStart() {
    fixture.create(table("late"));
    long begin = fixture.platform.time().instant().getEpochSecond();
    var _ =
        fixture.db.updateTimeToLive(b ->
            b.tableName("late").timeToLiveSpecification(s -> s.enabled(true).attributeName("ttl")));
    fixture.put("late", "p", "a", "ttl", begin - 10);
    awaitFilled("late");
    fixture.close();

    fixture = new Fixture(directory);
    fixture.platform.time().advance(Duration.ofSeconds(1));

    assertThat(fixture.get("late", "p", "a")).isEmpty();
  }
}
