package dev.polder.examples.traffic.feed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The feed on the web. The original is at {@link #FLANDERS} and renewed every minute.
public final class FeedUrl implements AutoCloseable {
  /// Where the Flemish government publishes the feed.
  public static final URI FLANDERS = URI.create("http://miv.opendata.belfla.be/miv/verkeersdata");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI uri;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  public FeedUrl(URI uri) {
    this.uri = uri;
  }

  /// The document as it is now, to be read as a stream and closed.
  ///
  /// @throws IOException if the feed cannot be reached or does not answer 200
  public InputStream fetch() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("Expected 200 from " + uri + " but was " + response.statusCode());
    }
    return response.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
