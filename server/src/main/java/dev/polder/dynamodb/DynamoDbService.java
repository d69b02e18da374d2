package dev.polder.dynamodb;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// DynamoDB of this process. Its streams are a service of their own with the same tables:
/// [#streams()].
public final class DynamoDbService implements Service<DynamoDbClient> {
  private final Engine engine;

  public DynamoDbService(Platform platform) {
    this.engine = new Engine(platform);
  }

  /// The streams of these tables.
  public DynamoDbStreamsService streams() {
    return new DynamoDbStreamsService(engine.streamOperations());
  }

  @Override
  public Class<DynamoDbClient> type() {
    return DynamoDbClient.class;
  }

  @Override
  public DynamoDbClient client(Scope scope) {
    return new LocalDynamoDb(scope, engine);
  }

  @Override
  public void start() {
    engine.start();
  }

  @Override
  public void close() {
    engine.close();
  }
}
