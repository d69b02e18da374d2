package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.*;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Over 600 lines: all operations of one service against one fixture.
class LambdaServiceTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final byte[] ECHO =
      Compiled.jar(
          "fn.Echo",
          """
          package fn;
          import com.amazonaws.services.lambda.runtime.*;
          import java.util.*;
          public class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
            public Map<String, Object> handleRequest(Map<String, Object> in, Context context) {
              System.out.println("in " + in);
              if (in.containsKey("fail")) throw new IllegalStateException("asked to");
              if (in.containsKey("big")) return Map.of("big", "x".repeat(7_000_000));
              in.put("env", System.getenv("GREETING"));
              in.put("version", context.getFunctionVersion());
              return new TreeMap<>(in);
            }
            public String variables(String name) { return System.getenv(name); }
          }
          """);
  private static final byte[] WAIT =
      Compiled.jar(
          "fn.Wait",
          """
          package fn;
          import java.nio.file.*;
          public class Wait {
            public String forFile(String[] names) throws Exception {
              Path began = Path.of(names[0]);
              Files.writeString(began.resolveSibling("began" + System.nanoTime()), "");
              while (!Files.exists(Path.of(names[1]))) Thread.onSpinWait();
              return "done";
            }
          }
          """);

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

  private void restart() {
    platform.close();
    open();
  }

  private CreateFunctionResponse create(
      String name, byte[] zip, Consumer<CreateFunctionRequest.Builder> more) {
    return lambda.createFunction(b -> {
      b.functionName(name)
          .runtime("java21")
          .role(ROLE)
          .handler("fn.Echo")
          .code(c -> c.zipFile(SdkBytes.fromByteArray(zip)));
      more.accept(b);
    });
  }

  private InvokeResponse invoke(String name, String payload) {
    return lambda.invoke(b -> b.functionName(name).payload(SdkBytes.fromUtf8String(payload)));
  }

  private static void refused(ThrowingCall call, String code, int status, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  private interface ThrowingCall {
    void run() throws Exception;
  }

  private static void await(ThrowingCondition condition) throws Exception {
    // A real wait for work of other threads; ends the test if that never comes.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  private interface ThrowingCondition {
    boolean holds() throws Exception;
  }

  @Test
  void aFunctionIsMadeAskedForAndDeleted() {
    var made =
        create(
            "f", ECHO, b -> b.timeout(7).environment(e -> e.variables(Map.of("GREETING", "hi"))));
    assertThat(made.functionArn()).isEqualTo(ARN + "f");
    assertThat(made.state()).isEqualTo(State.ACTIVE);
    assertThat(made.codeSize()).isEqualTo(ECHO.length);
    assertThat(made.lastModified()).isEqualTo("2020-05-01T00:00:00.000+0000");
    assertThat(Base64.getDecoder().decode(made.codeSha256())).hasSize(32);
    restart();
    var got = lambda.getFunction(b -> b.functionName("f"));
    assertThat(got.configuration().timeout()).isEqualTo(7);
    assertThat(got.configuration().memorySize()).isEqualTo(128);
    assertThat(got.configuration().version()).isEqualTo("$LATEST");
    assertThat(got.configuration().revisionId()).isEqualTo(made.revisionId());
    assertThat(got.configuration().environment().variables()).containsEntry("GREETING", "hi");
    assertThat(lambda.listFunctions().functions()).hasSize(1);
    assertThat(invoke(ARN + "f", "{\"a\":1}").payload().asUtf8String())
        .isEqualTo("{\"a\":1,\"env\":\"hi\",\"version\":\"$LATEST\"}");
    lambda.deleteFunction(b -> b.functionName("f"));
    assertThat(lambda.listFunctions().functions()).isEmpty();
    assertThat(directory.resolve("lambda/code")).isEmptyDirectory();
    refused(
        () -> lambda.getFunction(b -> b.functionName("f")),
        "ResourceNotFoundException",
        404,
        "Function not found: " + ARN + "f");
  }

  @Test
  void scopesDoNotSeeEachOther() {
    create("f", ECHO, _ -> {});
    var other =
        platform
            .platform()
            .clients()
            .get(LambdaClient.class, new Scope("123456789012", "eu-west-1"));
    assertThat(other.listFunctions().functions()).isEmpty();
    refused(
        () -> other.invoke(b -> b.functionName(ARN + "f")),
        "ResourceNotFoundException",
        404,
        "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')");
  }

  @Test
  void badRequestsAreRefusedAndChangeNothing() throws Exception {
    create("f", ECHO, _ -> {});
    refused(() -> create("f", ECHO, _ -> {}), "ResourceConflictException", 409, "already exist: f");
    refused(() -> create("a b", ECHO, _ -> {}), "ValidationException", 400, "'functionName'");
    refused(() -> create("g", ECHO, b -> b.timeout(901)), "ValidationException", 400, "'timeout'");
    refused(
        () -> create("g", ECHO, b -> b.memorySize(64)), "ValidationException", 400, "'memorySize'");
    refused(() -> create("g", ECHO, b -> b.role("me")), "ValidationException", 400, "'role'");
    refused(
        () -> create("g", ECHO, b -> b.runtime("ruby3.3")),
        "InvalidParameterValueException",
        400,
        "Value ruby3.3 at 'runtime' failed to satisfy constraint: Member must satisfy enum value"
            + " set: [java8.al2, java11, ");
    refused(
        () ->
            create(
                "g", ECHO, b -> b.layers("arn:aws:lambda:us-east-1:000000000000:layer:absent:1")),
        "InvalidParameterValueException",
        400,
        "layer:absent:1 does not exist.");
    refused(
        () -> create("g", ECHO, b -> b.environment(e -> e.variables(Map.of("AWS_REGION", "x")))),
        "InvalidParameterValueException",
        400,
        "Reserved keys used in this request: AWS_REGION");
    refused(
        () -> create("g", ECHO, b -> b.handler(null)),
        "InvalidParameterValueException",
        400,
        "Runtime and Handler are mandatory");
    assertThat(lambda.listFunctions().functions()).hasSize(1);
  }

  @Test
  void badPackagesAreRefusedAndLeaveNothing() throws Exception {
    String text = "Could not unzip uploaded file";
    byte[] cut = java.util.Arrays.copyOf(ECHO, ECHO.length / 2);
    byte[] damaged = ECHO.clone();
    for (int i = 60; i < 120; i++) {
      damaged[i] ^= 0x55;
    }
    for (byte[] bad : List.of("no zip".getBytes(UTF_8), cut, damaged)) {
      refused(() -> create("g", bad, _ -> {}), "InvalidParameterValueException", 400, text);
    }
    for (String name : List.of("../x", "/x", "a/../../x", "a\\x", "C:/x")) {
      byte[] bad = Compiled.zip(Map.of(name, new byte[1]));
      refused(() -> create("g", bad, _ -> {}), "InvalidParameterValueException", 400, text);
    }
    Map<String, byte[]> bomb = new LinkedHashMap<>();
    bomb.put("zeros", new byte[262_144_001]);
    byte[] big = Compiled.zip(bomb);
    refused(
        () -> create("g", big, _ -> {}),
        "InvalidParameterValueException",
        400,
        "Unzipped size must be smaller than 262144000 bytes");
    refused(
        () -> create("g", new byte[0], _ -> {}),
        "InvalidParameterValueException",
        400,
        "must be a non-empty zip");
    refused(
        () -> create("g", new byte[52_428_801], _ -> {}),
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than");
    assertThat(lambda.listFunctions().functions()).isEmpty();
    assertThat(directory.resolve("lambda/code")).isEmptyDirectory();
  }

  @Test
  void codeComesFromABucket() {
    platform.add(
        S3Client.class,
        new S3Client() {
          @Override
          public String serviceName() {
            return "s3";
          }

          @Override
          public void close() {}

          @Override
          public ResponseBytes<GetObjectResponse> getObjectAsBytes(GetObjectRequest request) {
            if (!request.key().equals("code.jar")) {
              throw NoSuchKeyException.builder()
                  .awsErrorDetails(
                      software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                          .errorCode("NoSuchKey")
                          .errorMessage("The specified key does not exist.")
                          .build())
                  .build();
            }
            return ResponseBytes.fromByteArray(GetObjectResponse.builder().build(), ECHO);
          }
        });
    create("f", ECHO, b -> b.code(c -> c.s3Bucket("b").s3Key("code.jar")));
    assertThat(invoke("f", "{}").functionError()).isNull();
    refused(
        () -> create("g", ECHO, b -> b.code(c -> c.s3Bucket("b").s3Key("other"))),
        "InvalidParameterValueException",
        400,
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified"
            + " key does not exist.");
  }

  @Test
  void theLogTailHasWhatWasPrinted() throws Exception {
    create("f", ECHO, _ -> {});
    var answer = lambda.invoke(b -> b.functionName("f").logType(LogType.TAIL));
    String tail = new String(Base64.getDecoder().decode(answer.logResult()), UTF_8);
    assertThat(tail)
        .matches(
            "START RequestId: ([0-9a-f-]{36}) Version: \\$LATEST\nin \\{}\nEND RequestId: \\1\n"
                + "REPORT RequestId: \\1\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\t"
                + "Memory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n");
    assertThat(answer.executedVersion()).isEqualTo("$LATEST");
    assertThat(answer.statusCode()).isEqualTo(200);
    Path file = directory.resolve("lambda/logs/000000000000/us-east-1/f.log");
    assertThat(Files.readString(file)).isEqualTo(tail);
    assertThat(invoke("f", "{}").logResult()).isNull();
  }

  @Test
  void failuresOfTheFunctionAreAnswersAndNotErrors() {
    create("f", ECHO, _ -> {});
    var failed = invoke("f", "{\"fail\":1}");
    assertThat(failed.statusCode()).isEqualTo(200);
    assertThat(failed.functionError()).isEqualTo("Unhandled");
    assertThat(failed.payload().asUtf8String())
        .startsWith(
            "{\"errorMessage\":\"asked to\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[");
    assertThat(invoke("f", "{\"big\":1}").payload().asUtf8String())
        .isEqualTo(
            "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"Response payload"
                + " size (7000010 bytes) exceeded maximum allowed payload size (6291556 bytes).\"}");
    lambda.updateFunctionConfiguration(b -> b.functionName("f").handler("fn.Absent"));
    assertThat(invoke("f", "{}").payload().asUtf8String()).contains("Class not found: fn.Absent");
  }

  @Test
  void badPayloadsAreRefused() {
    create("f", ECHO, _ -> {});
    refused(
        () -> invoke("f", "{\"a\":}"),
        "InvalidRequestContentException",
        400,
        "Could not parse request body into json: ");
    refused(
        () -> invoke("f", "\"" + "x".repeat(6_291_456) + "\""),
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    refused(
        () ->
            lambda.invoke(b ->
                b.functionName("f")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("\"" + "x".repeat(1_048_576) + "\""))),
        "RequestEntityTooLargeException",
        413,
        "1048576");
    refused(
        () -> lambda.invoke(b -> b.functionName("nope").qualifier("3")),
        "ResourceNotFoundException",
        404,
        ARN + "nope:3");
    assertThat(
            lambda
                .invoke(b -> b.functionName("f").invocationType(InvocationType.DRY_RUN))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void updatesTakeEffectOnTheNextCall() {
    create("f", ECHO, _ -> {});
    assertThat(invoke("f", "{}").payload().asUtf8String()).isEqualTo("{\"version\":\"$LATEST\"}");
    var changed =
        lambda.updateFunctionConfiguration(
            b -> b.functionName("f").environment(e -> e.variables(Map.of("GREETING", "new"))));
    assertThat(invoke("f", "{}").payload().asUtf8String()).contains("\"env\":\"new\"");
    refused(
        () ->
            lambda.updateFunctionConfiguration(
                b -> b.functionName("f").revisionId("old").timeout(9)),
        "PreconditionFailedException",
        412,
        "Revision Id");
    byte[] other =
        Compiled.jar(
            "fn.Echo", "package fn; public class Echo { public String go() { return \"two\"; } }");
    var updated =
        lambda.updateFunctionCode(b -> b.functionName("f").zipFile(SdkBytes.fromByteArray(other)));
    assertThat(updated.revisionId()).isNotEqualTo(changed.revisionId());
    lambda.updateFunctionConfiguration(b -> b.functionName("f").handler("fn.Echo::go"));
    assertThat(invoke("f", "{}").payload().asUtf8String()).isEqualTo("\"two\"");
    assertThat(lambda.getFunctionConfiguration(b -> b.functionName("f")).environment().variables())
        .containsEntry("GREETING", "new");
  }

  @Test
  void versionsStayAndAliasesMove() {
    create("f", ECHO, b -> b.environment(e -> e.variables(Map.of("GREETING", "one"))));
    assertThat(lambda.publishVersion(b -> b.functionName("f")).version()).isEqualTo("1");
    assertThat(lambda.publishVersion(b -> b.functionName("f")).version()).isEqualTo("1");
    lambda.updateFunctionConfiguration(
        b -> b.functionName("f").environment(e -> e.variables(Map.of("GREETING", "two"))));
    assertThat(lambda.publishVersion(b -> b.functionName("f").description("d")).version())
        .isEqualTo("2");
    var alias = lambda.createAlias(b -> b.functionName("f").name("live").functionVersion("1"));
    assertThat(alias.aliasArn()).isEqualTo(ARN + "f:live");
    var first = invoke(ARN + "f:live", "{}");
    assertThat(first.payload().asUtf8String()).isEqualTo("{\"env\":\"one\",\"version\":\"1\"}");
    assertThat(first.executedVersion()).isEqualTo("1");
    restart();
    lambda.updateAlias(b -> b.functionName("f").name("live").functionVersion("2"));
    assertThat(invoke("f:live", "{}").payload().asUtf8String()).contains("\"env\":\"two\"");
    assertThat(lambda.listVersionsByFunction(b -> b.functionName("f")).versions())
        .extracting(FunctionConfiguration::version)
        .containsExactly("$LATEST", "1", "2");
    assertThat(lambda.listAliases(b -> b.functionName("f")).aliases()).hasSize(1);
    refused(
        () -> lambda.deleteFunction(b -> b.functionName("f").qualifier("2")),
        "ResourceConflictException",
        409,
        "alias live names it");
    lambda.deleteAlias(b -> b.functionName("f").name("live"));
    lambda.deleteFunction(b -> b.functionName("f").qualifier("2"));
    refused(
        () -> invoke("f:live", "{}"),
        "ResourceNotFoundException",
        404,
        "not found: " + ARN + "f:live");
    refused(
        () -> lambda.getAlias(b -> b.functionName("f").name("live")),
        "ResourceNotFoundException",
        404,
        "Cannot find alias arn: " + ARN + "f:live");
    refused(
        () -> lambda.createAlias(b -> b.functionName("f").name("x").functionVersion("9")),
        "ResourceNotFoundException",
        404,
        ARN + "f:9");
  }

  @Test
  void tagsAndPoliciesAreKept() {
    create("f", ECHO, b -> b.tags(Map.of("a", "1")));
    lambda.tagResource(b -> b.resource(ARN + "f").tags(Map.of("b", "2")));
    lambda.untagResource(b -> b.resource(ARN + "f").tagKeys("a"));
    assertThat(lambda.listTags(b -> b.resource(ARN + "f")).tags()).isEqualTo(Map.of("b", "2"));
    refused(
        () -> lambda.getPolicy(b -> b.functionName("f")),
        "ResourceNotFoundException",
        404,
        "The resource you requested does not exist.");
    Consumer<AddPermissionRequest.Builder> permission =
        b ->
            b.functionName("f")
                .statementId("s1")
                .action("lambda:InvokeFunction")
                .principal("events.amazonaws.com")
                .sourceArn("arn:aws:events:us-east-1:000000000000:rule/r");
    lambda.addPermission(permission);
    refused(() -> lambda.addPermission(permission), "ResourceConflictException", 409, "(s1)");
    assertThat(lambda.getPolicy(b -> b.functionName("f")).policy())
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{\"Sid\":\"s1\","
                + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + ARN
                + "f\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":"
                + "\"arn:aws:events:us-east-1:000000000000:rule/r\"}}}]}");
    lambda.removePermission(b -> b.functionName("f").statementId("s1"));
    refused(
        () -> lambda.removePermission(b -> b.functionName("f").statementId("s1")),
        "ResourceNotFoundException",
        404,
        "Statement s1 is not found in resource policy.");
  }

  @Test
  void reservedConcurrencyIsALimit() throws Exception {
    create("f", WAIT, b -> b.handler("fn.Wait::forFile"));
    lambda.putFunctionConcurrency(b -> b.functionName("f").reservedConcurrentExecutions(1));
    assertThat(
            lambda.getFunctionConcurrency(b -> b.functionName("f")).reservedConcurrentExecutions())
        .isEqualTo(1);
    Path go = directory.resolve("go");
    String payload = "[\"" + directory.resolve("began") + "\",\"" + go + "\"]";
    var call = new FutureTask<>(() -> invoke("f", payload));
    Thread.ofVirtual().start(call);
    await(() -> began() == 1);
    assertThat(platform.time().working()).isPositive();
    assertThatThrownBy(() -> invoke("f", "[]"))
        .isInstanceOfSatisfying(
            TooManyRequestsException.class,
            e ->
                assertThat(e.reasonAsString())
                    .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded"));
    lambda.deleteFunctionConcurrency(b -> b.functionName("f"));
    var second = new FutureTask<>(() -> invoke("f", payload));
    Thread.ofVirtual().start(second);
    await(() -> began() == 2);
    Files.writeString(go, "");
    assertThat(call.get().payload().asUtf8String()).isEqualTo("\"done\"");
    assertThat(second.get().payload().asUtf8String()).isEqualTo("\"done\"");
    assertThat(platform.time().working()).isZero();
  }

  private long began() throws Exception {
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().startsWith("began")).count();
    }
  }

  @Test
  void aCallThatTakesTooLongEndsAndTheNextOneIsServed() throws Exception {
    create("f", WAIT, b -> b.handler("fn.Wait::forFile"));
    Path go = directory.resolve("go");
    String payload = "[\"" + directory.resolve("began") + "\",\"" + go + "\"]";
    var call =
        new FutureTask<>(() ->
            lambda.invoke(b ->
                b.functionName("f")
                    .logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String(payload))));
    Thread.ofVirtual().start(call);
    await(() -> began() == 1);
    platform.time().advance(Duration.ofSeconds(3));
    InvokeResponse answer = call.get();
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.payload().asUtf8String())
        .matches(
            "\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: [0-9a-f-]{36} Error:"
                + " Task timed out after 3.00 seconds\"}");
    assertThat(new String(Base64.getDecoder().decode(answer.logResult()), UTF_8))
        .contains("2020-05-01T00:00:03Z ", " Task timed out after 3.00 seconds\n\nEND RequestId");
    Files.writeString(go, "");
    assertThat(invoke("f", payload).payload().asUtf8String()).isEqualTo("\"done\"");
  }

  @Test
  void eventsAreRetriedTwice() throws Exception {
    create("f", ECHO, _ -> {});
    var accepted =
        lambda.invoke(b ->
            b.functionName("f")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String("{\"fail\":1}")));
    assertThat(accepted.statusCode()).isEqualTo(202);
    await(() -> attempts().size() == 1 && platform.time().working() == 0);
    platform.time().advance(Duration.ofSeconds(59));
    assertThat(attempts()).hasSize(1);
    platform.time().advance(Duration.ofSeconds(1));
    await(() -> attempts().size() == 2 && platform.time().working() == 0);
    restart();
    // The new clock begins again: the second retry is due three minutes after its beginning.
    platform.time().advance(Duration.ofSeconds(179));
    assertThat(attempts()).hasSize(2);
    platform.time().advance(Duration.ofSeconds(1));
    await(() -> attempts().size() == 3 && platform.time().working() == 0);
    platform.time().advance(Duration.ofHours(1));
    assertThat(attempts()).hasSize(3);
    assertThat(attempts().stream().distinct()).hasSize(1);
  }

  /// The request ids of all attempts so far that have ended.
  private List<String> attempts() throws Exception {
    Path file = directory.resolve("lambda/logs/000000000000/us-east-1/f.log");
    List<String> ids = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("END RequestId: ")) {
          ids.add(line.substring(15));
        }
      }
    }
    return ids;
  }

  @Test
  void anEventThatTheServersEndInterruptsIsTakenUpByTheNext() throws Exception {
    create("f", WAIT, b -> b.handler("fn.Wait::forFile"));
    Path go = directory.resolve("go");
    String payload = "[\"" + directory.resolve("began") + "\",\"" + go + "\"]";
    lambda.invoke(b ->
        b.functionName("f")
            .invocationType(InvocationType.EVENT)
            .payload(SdkBytes.fromUtf8String(payload)));
    await(() -> began() == 1);
    restart();
    await(() -> began() == 2);
    Files.writeString(go, "");
    await(() -> platform.time().working() == 0);
    restart();
    assertThat(platform.time().working()).isZero();
    assertThat(began()).isEqualTo(2);
  }

  @Test
  void anEventWithoutRetriesIsTriedOnce() throws Exception {
    create("f", ECHO, _ -> {});
    lambda.putFunctionEventInvokeConfig(b -> b.functionName("f").maximumRetryAttempts(0));
    lambda.invoke(b ->
        b.functionName("f")
            .invocationType(InvocationType.EVENT)
            .payload(SdkBytes.fromUtf8String("{\"fail\":1}")));
    await(() -> attempts().size() == 1 && platform.time().working() == 0);
    platform.time().advance(Duration.ofHours(1));
    assertThat(attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_LAMBDA_FUNCTION_NAME=f",
        "AWS_REGION=us-east-1",
        "AWS_ACCESS_KEY_ID=000000000000",
        "AWS_ENDPOINT_URL=http://127.0.0.1:1",
        "AWS_EXECUTION_ENV=AWS_Lambda_java21",
        "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/f",
        "GREETING=hi"
      })
  void functionsSeeTheVariablesOfLambda(String variable) {
    create(
        "f",
        ECHO,
        b ->
            b.handler("fn.Echo::variables")
                .environment(e -> e.variables(Map.of("GREETING", "hi"))));
    String[] part = variable.split("=");
    assertThat(invoke("f", "\"" + part[0] + "\"").payload().asUtf8String())
        .isEqualTo("\"" + part[1] + "\"");
  }

  @Test
  void listingsHavePages() {
    for (int i = 0; i < 5; i++) {
      create("f" + i, ECHO, _ -> {});
    }
    var page = lambda.listFunctions(b -> b.maxItems(3));
    assertThat(page.functions()).hasSize(3);
    var rest = lambda.listFunctions(b -> b.maxItems(3).marker(page.nextMarker()));
    assertThat(rest.functions())
        .extracting(FunctionConfiguration::functionName)
        .containsExactly("f3", "f4");
    assertThat(rest.nextMarker()).isNull();
    assertThat(lambda.listFunctionsPaginator(b -> b.maxItems(2)).functions().stream()).hasSize(5);
  }
}
