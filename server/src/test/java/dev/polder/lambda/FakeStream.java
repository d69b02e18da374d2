package dev.polder.lambda;

import dev.polder.kernel.Event;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.*;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A stream of one shard that a test writes to.
final class FakeStream implements DynamoDbStreamsClient {
  static final String ARN =
      "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/2020-05-01T00:00:00.000";

  private final List<software.amazon.awssdk.services.dynamodb.model.Record> records =
      new ArrayList<>();
  private @Nullable TestPlatform platform;

  /// Announces what is written from now on here.
  void on(TestPlatform given) {
    platform = given;
  }

  /// Appends a record of an item with this name, whose sequence number is 100 and the count of
  /// those before it.
  synchronized void write(String... names) {
    for (String name : names) {
      var change =
          StreamRecord.builder()
              .approximateCreationDateTime(platform.time().instant())
              .keys(Map.of("id", AttributeValue.fromS(name)))
              .newImage(Map.of("id", AttributeValue.fromS(name), "n", AttributeValue.fromN("1.50")))
              .sequenceNumber(Integer.toString(100 + records.size()))
              .sizeBytes(12L)
              .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
              .build();
      records.add(
          software.amazon.awssdk.services.dynamodb.model.Record.builder()
              .eventID("e" + records.size())
              .eventName(OperationType.INSERT)
              .eventVersion("1.1")
              .eventSource("aws:dynamodb")
              .awsRegion("us-east-1")
              .dynamodb(change)
              .build());
    }
    platform
        .events()
        .publish(
            new Event(
                "id",
                Scope.DEFAULT,
                platform.time().instant(),
                "aws.dynamodb",
                "DynamoDB Stream Records",
                List.of(ARN),
                Map.of()));
  }

  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    if (!request.streamArn().equals(ARN)) {
      throw ResourceNotFoundException.builder().message("none").build();
    }
    return DescribeStreamResponse.builder()
        .streamDescription(
            StreamDescription.builder()
                .streamArn(ARN)
                .shards(Shard.builder().shardId("shard-1").build())
                .build())
        .build();
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    int at =
        switch (request.shardIteratorType()) {
          case TRIM_HORIZON -> 0;
          case AFTER_SEQUENCE_NUMBER -> Integer.parseInt(request.sequenceNumber()) - 99;
          default -> throw new IllegalArgumentException(request.toString());
        };
    return GetShardIteratorResponse.builder().shardIterator(Integer.toString(at)).build();
  }

  @Override
  public synchronized GetRecordsResponse getRecords(GetRecordsRequest request) {
    int from = Integer.parseInt(request.shardIterator());
    int to = Math.min(records.size(), from + request.limit());
    return GetRecordsResponse.builder()
        .records(List.copyOf(records.subList(from, to)))
        .nextShardIterator(Integer.toString(to))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
