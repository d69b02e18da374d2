package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.*;

/// Calls and events: what they answer, their limits, and what becomes of those that fail.
final class InvocationsTest extends LambdaFixture {
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
    Await.until(() -> began() == 1);
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
    Await.until(() -> began() == 2);
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
    Await.until(() -> began() == 1);
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
    Await.until(() -> attempts().size() == 1 && platform.time().working() == 0);
    platform.time().advance(Duration.ofSeconds(59));
    assertThat(attempts()).hasSize(1);
    platform.time().advance(Duration.ofSeconds(1));
    Await.until(() -> attempts().size() == 2 && platform.time().working() == 0);
    restart();
    // The new clock begins again: the second retry is due three minutes after its beginning.
    platform.time().advance(Duration.ofSeconds(179));
    assertThat(attempts()).hasSize(2);
    platform.time().advance(Duration.ofSeconds(1));
    Await.until(() -> attempts().size() == 3 && platform.time().working() == 0);
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
    Await.until(() -> began() == 1);
    restart();
    Await.until(() -> began() == 2);
    Files.writeString(go, "");
    Await.until(() -> platform.time().working() == 0);
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
    Await.until(() -> attempts().size() == 1 && platform.time().working() == 0);
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
}
