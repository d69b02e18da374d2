package dev.polder.appsync.run;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.kernel.trace.Tracer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The services that an API's resolvers call, and the clock, identifiers and tracer they use.
public final class Services {
  private final Platform platform;
  private final Scope scope;
  private volatile @Nullable DynamoDbClient dynamo;

  /// @param scope of the API
  public Services(Platform platform, Scope scope) {
    this.platform = platform;
    this.scope = scope;
  }

  DynamoDbClient dynamo() {
    DynamoDbClient known = dynamo;
    if (known == null) {
      known = platform.clients().get(DynamoDbClient.class, scope);
      dynamo = known;
    }
    return known;
  }

  LambdaClient lambda(@Nullable String account, @Nullable String region) {
    var theirs =
        new Scope(
            account == null ? scope.account() : account, region == null ? scope.region() : region);
    return platform.clients().get(LambdaClient.class, theirs);
  }

  Time time() {
    return platform.time();
  }

  Ids ids() {
    return platform.ids();
  }

  Tracer tracer() {
    return platform.tracer();
  }
}
