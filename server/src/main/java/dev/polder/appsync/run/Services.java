package dev.polder.appsync.run;

import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import java.net.http.HttpClient;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The services that an API's resolvers call, and the clock and identifiers they use.
public final class Services {
  private final Clients clients;
  private final Scope scope;
  private final Time time;
  private final Ids ids;
  private final Set<String> hosts;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private volatile @Nullable DynamoDbClient dynamo;

  /// @param scope of the API
  /// @param hosts that fields may call besides this machine's own, each as `name` or `name:port`
  public Services(Clients clients, Scope scope, Time time, Ids ids, Set<String> hosts) {
    this.hosts = Set.copyOf(hosts);
    this.clients = clients;
    this.scope = scope;
    this.time = time;
    this.ids = ids;
  }

  DynamoDbClient dynamo() {
    DynamoDbClient known = dynamo;
    if (known == null) {
      known = clients.get(DynamoDbClient.class, scope);
      dynamo = known;
    }
    return known;
  }

  LambdaClient lambda(@Nullable String account, @Nullable String region) {
    var theirs =
        new Scope(
            account == null ? scope.account() : account, region == null ? scope.region() : region);
    return clients.get(LambdaClient.class, theirs);
  }

  Set<String> hosts() {
    return hosts;
  }

  HttpClient http() {
    return http;
  }

  Time time() {
    return time;
  }

  Ids ids() {
    return ids;
  }
}
