package dev.polder.gateway;

import dev.polder.gateway.http.HttpHandler;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.time.ManualTime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/// Gateways over fakes, and real SDK clients of them.
final class Wired {
  private Wired() {}

  /// A gateway before these services, on a clock that stands.
  static Gateway gateway(Service<?>... services) {
    return new Gateway(List.of(services), options());
  }

  static GatewayOptions options() {
    var time = new ManualTime(Instant.parse("2020-05-01T00:00:00Z"));
    return GatewayOptions.of(time, Ids.seeded(1));
  }

  /// A service that answers every operation by a function of the request.
  static <C> Answering<C> answering(Class<C> type, Function<SdkRequest, Object> answer) {
    return new Answering<>(type, answer);
  }

  /// A service whose client of every scope is this one.
  static <C> Service<C> of(Class<C> type, C client) {
    return new Service<>() {
      @Override
      public Class<C> type() {
        return type;
      }

      @Override
      public C client(Scope scope) {
        return client;
      }
    };
  }

  /// A service that implements every operation, and remembers what it was asked.
  static final class Answering<C> implements Service<C>, InvocationHandler {
    private final Class<C> type;
    private final Function<SdkRequest, Object> answer;
    private final List<Scope> scopes = new ArrayList<>();
    private volatile @Nullable SdkRequest asked;

    Answering(Class<C> type, Function<SdkRequest, Object> answer) {
      this.type = type;
      this.answer = answer;
    }

    @Override
    public Class<C> type() {
      return type;
    }

    @Override
    public C client(Scope scope) {
      scopes.add(scope);
      return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Nullable SdkRequest asked() {
      return asked;
    }

    /// The scope of the last request.
    Scope scope() {
      return scopes.getLast();
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      asked = (SdkRequest) arguments[0];
      return answer.apply((SdkRequest) arguments[0]);
    }
  }

  /// A real SDK client whose requests go to a handler without a socket.
  static <C> C client(Class<C> type, HttpHandler handler) {
    return client(type, new InProcessHttp(handler), URI.create("http://localhost:4566"));
  }

  /// A real SDK client.
  static <C> C client(Class<C> type, SdkHttpClient http, URI endpoint) {
    try {
      var builder = (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
      builder.region(Region.EU_WEST_1);
      builder.credentialsProvider(
          StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret")));
      builder.endpointOverride(endpoint);
      builder.overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)));
      ((AwsSyncClientBuilder<?, ?>) builder).httpClient(http);
      return type.cast(builder.build());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
