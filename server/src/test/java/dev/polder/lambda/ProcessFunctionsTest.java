package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polder.kernel.Await;
import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import dev.polder.sts.StsService;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Handlers in Python, custom runtimes, and what all processes have in common.
final class ProcessFunctionsTest extends ProcessFixture {
  @Test
  void outputIsInTheLogBetweenStartAndEnd() {
    node(
        "index.js",
        """
        console.log('loaded');
        exports.handler = async (n) => { for (let i = 0; i < n; i++) console.log('line %d of %o', i, { n }); process.stdout.write('raw'); console.error('bad'); };
        """);
    assertThat(log(invoke("2")))
        .matches(
            "(?s)START RequestId: \\S+ Version: \\$LATEST\n\\S+\tundefined\tINFO\tloaded\n"
                + "\\S+\t\\S{36}\tINFO\tline 0 of \\{ n: 2 }\n\\S+\t\\S+\tINFO\tline 1 of \\{ n: 2 }\n"
                + "raw\\S+\t\\S+\tERROR\tbad\nEND RequestId: \\S+\nREPORT RequestId: .*"
                + "Max Memory Used: [1-9]\\d* MB\tInit Duration: [\\d.]+ ms\t\n");
    for (int i = 0; i < 50; i++) {
      assertThat(log(invoke("1"))).contains("line 0").contains("bad\nEND");
    }
    invoke("10000");
    assertThat(directory.resolve("lambda/logs/000000000000/us-east-1/f.log"))
        .content()
        .contains("line 9999 of ");
  }

  @Test
  void pythonHandlersRun() {
    python(
        """
        import decimal, logging, os, sys
        calls = 0
        def handler(event, context):
            global calls
            calls += 1
            print("printed", event)
            logging.getLogger().warning("warned")
            left = context.get_remaining_time_in_millis()
            return {"calls": calls, "n": event["n"], "name": context.function_name, "memory": context.memory_limit_in_mb,
                    "id": len(context.aws_request_id), "left": 0 < left <= 10000, "d": decimal.Decimal("1.5"),
                    "env": os.environ["AWS_EXECUTION_ENV"], "root": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"]}
        """);
    var response = invoke("{\"n\":1}");
    assertThat(Json.parseObject(response.payload().asUtf8String()))
        .isEqualTo(
            Json.parseObject(
                """
                {"calls":1,"n":1,"name":"f","memory":"256","id":36,"left":true,"d":1.5,
                 "env":"AWS_Lambda_python3.12","root":true}
                """));
    assertThat(log(response)).contains("printed {'n': 1}\n[WARNING]\t").contains("\twarned\nEND");
    assertThat(answer("{\"n\":\"é\"}")).contains("\"calls\": 2", "\\u00e9");
  }

