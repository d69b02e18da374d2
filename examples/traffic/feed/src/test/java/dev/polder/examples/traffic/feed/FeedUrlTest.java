package dev.polder.examples.traffic.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedUrlTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] document = Points.document(Points.point("", "")).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/feed",
        exchange -> {
          exchange.sendResponseHeaders(200, document.length);
          exchange.getResponseBody().write(document);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void documentIsReadAsItComes() throws Exception {
    try (FeedUrl feed = new FeedUrl(uri("/feed"));
        InputStream document = feed.fetch();
        FeedReader reader = new FeedReader(document)) {
      assertThat(reader.next(new RawEvent())).isTrue();
      assertThat(reader.next(new RawEvent())).isFalse();
    }
  }

  @Test
  void answerOtherThan200IsAnError() {
    try (FeedUrl feed = new FeedUrl(uri("/nothing"))) {
      assertThatThrownBy(feed::fetch).isInstanceOf(IOException.class).hasMessageContaining("404");
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
