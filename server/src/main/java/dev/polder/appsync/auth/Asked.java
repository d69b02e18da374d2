package dev.polder.appsync.auth;

import dev.polder.kernel.Caller;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a request before anybody knows who sends it.
///
/// @param apiId of the API
/// @param requestId a UUID
/// @param headers names in lower case
/// @param sourceIp of the client
/// @param signer who signed the request with AWS credentials, once the signature has been checked;
///   null where nobody did
/// @param query the document; empty where there is none yet, as when a socket is opened
/// @param variables in [dev.polder.kernel.Json] form
public record Asked(
    String apiId,
    String requestId,
    Map<String, String> headers,
    String sourceIp,
    @Nullable Caller signer,
    String query,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables) {

  public Asked {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /// A header, or null.
  @Nullable String header(String name) {
    return headers.get(name);
  }
}
