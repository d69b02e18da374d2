package dev.polder.stepfunctions.integration;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What an HTTP task sent and got.
///
/// @param secrets the names of headers that came from the connection
public record HttpExchange(
    HttpRequest request, String requestBody, HttpResponse<byte[]> response, Set<String> secrets) {

  /// Told of the exchanges of whoever binds it.
  public static final ScopedValue<Consumer<HttpExchange>> SEEN = ScopedValue.newInstance();

  public HttpExchange {
    secrets = Set.copyOf(secrets);
  }

  void tell() {
    if (SEEN.isBound()) {
      SEEN.get().accept(this);
    }
  }

  /// Such as `https`.
  public String protocol() {
    return request.uri().getScheme();
  }

  /// The headers of the request.
  ///
  /// @param all also those of the connection
  public String requestHeaders(boolean all) {
    return headers(
        request.headers().map().entrySet().stream()
            .filter(header -> all || secrets.stream().noneMatch(header.getKey()::equalsIgnoreCase))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// The headers of the response.
  public String responseHeaders() {
    return headers(response.headers().map());
  }

  private static String headers(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(header -> header.getKey() + ": " + String.join(",", header.getValue()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /// The body of the response.
  public String responseBody() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// The words of the status code.
  public String reason() {
    return HttpForm.reason(response.statusCode());
  }
}
