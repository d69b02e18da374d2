package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.polder.kernel.Platform;
import dev.polder.kernel.TestPlatform;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// A function that brings the AWS SDK in its own `lib` folder and does not know where it runs.
class SdkInsideTest {
  private static final String SOURCE =
      """
      package fn;
      import java.util.*;
      import software.amazon.awssdk.services.glue.GlueClient;
      import software.amazon.awssdk.services.s3.S3Client;
      public class Databases {
        private final GlueClient glue = GlueClient.create();
        private final S3Client s3 = S3Client.create();
        public List<String> list(Map<String, Object> in) {
          s3.deleteObject(b -> b.bucket("lake").key("a/b c"));
          return glue.getDatabases(b -> {}).databaseList().stream().map(d -> d.name()).toList();
        }
      }
      """;

  @Test
  void anUnchangedClientReachesThisServerAsTheFunctionsAccount(@TempDir Path directory)
      throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    var http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    http.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI().getRawPath()
                  + " "
                  + headers.getFirst("X-Amz-Target")
                  + " "
                  + headers.getFirst("Authorization").replaceAll(".*Credential=([^,]*),.*", "$1"));
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "{\"DatabaseList\":[{\"Name\":\"traffic\"}]}".getBytes(UTF_8);
          boolean get = exchange.getRequestMethod().equals("POST");
          exchange.sendResponseHeaders(get ? 200 : 204, get ? answer.length : -1);
          if (get) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    http.start();
    URI endpoint = URI.create("http://localhost:" + http.getAddress().getPort());
    try (var platform = TestPlatform.in(directory)) {
      platform.add(p -> new LambdaService(at(p, endpoint)));
      var lambda = platform.client(LambdaClient.class);
      byte[] jar = jar();
      lambda.createFunction(b ->
          b.functionName("f")
              .runtime("java21")
              .role("arn:aws:iam::000000000000:role/r")
              .handler("fn.Databases::list")
              .timeout(60)
              .code(c -> c.zipFile(SdkBytes.fromByteArray(jar))));
      for (int i = 0; i < 2; i++) {
        var answer = lambda.invoke(b -> b.functionName("f"));
        assertThat(answer.payload().asUtf8String()).isEqualTo("[\"traffic\"]");
      }
    } finally {
      http.stop(0);
    }
    String day = "000000000000/20200501/us-east-1/";
    assertThat(seen)
        .containsExactly(
            "DELETE /lake/a/b%20c null " + day + "s3/aws4_request",
            "POST / AWSGlue.GetDatabases " + day + "glue/aws4_request",
            "DELETE /lake/a/b%20c null " + day + "s3/aws4_request",
            "POST / AWSGlue.GetDatabases " + day + "glue/aws4_request");
  }

  private static Platform at(Platform p, URI endpoint) {
    return new Platform(
        p.store(),
        p.time(),
        p.ids(),
        p.events(),
        p.lake(),
        p.clients(),
        p.calls(),
        p.data(),
        () -> endpoint);
  }

  /// The handler, and in `lib` the SDK as it is on the test's class path.
  private static byte[] jar() throws java.io.IOException {
    Map<String, byte[]> files = new HashMap<>(Compiled.classes(Map.of("fn.Databases", SOURCE)));
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      Path file = Path.of(entry);
      boolean sdk =
          entry.contains("awssdk")
              || entry.contains("slf4j-api")
              || entry.contains("reactive-streams");
      if (sdk
          && entry.endsWith(".jar")
          && !entry.matches(".*/(athena|sfn|iam|lambda|netty|apache-client).*")) {
        files.put("lib/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return Compiled.zip(files);
  }
}
