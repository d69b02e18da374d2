package dev.polder.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// The console's files, below [#PREFIX]. Only the files listed here are served.
public final class ConsolePages implements HttpHandler {
  /// Where the console is.
  public static final String PREFIX = "/_polder/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("index.html", "text/html; charset=utf-8"),
          Map.entry("style.css", "text/css; charset=utf-8"),
          Map.entry("icon.svg", "image/svg+xml"),
          Map.entry("main.js", SCRIPT),
          Map.entry("api.js", SCRIPT),
          Map.entry("dom.js", SCRIPT),
          Map.entry("graph.js", SCRIPT),
          Map.entry("lake.js", SCRIPT),
          Map.entry("machines.js", SCRIPT),
          Map.entry("traces.js", SCRIPT));

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws IOException {
    String name = request.rawPath().substring(PREFIX.length());
    String file = name.isEmpty() ? "index.html" : name;
    String type = FILES.get(file);
    if (type == null || !(request.method().equals("GET") || request.method().equals("HEAD"))) {
      response.send(404, Headers.of("content-type", "text/plain"), "Not found\n".getBytes(UTF_8));
      return;
    }
    response.send(200, headers(type), bytes(file));
  }

  private static Headers headers(String type) {
    return Headers.of(
        "content-type",
        type,
        "cache-control",
        "no-cache",
        "x-content-type-options",
        "nosniff",
        "content-security-policy",
        "default-src 'self'; frame-ancestors 'none'");
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = ConsolePages.class.getResourceAsStream("/console/" + file)) {
      if (in == null) {
        throw new IOException("The console's file " + file + " is missing from the jar");
      }
      return in.readAllBytes();
    }
  }
}
