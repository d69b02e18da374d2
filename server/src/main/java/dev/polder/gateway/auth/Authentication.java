package dev.polder.gateway.auth;

import java.util.Map;

/// What is demanded of a request's signature.
public sealed interface Authentication {

  /// Nothing: every signature, and none, will do. For a server that only its own machine reaches.
  record Any() implements Authentication {}

  /// Each request is signed with one of these keys or with a session that this process issued.
  ///
  /// @param secrets secret keys by access key id
  record Verify(Map<String, String> secrets) implements Authentication {
    public Verify {
      secrets = Map.copyOf(secrets);
    }

    @Override
    public String toString() {
      return "Verify[" + secrets.keySet() + "]";
    }
  }
}
