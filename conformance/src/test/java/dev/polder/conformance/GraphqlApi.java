package dev.polder.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A GraphQL API over HTTP with an API key.
record GraphqlApi(URI endpoint, String apiKey) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /// Sends a document and answers the body.
  String run(String document) {
    String text = document.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("x-api-key", apiKey)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + text + "\"}"))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Sends a document and answers the first id in the answer.
  String id(String document) {
    String answer = run(document);
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new IllegalStateException("No id in " + answer);
    }
    return id.group(1);
  }
}
