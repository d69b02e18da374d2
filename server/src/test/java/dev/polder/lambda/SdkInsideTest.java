package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.polder.kernel.LocalHttp;
import dev.polder.kernel.Platform;
import dev.polder.kernel.TestPlatform;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
      byte[] jar = jar("fn.Databases", SOURCE);
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

  private static final String CALLER =
      """
      package fn;
      import java.time.Duration;
      import java.util.*;
      import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
      import software.amazon.awssdk.core.sync.*;
      import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
      import software.amazon.awssdk.services.s3.S3Client;
      public class Caller {
        private final S3Client s3 = S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofSeconds(5)))
            .build();
        public String call(String bucket) {
          s3.putObject(b -> b.bucket(bucket).key("a/b c"), RequestBody.fromString("sent"));
          return s3.getObject(b -> b.bucket(bucket).key("a/b c"), ResponseTransformer.toBytes())
              .asUtf8String();
        }
        public String impatient(String bucket) {
          try {
            s3.getObject(
                b -> b.bucket(bucket).key("k")
                    .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(20))));
            return "answered";
          } catch (ApiCallTimeoutException e) {
            return Thread.interrupted() ? "interrupted" : "timed out";
          }
        }
      }
      """;

  /// The server as functions reach it without a socket; there is none to connect to.
  private static final class Local implements LocalHttp {
    final List<String> seen = new CopyOnWriteArrayList<>();
    final CountDownLatch answers = new CountDownLatch(1);

    @Override
    public boolean serves(String scheme, String host, int port) {
      return scheme.equals("http") && host.equals("127.0.0.1") && port == 1;
    }

    @Override
    public Answer send(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        InputStream body)
        throws IOException {
      seen.add(method + " " + path + " " + new String(body.readAllBytes(), UTF_8));
      if (path.startsWith("/hangs/")) {
        try {
          answers.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException();
        }
      }
      byte[] answer = method.equals("GET") ? "kept".getBytes(UTF_8) : new byte[0];
      return new Answer(
          200,
          Map.of("Content-Length", List.of(Integer.toString(answer.length))),
          new ByteArrayInputStream(answer));
    }
  }

  @Test
  void aClientThatTheFunctionChoseReachesThisServerWithoutASocket(@TempDir Path directory)
      throws Exception {
    var local = new Local();
    try (var platform = TestPlatform.in(directory)) {
      platform.add(p -> new LambdaService(at(p, URI.create("http://localhost:1"))).with(local));
      assertThat(called(platform, "call", "lake")).isEqualTo("\"kept\"");
    }
    assertThat(local.seen).hasSize(2);
    assertThat(local.seen.getFirst()).startsWith("PUT /lake/a/b%20c ").contains("sent");
    assertThat(local.seen.getLast()).isEqualTo("GET /lake/a/b%20c ");
  }

  @Test
  void aCallWithoutAnswerEndsWhenTheClientsPatienceDoes(@TempDir Path directory) throws Exception {
    var local = new Local();
    try (var platform = TestPlatform.in(directory)) {
      platform.add(p -> new LambdaService(at(p, URI.create("http://localhost:1"))).with(local));
      assertThat(called(platform, "impatient", "hangs")).isEqualTo("\"timed out\"");
    }
  }

  private static String called(TestPlatform platform, String method, String bucket)
      throws IOException {
    var lambda = platform.client(LambdaClient.class);
    byte[] jar = jar("fn.Caller", CALLER);
    lambda.createFunction(b ->
        b.functionName("f")
            .runtime("java21")
            .role("arn:aws:iam::000000000000:role/r")
            .handler("fn.Caller::" + method)
            .timeout(60)
            .code(c -> c.zipFile(SdkBytes.fromByteArray(jar))));
    return lambda
        .invoke(b -> b.functionName("f").payload(SdkBytes.fromUtf8String("\"" + bucket + "\"")))
        .payload()
        .asUtf8String();
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
  private static byte[] jar(String type, String source) throws IOException {
    Map<String, byte[]> files = new HashMap<>(Compiled.classes(Map.of(type, source)));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
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
