package dev.polder.appsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polder.appsync.api.Generation;
import dev.polder.appsync.auth.Asked;
import dev.polder.appsync.run.Request;
import dev.polder.kernel.Await;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.lambda.Compiled;
import dev.polder.lambda.LambdaService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// What becomes of functions that fail, as clients of an API see it.
class FunctionErrorsTest {
  private static final String SCHEMA =
      """
      type Query {
        java(kind: String): String @function(name: "java")
        raw(kind: String): String @function(name: "raw")
        node(kind: String): String @function(name: "node")
        python(kind: String): String @function(name: "python")
      }
      """;
  private static final byte[] JAVA =
      Compiled.jar(
          Map.of(
              "fn.Go",
              """
              package fn;
              import java.nio.file.*;
              import java.util.*;
              public class Go {
                public static class ShopException extends RuntimeException {
                  public ShopException(String message) { super(message); }
                }
                public static class Opaque { public String getA() { throw new IllegalStateException("inside"); } }
                public Object go(Map<String, Object> event) throws Exception {
                  String kind = String.valueOf(((Map<?, ?>) event.get("arguments")).get("kind"));
                  switch (kind) {
                    case "custom": throw new ShopException("no stock");
                    case "checked": throw new java.io.IOException("no line");
                    case "silent": throw new ShopException(null);
                    case "memory": throw new OutOfMemoryError("Java heap space");
                    case "deep": return go(event);
                    case "exit": System.exit(3);
                    case "opaque": return new Opaque();
                    case "big": return "x".repeat(7 << 20);
                    case "slow":
                      Files.createFile(Path.of(System.getenv("FOLDER"), "begun"));
                      Thread.sleep(600_000);
                    default: return "ok";
                  }
                }
              }
              """,
              "fn.Raw",
              """
              package fn;
              import com.amazonaws.services.lambda.runtime.*;
              import java.io.*;
              public class Raw implements RequestStreamHandler {
                public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                  out.write("not json".getBytes());
                }
              }
              """));
  private static final String NODE =
      """
      class ShopError extends Error { constructor(m) { super(m); this.name = 'ShopError'; } }
      exports.handler = async (event) => {
        switch (event.arguments.kind) {
          case 'custom': throw new ShopError('no stock');
          case 'string': throw 'plain';
          case 'reject': Promise.reject(new ShopError('dropped')); await new Promise(r => setTimeout(r, 60000));
          case 'later': setTimeout(() => { throw new ShopError('too late'); }, 5); await new Promise(r => setTimeout(r, 60000));
          case 'memory': { const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1)); }
          case 'exit': process.exit(3);
          case 'bigint': return 10n;
          case 'big': return 'x'.repeat(7 << 20);
        }
        return 'ok';
      };
      """;
  private static final String PYTHON =
      """
      import os, sys
      class ShopError(Exception):
          pass
      def handler(event, context):
          kind = event["arguments"]["kind"]
          if kind == "custom": raise ShopError("no stock")
          if kind == "key": return {}["gone"]
          if kind == "memory":
              held = []
              while True: held.append(bytearray(os.urandom(1 << 20)))
          if kind == "exit": sys.exit(4)
          if kind == "object": return object()
          if kind == "bytes": return b"not json"
          if kind == "nan": return float("nan")
          if kind == "big": return "x" * (7 << 20)
          return "ok"
      """;

