package dev.polder.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.appsync.realtime.RealtimeConnection.Start;
import dev.polder.gateway.auth.Authentication;
import dev.polder.gateway.auth.Authenticator;
import dev.polder.kernel.Sessions;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// What a client with AWS credentials signs when it subscribes, signed by the SDK.
class SignersTest {
  private static final Instant NOW = Instant.parse("2020-05-01T00:00:00Z");
  private static final Start START =
      new Start("{\"query\":\"subscription { a }\"}", "subscription { a }", null, Map.of());

  private final Signers signers =
      new Signers(
          new Authenticator(
              new Authentication.Verify(Map.of("AKIAUSER", "secret")),
              Sessions.none(),
              InstantSource.fixed(NOW)));

  private static Map<String, String> signed(String path, String body, String secret) {
    var request =
        AwsV4HttpSigner.create()
            .sign(it ->
                it.identity(AwsCredentialsIdentity.create("AKIAUSER", secret))
                    .request(
                        SdkHttpRequest.builder()
                            .method(SdkHttpMethod.POST)
                            .uri(URI.create("http://127.0.0.1:4566/graphql/api" + path))
                            .build())
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "appsync")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
            .request();
    Map<String, String> headers = new LinkedHashMap<>();
    request.forEachHeader(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }

  @Test
  void theHandshakeIsSignedForConnectAndASubscriptionForItsData() {
    var connect = signed("/connect", "{}", "secret");
    assertThat(Objects.requireNonNull(signers.signer("api", connect, null)).accessKeyId())
        .isEqualTo("AKIAUSER");
    var start = signed("", START.data(), "secret");
    assertThat(signers.signer("api", start, START)).isNotNull();
    assertThat(signers.signer("other", start, START)).isNull();
    assertThat(signers.signer("api", start, null)).isNull();
    assertThat(signers.signer("api", signed("/connect", "{}", "guessed"), null)).isNull();
    assertThat(signers.signer("api", Map.of("x-api-key", "da2-key"), null)).isNull();
  }
}
