package dev.polder.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.realtime.RealtimeConnection.Start;
import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.auth.Credential;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Caller;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who signed a request with AWS credentials.
public final class Signers {
  private final Authenticator authenticator;

  public Signers(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /// The signer of an HTTP request, whose signature is in order where that is demanded; null if
  /// nobody signed it, or not well.
  @Nullable Caller signer(HttpRequest request, byte[] body) {
    Optional<Credential> credential = Credential.of(request);
    return credential.isEmpty() || authenticator.check(request, credential, body).isPresent()
        ? null
        : authenticator.caller(request, credential);
  }

  /// The signer of what was sent over a WebSocket: its client signs a POST that is never sent, to
  /// the endpoint of the API, or below it to `/connect` when it opens the connection.
  ///
  /// https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html#iam
  @Nullable Caller signer(String apiId, Map<String, String> headers, @Nullable Start start) {
    boolean own = ApiAddress.ofHost(headers.get("host")).isPresent();
    String path =
        (own ? ApiAddress.PATH : GraphqlRoute.PREFIX + apiId) + (start == null ? "/connect" : "");
    byte[] body = (start == null ? "{}" : start.data()).getBytes(UTF_8);
    var signed = new Headers();
    headers.forEach(signed::add);
    return signer(new Unsent(path, signed, body), body);
  }

  private record Unsent(String rawPath, Headers headers, byte[] sent) implements HttpRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String rawQuery() {
      return "";
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(sent);
    }
  }
}