  @TempDir Path directory;
  private TestPlatform platform;
  private AppSyncService service;
  private DeployedApi api;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(LambdaService::new);
    service = platform.add(AppSyncService::new);
    api = service.deploy(Scope.DEFAULT, ApiDeployment.of("errors", "dev", Generation.V2, SCHEMA));
    create("java", "java21", "fn.Go::go", JAVA);
    create("raw", "java21", "fn.Raw::handleRequest", JAVA);
    create("node", "nodejs20.x", "index.handler", zip("index.js", NODE));
    create("python", "python3.12", "index.handler", zip("index.py", PYTHON));
  }

  private static byte[] zip(String file, String source) {
    return Compiled.zip(Map.of(file, source.getBytes(UTF_8)));
  }

  private void create(String name, String runtime, String handler, byte[] code) {
    platform
        .client(LambdaClient.class)
        .createFunction(b ->
            b.functionName(name)
                .runtime(runtime)
                .role("arn:aws:iam::000000000000:role/r")
                .handler(handler)
                .timeout(20)
                .memorySize(192)
                .environment(e -> e.variables(Map.of("FOLDER", directory.toString())))
                .code(c -> c.zipFile(SdkBytes.fromByteArray(code))));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private static void need(String language) {
    String program = language.equals("python") ? "python3" : language;
    boolean found =
        List.of("java", "raw").contains(language)
            || List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(found, "There is no " + program + " on this machine");
  }

  private Map<String, ?> ask(String field, String kind) {
    String query = "{ %s(kind: \"%s\") }".formatted(field, kind);
    Map<String, String> headers = Map.of("x-api-key", String.valueOf(api.apiKey()));
    var asked = new Asked(api.apiId(), "r", headers, "127.0.0.1", null, query, null, Map.of());
    var identity = service.identify(asked);
    return service
        .execute(api.apiId(), new Request(query, null, Map.of(), headers, identity, false))
        .body();
  }

  private static void failed(Map<String, ?> body, String field, String type, String message) {
    assertThat(String.valueOf(body.get("data"))).isEqualTo("{" + field + "=null}");
    assertThat((List<?>) body.get("errors"))
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("errorType", type)
        .containsEntry("errorInfo", null)
        .containsEntry("data", null)
        .containsEntry("path", List.of(field))
        .satisfies(error -> assertThat(String.valueOf(error.get("message"))).matches(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "java | custom | Lambda:Unhandled | no stock",
        "java | checked | Lambda:Unhandled | no line",
        "java | silent | Lambda:Unhandled | .*",
        "java | memory | Lambda:Unhandled | Java heap space",
        "java | deep | Lambda:Unhandled | .*",
        "java | exit | Lambda:Unhandled | RequestId: \\S+ Error: Runtime exited with error: exit status 3",
        "java | opaque | Lambda:Unhandled | (?s)An error occurred during JSON serialization of response.*",
        "java | big | Lambda:Unhandled | Response payload size \\(7340034 bytes\\) exceeded maximum allowed payload size \\(6291556 bytes\\)\\.",
        "raw | any | Lambda:IllegalArgument | Error while de-serializing lambda response payload. Got: not json",
        "node | custom | Lambda:Unhandled | no stock",
        "node | string | Lambda:Unhandled | plain",
        "node | reject | Lambda:Unhandled | ShopError: dropped",
        "node | later | Lambda:Unhandled | too late",
        "node | memory | Lambda:Unhandled | RequestId: \\S+ Error: Runtime exited with error: signal: killed",
        "node | exit | Lambda:Unhandled | RequestId: \\S+ Error: Runtime exited with error: exit status 3",
        "node | bigint | Lambda:Unhandled | Unable to stringify response body",
        "node | big | Lambda:Unhandled | Response payload size .*",
        "python | custom | Lambda:Unhandled | no stock",
        "python | key | Lambda:Unhandled | 'gone'",
        "python | memory | Lambda:Unhandled | RequestId: \\S+ Error: Runtime exited with error: signal: killed",
        "python | exit | Lambda:Unhandled | RequestId: \\S+ Error: Runtime exited with error: exit status 4",
        "python | object | Lambda:Unhandled | Unable to marshal response: Object of type object is not JSON serializable",
        "python | bytes | Lambda:IllegalArgument | Error while de-serializing lambda response payload. Got: not json",
        "python | nan | Lambda:IllegalArgument | Error while de-serializing lambda response payload. Got: NaN",
        "python | big | Lambda:Unhandled | Response payload size .*"
      })
  void whatAFunctionDoesWrongIsAnErrorOfItsField(
      String field, String kind, String type, String message) {
    need(field);
    boolean watched = field.equals("java") || System.getProperty("os.name").equals("Linux");
    assumeTrue(watched || !kind.equals("memory"), "Memory is watched on Linux alone");
    failed(ask(field, kind), field, type, message);
    if (!field.equals("raw")) {
      assertThat(String.valueOf(ask(field, "well").get("data"))).isEqualTo("{" + field + "=ok}");
    }
  }

  @Test
  void aFunctionThatTakesTooLongIsAnErrorOfItsField() throws Exception {
    var answer = CompletableFuture.supplyAsync(() -> ask("java", "slow"));
    Await.until(() -> Files.exists(directory.resolve("begun")));
    platform.time().advance(Duration.ofSeconds(20));
    failed(
        answer.get(60, TimeUnit.SECONDS),
        "java",
        "Lambda:Unhandled",
        "RequestId: \\S+ Error: Task timed out after 20.00 seconds");
  }
}
