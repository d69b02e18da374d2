package dev.polder.dynamodb;

import dev.polder.kernel.Scope;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// DynamoDB Streams as one account and region sees it.
final class LocalDynamoDbStreams implements DynamoDbStreamsClient {
  private final Scope scope;
  private final StreamOperations operations;

  LocalDynamoDbStreams(Scope scope, StreamOperations operations) {
    this.scope = scope;
    this.operations = operations;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  /// Lists streams, closed ones for a day after their end.
  @Override
  public ListStreamsResponse listStreams(ListStreamsRequest request) {
    return operations.list(scope, request);
  }

  /// Describes a stream and its one shard.
  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    return operations.describe(scope, request);
  }

  /// Gives a place in a stream, good for fifteen minutes.
  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    return operations.iterator(scope, request);
  }

  /// Reads up to 1,000 records or 1 MB, and at once, whether there are any or not.
  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    return operations.records(scope, request);
  }
}
