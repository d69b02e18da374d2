package dev.polder.dynamodb;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Key;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.SequenceNumberRange;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;

/// The streams' own API. A stream has one shard, whose records are in the order in which each item
/// was changed.
final class StreamOperations {
  private static final int MOST_STREAMS = 100;
  private static final int MOST_RECORDS = 1000;
  private static final long MOST_BYTES = 1 << 20;
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final List<String> TYPES =
      List.of("AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON");
  // Sequence numbers have 21 digits, so that their order as texts is that of the numbers.
  private static final BigInteger FIRST = BigInteger.TEN.pow(20);

  private final Platform platform;
  private final Streams streams;

  StreamOperations(Platform platform, Streams streams) {
    this.platform = platform;
    this.streams = streams;
  }

  ListStreamsResponse list(Scope scope, ListStreamsRequest request) {
    var constraints = new Constraints();
    constraints.name(request.tableName(), "tableName");
    constraints.atLeast(request.limit(), "limit", 1);
    constraints.atMost(request.limit(), "limit", MOST_STREAMS);
    constraints.check();
    int most = request.limit() == null ? MOST_STREAMS : request.limit();
    Key after = null;
    if (request.exclusiveStartStreamArn() != null) {
      String[] start = parts(scope, request.exclusiveStartStreamArn());
      after = Keys.stream(scope, start[0], start[1]);
    }
    List<StreamRecord> found = streams.list(scope, request.tableName(), after, most + 1);
    List<StreamRecord> page = found.size() > most ? found.subList(0, most) : found;
    return ListStreamsResponse.builder()
        .streams(page.stream().map(StreamOperations::summary).toList())
        .lastEvaluatedStreamArn(found.size() > most ? page.getLast().arn() : null)
        .build();
  }

  private static Stream summary(StreamRecord stream) {
    return Stream.builder()
        .streamArn(stream.arn())
        .tableName(stream.table())
        .streamLabel(stream.label())
        .build();
  }

  DescribeStreamResponse describe(Scope scope, DescribeStreamRequest request) {
    var constraints = new Constraints();
    constraints.present(request.streamArn(), "streamArn");
    constraints.atLeast(request.limit(), "limit", 1);
    constraints.atMost(request.limit(), "limit", MOST_STREAMS);
    constraints.check();
    StreamRecord stream = existing(scope, request.streamArn());
    String after = request.exclusiveStartShardId();
    boolean shown = after == null || after.compareTo(stream.shard()) < 0;
    return DescribeStreamResponse.builder()
        .streamDescription(
            StreamDescription.builder()
                .streamArn(stream.arn())
                .streamLabel(stream.label())
                .streamStatus(
                    stream.closed() == null ? StreamStatus.ENABLED : StreamStatus.DISABLED)
                .streamViewType(stream.view().name())
                .creationRequestDateTime(stream.created())
                .tableName(stream.table())
                .keySchema(TableAnswers.keySchema(stream.key()))
                .shards(shown ? List.of(shard(stream)) : List.of())
                .build())
        .build();
  }

  private static Shard shard(StreamRecord stream) {
    var range = SequenceNumberRange.builder().startingSequenceNumber(number(stream.first()));
    if (stream.closed() != null) {
      range.endingSequenceNumber(number(Math.max(stream.first(), stream.last() - 1)));
    }
    return Shard.builder().shardId(stream.shard()).sequenceNumberRange(range.build()).build();
  }

  GetShardIteratorResponse iterator(Scope scope, GetShardIteratorRequest request) {
    var constraints = new Constraints();
    constraints.present(request.streamArn(), "streamArn");
    constraints.present(request.shardId(), "shardId");
    String type = request.shardIteratorTypeAsString();
    if (constraints.present(type, "shardIteratorType")) {
      constraints.oneOf(type, "shardIteratorType", TYPES);
    }
    constraints.check();
    StreamRecord stream = existing(scope, request.streamArn());
    if (!stream.shard().equals(request.shardId())) {
      throw DynamoDbErrors.notFound(
          "Requested resource not found: Shard does not exist: " + request.shardId());
    }
    boolean numbered = type.endsWith("_SEQUENCE_NUMBER");
    if (!numbered && request.sequenceNumber() != null) {
      throw DynamoDbErrors.invalid(
          "SequenceNumber cannot be used with the ShardIteratorType " + type);
    }
    long position =
        switch (type) {
          case "TRIM_HORIZON" -> ShardIterator.OLDEST;
          case "LATEST" -> streams.end(stream);
          case "AT_SEQUENCE_NUMBER" -> wanted(stream, request.sequenceNumber());
          default -> wanted(stream, request.sequenceNumber()) + 1;
        };
    return GetShardIteratorResponse.builder().shardIterator(text(stream, position)).build();
  }