  @Test
  void whatAPythonHandlerRaisesIsReportedAsTheRuntimeDoes() {
    python(
        """
        import sys
        def handler(event, context):
            if event == "exit": sys.exit(4)
            if event == "set": return {1, 2}
            raise KeyError("no")
        """);
    Map<String, Object> error = error("{}");
    assertThat(error)
        .containsEntry("errorType", "KeyError")
        .containsEntry("errorMessage", "'no'")
        .containsKey("requestId");
    assertThat((List<?>) error.get("stackTrace"))
        .singleElement()
        .asString()
        .matches("(?s)  File \".*/app.py\", line 5, in handler\n    raise KeyError\\(\"no\"\\)\n");
    assertThat(error("\"set\""))
        .containsEntry("errorType", "Runtime.MarshalError")
        .containsEntry(
            "errorMessage",
            "Unable to marshal response: Object of type set is not JSON serializable");
    assertThat(error("\"exit\""))
        .containsEntry("errorType", "Runtime.ExitError")
        .hasEntrySatisfying(
            "errorMessage",
            m -> assertThat(m.toString()).endsWith("Runtime exited with error: exit status 4"));
    assertThat(error("{}")).containsEntry("errorType", "KeyError");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import nothere          | Runtime.ImportModuleError   | Unable to import module 'app': No module named 'nothere'",
        "def other(e, c): pass   | Runtime.HandlerNotFound     | Handler 'handler' missing on module 'app'",
        "def handler(            | Runtime.UserCodeSyntaxError | Syntax error in module 'app': '(' was never closed (app.py, line 1)",
        "raise ValueError('bad') | ValueError                  | bad",
      })
  void aPythonModuleThatCannotBeLoadedFailsEachCall(String source, String type, String message) {
    python(source);
    assertThat(error("{}")).containsEntry("errorType", type).containsEntry("errorMessage", message);
  }

  @Test
  void aCustomRuntimeRunsItsBootstrap() throws Exception {
    need("python3");
    String bootstrap =
        """
        #!/usr/bin/env python3
        import http.client, os
        base = "/2018-06-01/runtime/invocation/"
        while True:
            c = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
            c.request("GET", base + "next")
            r = c.getresponse()
            event = r.read().decode()
            print("got " + event, flush=True)
            c.request("POST", base + r.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", iter([b"echo ", event.encode()]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
            c.getresponse().read()
        """;
    byte[] zip = executable("bootstrap", bootstrap);
    lambda.createFunction(b ->
        b.functionName("f")
            .runtime("provided.al2023")
            .role(ROLE)
            .handler("any")
            .timeout(10)
            .code(c -> c.zipFile(SdkBytes.fromByteArray(zip))));
    assertThat(answer("{\"a\":1}")).isEqualTo("echo {\"a\":1}");
    assertThat(log(invoke("2"))).contains("got 2\nEND");
  }

  private static byte[] executable(String name, String text) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      var entry = new ZipArchiveEntry(name);
      entry.setUnixMode(0100755);
      zip.putArchiveEntry(entry);
      zip.write(text.getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void aCustomRuntimeWithoutABootstrapSaysSo() {
    create("provided.al2", "any", Map.of("other", ""), _ -> {});
    assertThat(error("{}"))
        .containsEntry("errorType", "Runtime.InvalidEntrypoint")
        .hasEntrySatisfying(
            "errorMessage",
            m ->
                assertThat(m.toString()).contains("Couldn't find valid bootstrap(s): [/var/task/"));
  }

  @Test
  void aCallEndsWithItsTimeAndTheNextBeginsAnew() throws Exception {
    node(
        "index.js",
        """
        const { spawn } = require('child_process');
        const fs = require('fs');
        exports.handler = async (file) => {
          if (!file) return 'fine';
          const child = spawn('sleep', ['1000']);
          console.log('hanging');
          fs.writeFileSync(file, process.pid + ' ' + child.pid);
          for (;;) {}
        };
        """);
    Path pids = directory.resolve("pids");
    var call = new FutureTask<>(() -> invoke(Json.write(pids.toString())));
    Thread.ofVirtual().start(call);
    Await.until(() -> Files.exists(pids) && Files.readString(pids).contains(" "));
    List<ProcessHandle> processes = new ArrayList<>();
    for (String pid : Files.readString(pids).split(" ")) {
      processes.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }
    platform.time().advance(Duration.ofSeconds(10));
    InvokeResponse response = call.get();
    Map<String, Object> error = Json.parseObject(response.payload().asUtf8String());
    assertThat(error).containsEntry("errorType", "Sandbox.Timedout");
    assertThat(error.get("errorMessage").toString()).endsWith("Task timed out after 10.00 seconds");
    assertThat(log(response)).contains("hanging", "Task timed out after 10.00 seconds");
    Await.until(() -> processes.stream().allMatch(ProcessFixture::ended));
    assertThat(answer("\"\"")).isEqualTo("\"fine\"");
  }

  @Test
  void aFunctionThatTakesTooMuchMemoryIsKilled() {
    need("node");
    assumeTrue(Files.exists(Path.of("/proc/self/statm")), "Memory is watched on Linux only");
    create(
        "nodejs20.x",
        "index.handler",
        Map.of(
            "index.js",
            """
            exports.handler = async (mb) => {
              const all = [];
              for (let i = 0; i < mb; i++) all.push(Buffer.alloc(1 << 20, 1));
              if (mb > 192) await new Promise((r) => setTimeout(r, 600000));
              return all.length;
            };
            """),
        b -> b.memorySize(192).timeout(60));
    assertThat(answer("8")).isEqualTo("8");
    assertThat(error("300"))
        .containsEntry("errorType", "Runtime.ExitError")
        .hasEntrySatisfying(
            "errorMessage", m -> assertThat(m.toString()).endsWith("error: signal: killed"));
    assertThat(answer("8")).isEqualTo("8");
  }

  @Test
  void anAnswerThatIsTooLargeIsAnError() {
    node("index.js", "exports.handler = async (n) => 'x'.repeat(n);");
    assertThat(answer("6000000")).hasSize(6_000_002);
    assertThat(error("7000000"))
        .containsEntry("errorType", "Function.ResponseSizeTooLarge")
        .containsEntry(
            "errorMessage",
            "Response payload size (7000002 bytes) exceeded maximum allowed payload size (6291556"
                + " bytes).");
    assertThat(answer("1")).isEqualTo("\"x\"");
  }

  @Test
  void callsAtOnceRunInProcessesOfTheirOwnWhichAreUsedAgain() throws Exception {
    // A call waits until another process serves too.
    node(
        "index.js",
        """
        const fs = require('fs');
        exports.handler = async (folder) => {
          fs.writeFileSync(folder + '/' + process.pid, '');
          while (fs.readdirSync(folder).length < 2) await new Promise((r) => setTimeout(r, 5));
          return process.pid;
        };
        """);
    Files.createDirectory(directory.resolve("served"));
    Set<String> first = pids();
    assertThat(first).hasSizeBetween(2, 4);
    Set<String> second = pids();
    assertThat(second).containsAnyElementsOf(first);
    first.addAll(second);
    List<ProcessHandle> processes =
        first.stream().map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow()).toList();
    lambda.updateFunctionConfiguration(b -> b.functionName("f").description("changed"));
    Await.until(() -> processes.stream().allMatch(ProcessFixture::ended));
    assertThat(pids()).doesNotContainAnyElementsOf(first);
  }

  private Set<String> pids() throws Exception {
    String folder = Json.write(directory.resolve("served").toString());
    List<FutureTask<String>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var call = new FutureTask<>(() -> answer(folder));
      calls.add(call);
      Thread.ofVirtual().start(call);
    }
    Set<String> pids = new HashSet<>();
    for (var call : calls) {
      pids.add(call.get());
    }
    return pids;
  }

  @Test
  void functionsActWithASessionOfTheirRole() {
    platform.close();
    platform = TestPlatform.in(directory);
    StsService sts = platform.add(StsService::new);
    platform.add(LambdaService::new);
    lambda = platform.client(LambdaClient.class);
    node(
        "index.js",
        "exports.handler = async () => [process.env.AWS_ACCESS_KEY_ID, process.env.AWS_SESSION_TOKEN];");
    List<?> key = (List<?>) Json.parse(answer("{}"));
    assertThat(sts.sessions().find(key.getFirst().toString(), key.getLast().toString()))
        .hasValueSatisfying(session ->
            assertThat(session.arn())
                .isEqualTo(
                    "arn:aws:sts::000000000000:assumed-role/r/f-")); // a name of two letters at
    // least
    platform.time().advance(Duration.ofHours(11));
    assertThat(Json.parse(answer("{}"))).isEqualTo(key);
    platform.time().advance(Duration.ofHours(1));
    assertThat(Json.parse(answer("{}"))).isNotEqualTo(key);
  }

  @Test
  void layersHoldModulesForPython() {
    need("python3");
    String layer = layer("python/shared.py", "x = 'of the layer'");
    create(
        "python3.12",
        "app.handler",
        Map.of("app.py", "import shared\ndef handler(e, c): return shared.x\n"),
        b -> b.layers(layer));
    assertThat(answer("{}")).isEqualTo("\"of the layer\"");
  }

  @Test
  void processesEndWithTheServer() throws Exception {
    node("index.js", "exports.handler = async () => process.pid;");
    ProcessHandle process = ProcessHandle.of(Long.parseLong(answer("{}"))).orElseThrow();
    platform.close();
    Await.until(() -> ended(process));
    open();
    assertThat(answer("{}")).isNotEqualTo(Long.toString(process.pid()));
  }
}
