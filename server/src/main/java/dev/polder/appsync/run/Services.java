package dev.polder.appsync.run;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.kernel.trace.Tracer;
import java.net.http.HttpClient;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The services that an API's resolvers call, and the clock, identifiers and tracer they use.
public final class Services {
  private final Platform platform;
  private final Scope scope;
  private final Set<String> hosts;
  private volatile @Nullable DynamoDbClient dynamo;
  private volatile @Nullable HttpClient http;

  /// @param scope of the API
  /// @param hosts that fields may call besides this machine's own, each as `name` or `name:port`
  public Services(Platform platform, Scope scope, Set<String> hosts) {
    this.platform = platform;
    this.hosts = Set.copyOf(hosts);
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

  Set<String> hosts() {
    return hosts;
  }

  // Made when the first field asks for it: a client has a thread of its own.
  HttpClient http() {
    HttpClient known = http;
    if (known == null) {
      known = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
      http = known;
    }
    return known;
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
