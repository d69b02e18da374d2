package dev.polder.dynamodb;

import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// DynamoDB Streams of this process, made by [DynamoDbService#streams()].
public final class DynamoDbStreamsService implements Service<DynamoDbStreamsClient> {
  private final StreamOperations operations;

  DynamoDbStreamsService(StreamOperations operations) {
    this.operations = operations;
  }

  @Override
  public Class<DynamoDbStreamsClient> type() {
    return DynamoDbStreamsClient.class;
  }

  @Override
  public DynamoDbStreamsClient client(Scope scope) {
    return new LocalDynamoDbStreams(scope, operations);
  }
}
