package dev.polder.graphql;

import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.auth.Credential;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signatures of requests by AWS credentials.
public final class Signatures {
  private final Authenticator authenticator;

  public Signatures(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /// Who signed a request; null if nobody did, or if the signature is not right.
  @Nullable Caller signer(HttpRequest request, byte[] body) {
    Optional<Credential> credential = Credential.of(request);
    return credential.isEmpty() || authenticator.check(request, credential, body).isPresent()
        ? null
        : authenticator.caller(request, credential);
  }
}