  private long wanted(StreamRecord stream, @Nullable String text) {
    if (text == null) {
      throw DynamoDbErrors.invalid(
          "The ShardIteratorType requires a SequenceNumber, which is missing");
    }
    long number;
    try {
      number = new BigInteger(text).subtract(FIRST).longValueExact();
    } catch (ArithmeticException e) {
      throw DynamoDbErrors.invalid("Invalid SequenceNumber: " + text);
    } catch (NumberFormatException e) {
      throw DynamoDbErrors.invalid("Invalid SequenceNumber: " + text);
    }
    if (number < stream.first() || number >= Math.max(streams.end(stream), stream.first() + 1)) {
      throw DynamoDbErrors.invalid("Invalid SequenceNumber: " + text);
    }
    if (streams.isTrimmed(stream, number)) {
      throw DynamoDbErrors.trimmed();
    }
    return number;
  }

  private String text(StreamRecord stream, long position) {
    return new ShardIterator(
            stream.scope(), stream.table(), stream.label(), position, platform.time().instant())
        .text();
  }

  GetRecordsResponse records(Scope scope, GetRecordsRequest request) {
    var constraints = new Constraints();
    constraints.present(request.shardIterator(), "shardIterator");
    constraints.atLeast(request.limit(), "limit", 1);
    constraints.atMost(request.limit(), "limit", MOST_RECORDS);
    constraints.check();
    ShardIterator iterator = ShardIterator.read(request.shardIterator());
    if (iterator.issued().plus(LIFETIME).isBefore(platform.time().instant())) {
      throw DynamoDbErrors.expiredIterator();
    }
    StreamRecord stream =
        streams
            .find(iterator.scope(), iterator.table(), iterator.label())
            .filter(found -> found.scope().equals(scope))
            .orElseThrow(() -> DynamoDbErrors.noStream(iterator.table()));
    boolean oldest = iterator.position() == ShardIterator.OLDEST;
    long from = oldest ? stream.first() : iterator.position();
    if (!oldest && streams.isTrimmed(stream, from)) {
      throw DynamoDbErrors.trimmed();
    }
    return records(stream, from, request.limit() == null ? MOST_RECORDS : request.limit());
  }

  private GetRecordsResponse records(StreamRecord stream, long from, int most) {
    long end = streams.end(stream);
    List<Streams.Numbered> read = streams.read(stream, from, end, most, MOST_BYTES);
    long next = read.isEmpty() ? Math.max(from, end) : read.getLast().number() + 1;
    boolean finished = stream.closed() != null && next >= stream.last();
    return GetRecordsResponse.builder()
        .records(read.stream().map(each -> record(stream, each)).toList())
        .nextShardIterator(finished ? null : text(stream, next))
        .build();
  }

  private static Record record(StreamRecord stream, Streams.Numbered numbered) {
    ChangeRecord change = numbered.record();
    Instant second = change.time().truncatedTo(ChronoUnit.SECONDS);
    var inner =
        software.amazon.awssdk.services.dynamodb.model.StreamRecord.builder()
            .approximateCreationDateTime(second)
            .keys(AttributeValues.sdk(change.key()))
            .sequenceNumber(number(numbered.number()))
            .sizeBytes((long) change.size())
            .streamViewType(stream.view().name());
    if (change.before() != null) {
      inner.oldImage(AttributeValues.sdk(change.before()));
    }
    if (change.after() != null) {
      inner.newImage(AttributeValues.sdk(change.after()));
    }
    var record =
        Record.builder()
            .eventID(eventId(stream, numbered.number()))
            .eventName(change.kind().name())
            .eventVersion("1.1")
            .eventSource("aws:dynamodb")
            .awsRegion(stream.scope().region())
            .dynamodb(inner.build());
    if (change.origin() == ChangeRecord.Origin.EXPIRY) {
      record.userIdentity(
          Identity.builder().type("Service").principalId("dynamodb.amazonaws.com").build());
    }
    return record.build();
  }

  /// The same each time a record is read.
  private static String eventId(StreamRecord stream, long number) {
    return stream.tableId().replace("-", "").substring(0, 16) + "%016x".formatted(number);
  }

  private static String number(long number) {
    return FIRST.add(BigInteger.valueOf(number)).toString();
  }

  private StreamRecord existing(Scope scope, String arn) {
    String[] parts = parts(scope, arn);
    return streams.find(scope, parts[0], parts[1]).orElseThrow(() -> DynamoDbErrors.noStream(arn));
  }

  /// The table and the label that an ARN names.
  private static String[] parts(Scope scope, String arn) {
    Arn parsed =
        Arn.parse(arn)
            .filter(each -> each.service().equals("dynamodb"))
            .filter(each -> each.resource().matches("table/[^/]+/stream/[^/]+"))
            .orElseThrow(() -> DynamoDbErrors.invalid("Invalid StreamArn: " + arn));
    if (!parsed.scope(scope).equals(scope)) {
      throw DynamoDbErrors.noStream(arn);
    }
    String[] part = parsed.resource().split("/");
    return new String[] {part[1], part[3]};
  }
}
