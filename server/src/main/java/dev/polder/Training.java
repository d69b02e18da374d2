package dev.polder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.config.Config;
import dev.polder.config.LogLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/// A short life of the server, from whose classes the JDK makes its ahead-of-time cache: start,
/// answer what a user asks first, stop.
final class Training {
  private static final List<String> FIRST_REQUESTS =
      List.of(
          "GET /_polder/health HTTP/1.1\r\n",
          json("AWSGlue.GetDatabases", "1.1"),
          json("AWSStepFunctions.ListStateMachines", "1.0"),
          json("AmazonAthena.ListWorkGroups", "1.1"),
          "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=000000000000/20200501/"
              + "us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n");

  private Training() {}

  static void run(Config config) {
    LogLines.install(config);
    try (App app = App.start(config.withAnyPort())) {
      for (String request : FIRST_REQUESTS) {
        ask(app.endpoint(), request);
      }
    }
  }

  private static String json(String target, String version) {
    return "POST / HTTP/1.1\r\nContent-Type: application/x-amz-json-"
        + version
        + "\r\nX-Amz-Target: "
        + target
        + "\r\n";
  }

  private static void ask(URI endpoint, String head) {
    try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      String body = head.startsWith("POST") ? "{}" : "";
      String rest =
          "Host: localhost\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write((head + rest).getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
