package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import dev.polder.sts.StsService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Handlers in Node.js, Python and custom runtimes, as their users have them. Over 600 lines: every
/// rule of three runtimes against one fixture.
class ProcessFunctionsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";

  @TempDir Path directory;
  private TestPlatform platform;
  private LambdaClient lambda;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(LambdaService::new);
    lambda = platform.client(LambdaClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private static void need(String program) {
    boolean found =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(found, "There is no " + program + " on this machine");
  }

  private void create(
      String runtime,
      String handler,
      Map<String, String> files,
      Consumer<CreateFunctionRequest.Builder> more) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    files.forEach((name, text) -> entries.put(name, text.getBytes(UTF_8)));
    byte[] zip = Compiled.zip(entries);
    lambda.createFunction(b -> {
      b.functionName("f")
          .runtime(runtime)
          .role(ROLE)
          .handler(handler)
          .timeout(10)
          .memorySize(256)
          .code(c -> c.zipFile(SdkBytes.fromByteArray(zip)));
      more.accept(b);
    });
  }

  private void node(String file, String source) {
    need("node");
    create("nodejs20.x", "index.handler", Map.of(file, source), _ -> {});
  }

  private void python(String source) {
    need("python3");
    create("python3.12", "app.handler", Map.of("app.py", source), _ -> {});
  }

  private InvokeResponse invoke(String payload) {
    return lambda.invoke(
        b -> b.functionName("f").logType("Tail").payload(SdkBytes.fromUtf8String(payload)));
  }

  private String answer(String payload) {
    InvokeResponse response = invoke(payload);
    assertThat(response.functionError()).as(response.payload().asUtf8String()).isNull();
    return response.payload().asUtf8String();
  }

  private Map<String, Object> error(String payload) {
    InvokeResponse response = invoke(payload);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    return Json.parseObject(response.payload().asUtf8String());
  }

  private static String log(InvokeResponse response) {
    return new String(Base64.getDecoder().decode(response.logResult()), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index.js  | exports.handler = async (e) => ({ n: e.n + 1 });",
        "index.js  | exports.handler = (e, c, done) => setTimeout(() => done(null, { n: e.n + 1 }), 5);",
        "index.js  | exports.handler = (e, c) => c.succeed({ n: e.n + 1 });",
        "index.js  | module.exports.handler = (e) => Promise.resolve({ n: e.n + 1 });",
        "index.cjs | exports.handler = async (e) => ({ n: e.n + 1 });",
        "index.mjs | const one = await Promise.resolve(1); export const handler = async (e) => ({ n: e.n + one });",
      })
  void nodeHandlersOfEveryShapeRun(String file, String source) {
    node(file, source);
    assertThat(answer("{\"n\":1}")).isEqualTo("{\"n\":2}");
    assertThat(answer("{\"n\":2}")).isEqualTo("{\"n\":3}");
  }

  @Test
  void aPackageMayBeAModuleAndTheHandlerInAFolder() {
    need("node");
    create(
        "nodejs22.x",
        "src/app.nested.handler",
        Map.of(
            "package.json", "{\"type\":\"module\"}",
            "src/lib.js", "export default 41;",
            "src/app.js",
                "import n from './lib.js'; export const nested = { handler: async () => n + 1 };"),
        _ -> {});
    assertThat(answer("{}")).isEqualTo("42");
  }

  @Test
  void aNodeHandlerSeesTheContextAndEnvironmentOfLambda() {
    need("node");
    String source =
        """
        exports.handler = async (event, context) => {
          const left = context.getRemainingTimeInMillis();
          return [event, context.functionName, context.functionVersion, context.memoryLimitInMB,
            context.logGroupName, context.invokedFunctionArn, context.clientContext.custom.a,
            context.awsRequestId.length, left > 9000 && left <= 10000, process.cwd() === process.env.LAMBDA_TASK_ROOT,
            process.env.GREETING, process.env.AWS_REGION, process.env.AWS_EXECUTION_ENV, process.env._HANDLER,
            process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.TZ, process.env.HOME, process.env._X_AMZN_TRACE_ID.slice(0, 7)];
        };
        """;
    create(
        "nodejs20.x",
        "index.handler",
        Map.of("index.js", source),
        b -> b.environment(e -> e.variables(Map.of("GREETING", "hé"))));
    String context =
        Base64.getEncoder().encodeToString("{\"custom\":{\"a\":\"ü\"}}".getBytes(UTF_8));
    var response =
        lambda.invoke(b ->
            b.functionName("f:$LATEST")
                .clientContext(context)
                .payload(SdkBytes.fromUtf8String("{\"k\":\"é\"}")));
    assertThat(response.payload().asUtf8String())
        .isEqualTo(
            "[{\"k\":\"é\"},\"f\",\"$LATEST\",\"256\",\"/aws/lambda/f\","
                + "\"arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST\",\"ü\",36,true,true,"
                + "\"hé\",\"us-east-1\",\"AWS_Lambda_nodejs20.x\",\"index.handler\",\"f\",\":UTC\","
                + "null,\"Root=1-\"]");
  }

  @Test
  void whatANodeHandlerThrowsIsReportedAsTheRuntimeDoes() {
    node(
        "index.js",
        """
        exports.handler = async (event) => {
          switch (event) {
            case 'error': throw new TypeError('no');
            case 'text': throw 'a text';
            case 'later': setTimeout(() => { throw new RangeError('later'); }, 1); return new Promise(() => {});
            case 'rejected': Promise.reject(new Error('nobody cares')); return new Promise((r) => setTimeout(r, 100));
            case 'cycle': { const a = {}; a.a = a; return a; }
            default: return 1;
          }
        };
        """);
    assertThat(error("\"error\""))
        .containsEntry("errorType", "TypeError")
        .containsEntry("errorMessage", "no")
        .hasEntrySatisfying(
            "trace", trace -> assertThat(trace.toString()).startsWith("[TypeError: no,     at "));
    assertThat(error("\"text\""))
        .isEqualTo(Map.of("errorType", "string", "errorMessage", "a text", "trace", List.of()));
    assertThat(error("\"later\"")).containsEntry("errorType", "RangeError");
    assertThat(answer("1")).isEqualTo("1");
    assertThat(error("\"rejected\""))
        .containsEntry("errorType", "Runtime.UnhandledPromiseRejection")
        .containsEntry("errorMessage", "Error: nobody cares");
    assertThat(answer("1")).isEqualTo("1");
    assertThat(error("\"cycle\""))
        .containsEntry("errorMessage", "Unable to stringify response body");
  }

  @Test
  void aCallbackWaitsForWhatStillRunsUnlessToldNotTo() {
    node(
        "index.js",
        """
        let late = 0;
        exports.handler = (event, context, callback) => {
          if (event === 'none') return 'ignored';
          if (event === 'late') { callback(null, late); return; }
          context.callbackWaitsForEmptyEventLoop = event === 'wait';
          const result = { late };
          setTimeout(() => { late++; result.late = late; }, 60);
          callback(null, result);
        };
        """);
    assertThat(answer("\"wait\"")).isEqualTo("{\"late\":1}");
    assertThat(answer("\"go\"")).isEqualTo("{\"late\":1}");
    assertThat(answer("\"none\"")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exports.other = 1;       | Runtime.HandlerNotFound     | index.handler is undefined or not exported",
        "exports.handler = 1;     | Runtime.HandlerNotFound     | index.handler is not a function",
        "require('./absent');     | Runtime.ImportModuleError   | Error: Cannot find module './absent'",
        "exports.handler = (;     | Runtime.UserCodeSyntaxError | SyntaxError: Unexpected token ';'",
        "throw new Error('init'); | Error                       | init",
        "exports.handler = awslambda.streamifyResponse(async () => 1); | Runtime.StreamingNotSupported | not supported by Polder",
        "process.exit(3);         | Runtime.ExitError           | exit status 3",
      })
  void whatCannotBeLoadedFailsEachCall(String source, String type, String message) {
    node("index.js", source);
    for (int i = 0; i < 2; i++) {
      Map<String, Object> error = error("{}");
      assertThat(error).containsEntry("errorType", type);
      assertThat(error.get("errorMessage").toString()).contains(message);
    }
  }

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
                    "id": len(context.aws_request_id), "left": 9000 < left <= 10000, "d": decimal.Decimal("1.5"),
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
    var bytes = new java.io.ByteArrayOutputStream();
    try (var zip = new org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream(bytes)) {
      var entry = new org.apache.commons.compress.archivers.zip.ZipArchiveEntry(name);
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
          fs.writeFileSync(file, process.pid + ' ' + child.pid);
          console.log('hanging');
          for (;;) {}
        };
        """);
    Path pids = directory.resolve("pids");
    var call = new FutureTask<>(() -> invoke(Json.write(pids.toString())));
    Thread.ofVirtual().start(call);
    await(() -> Files.exists(pids) && Files.readString(pids).contains(" "));
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
    await(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
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
              for (let i = 0; i < mb; i++) { all.push(Buffer.alloc(1 << 20, 1)); if (i % 16 === 0) await new Promise((r) => setTimeout(r, 5)); }
              return all.length;
            };
            """),
        b -> b.memorySize(192).timeout(60));
    assertThat(answer("8")).isEqualTo("8");
    assertThat(error("2000"))
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
    node(
        "index.js",
        "exports.handler = async () => { await new Promise((r) => setTimeout(r, 50)); return process.pid; };");
    Set<String> first = pids();
    assertThat(first).hasSizeBetween(2, 4);
    Set<String> second = pids();
    assertThat(second).containsAnyElementsOf(first);
    first.addAll(second);
    List<ProcessHandle> processes =
        first.stream().map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow()).toList();
    lambda.updateFunctionConfiguration(b -> b.functionName("f").description("changed"));
    await(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(pids()).doesNotContainAnyElementsOf(first);
  }

  private Set<String> pids() throws Exception {
    List<FutureTask<String>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var call = new FutureTask<>(() -> answer("{}"));
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
  void whatTheRuntimeProvidesIsFoundByRequireAndImport() throws Exception {
    Path sdk = directory.resolve("modules/nodejs-sdk-3/node_modules/@aws-sdk/client-x");
    Files.createDirectories(sdk);
    Files.writeString(sdk.resolve("package.json"), "{\"main\":\"index.js\"}");
    Files.writeString(sdk.resolve("index.js"), "exports.x = 'provided';");
    node(
        "index.mjs",
        "import { x } from '@aws-sdk/client-x'; export const handler = async () => x;");
    assertThat(answer("{}")).isEqualTo("\"provided\"");
    lambda.deleteFunction(b -> b.functionName("f"));
    node(
        "index.js", "const { x } = require('@aws-sdk/client-x'); exports.handler = async () => x;");
    assertThat(answer("{}")).isEqualTo("\"provided\"");
    lambda.deleteFunction(b -> b.functionName("f"));
    node("index.js", "require('@aws-sdk/client-absent');");
    assertThat(error("{}"))
        .containsEntry("errorType", "Runtime.ImportModuleError")
        .hasEntrySatisfying(
            "errorMessage",
            m ->
                assertThat(m.toString())
                    .startsWith("Error: Cannot find module '@aws-sdk/client-absent'")
                    .contains("polder runtimes install nodejs20.x"));
  }

  private String layer(String file, String text) {
    byte[] zip = Compiled.zip(Map.of(file, text.getBytes(UTF_8)));
    return lambda
        .publishLayerVersion(
            b -> b.layerName("shared").content(c -> c.zipFile(SdkBytes.fromByteArray(zip))))
        .layerVersionArn();
  }

  @Test
  void layersHoldModulesForNode() {
    need("node");
    String below = layer("nodejs/node_modules/m/index.js", "module.exports = 'below';");
    String above = layer("nodejs/node_modules/m/index.js", "module.exports = 'above';");
    assertThat(above).isEqualTo("arn:aws:lambda:us-east-1:000000000000:layer:shared:2");
    create(
        "nodejs20.x",
        "index.handler",
        Map.of("index.js", "const m = require('m'); exports.handler = async () => m;"),
        b -> b.layers(below, above));
    assertThat(answer("{}")).isEqualTo("\"above\"");
    assertThat(lambda.listLayers().layers())
        .singleElement()
        .satisfies(each -> assertThat(each.latestMatchingVersion().version()).isEqualTo(2));
    assertThat(lambda.listLayerVersions(b -> b.layerName("shared")).layerVersions()).hasSize(2);
    lambda.updateFunctionConfiguration(b -> b.functionName("f").layers(below));
    lambda.deleteLayerVersion(b -> b.layerName("shared").versionNumber(1L));
    assertThat(answer("{}")).isEqualTo("\"below\"");
    assertThat(lambda.getFunctionConfiguration(b -> b.functionName("f")).layers())
        .singleElement()
        .satisfies(each -> assertThat(each.arn()).isEqualTo(below));
    assertThat(layer("a", "")).endsWith(":3");
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
    await(() -> !process.isAlive());
    open();
    assertThat(answer("{}")).isNotEqualTo(Long.toString(process.pid()));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    // A real wait for other processes; ends the test if they never get there.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
