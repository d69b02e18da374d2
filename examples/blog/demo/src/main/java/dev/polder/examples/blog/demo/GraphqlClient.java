package dev.polder.examples.blog.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/// Sends GraphQL over HTTP with an API key.
final class GraphqlClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String apiKey;

  GraphqlClient(URI endpoint, String apiKey) {
    this.endpoint = endpoint;
    this.apiKey = apiKey;
  }

  /// Runs an operation.
  ///
  /// @param trace the value of the header `X-Amzn-Trace-Id`
  /// @return the member `data` of the answer
  /// @throws DemoException if the answer has errors
  Map<String, Object> run(String query, Map<String, Object> variables, String trace) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .header("Content-Type", "application/json")
              .header("x-api-key", apiKey)
              .header("X-Amzn-Trace-Id", trace)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      JSON.std.asString(Map.of("query", query, "variables", variables))))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      Map<String, Object> body = JSON.std.mapFrom(answer.body());
      if (answer.statusCode() != 200 || body.containsKey("errors")) {
        throw new DemoException("The API answered " + answer.statusCode() + " " + answer.body());
      }
      return member(body, "data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("Interrupted");
    }
  }

  /// A member that is an object.
  @SuppressWarnings("unchecked")
  static Map<String, Object> member(Map<String, Object> object, String name) {
    if (object.get(name) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new DemoException("Expected the member " + name + " in " + object.keySet());
  }
}
