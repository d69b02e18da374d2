package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The process: how it starts, what it refuses, how it ends, and what outlives it.
class ProcessTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";

  @TempDir Path directory;

  private String get(URI endpoint, String path) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(endpoint.resolve(path)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void itPrintsItsSettingsSaysWhenItIsReadyAndStopsWhenAsked() throws Exception {
    Path data = directory.resolve("data");
    try (var server = PolderProcess.start(data, "--clock", "skip")) {
      assertThat(server.printed())
          .anySatisfy(line -> assertThat(line).matches("\\s+port +=\\s+0 +\\(--port\\)"))
          .anySatisfy(line -> assertThat(line).contains(data.toString(), "(--data)"))
          .anySatisfy(line -> assertThat(line).matches("\\s+host +=\\s+127.0.0.1 +\\(default\\)"));
      assertThat(server.endpoint().getPort()).isPositive();
      assertThat(get(server.endpoint(), "/_polder/health"))
          .contains("\"status\":\"ok\"", "\"clock\":\"skip\"", "tests and demos", "\"athena\"");

      String port = Integer.toString(server.endpoint().getPort());
      var taken = PolderProcess.outcome("start", "--port", port, "--data", directory + "/other");
      assertThat(taken.status()).as(taken.text()).isEqualTo(1);
      assertThat(taken.text())
          .contains("polder: Cannot listen on 127.0.0.1 port " + port, "in use")
          .doesNotContain("\nready ", "\tat ");

      var open = PolderProcess.outcome("start", "--port", "0", "--data", data.toString());
      assertThat(open.status()).as(open.text()).isEqualTo(1);
      assertThat(open.text())
          .contains("polder: Another process has the data directory of " + data)
          .doesNotContain("\nready ", "\tat ");
      // 128 + SIGTERM, as the JVM reports a hook that ran to its end.
      assertThat(server.stop()).isEqualTo(143);
    }
  }

  @Test
  void itRefusesABadSettingByName() {
    var port = PolderProcess.outcome("start", "--port", "70000");
    assertThat(port.status()).isEqualTo(2);
    assertThat(port.text()).contains("port", "70000", "65535").doesNotContain("\tat ");
    var unknown = PolderProcess.outcome("start", "--colour", "red");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.text()).contains("--colour");
    var verb = PolderProcess.outcome("begin");
    assertThat(verb.status()).isEqualTo(2);
    assertThat(verb.text()).contains("begin");
  }

  @Test
  void aDataDirectoryThatCannotBeIsRefusedByName() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    var refused = PolderProcess.outcome("start", "--port", "0", "--data", file.toString());
    assertThat(refused.status()).as(refused.text()).isNotZero();
    assertThat(refused.text())
        .contains("polder: Cannot use " + file)
        .doesNotContain("\nready ", "\tat ", "Exception");
  }

  @Test
  void whatWasAcknowledgedOutlivesAKill() {
    String machine;
    try (var server = PolderProcess.start(directory)) {
      make(server);
      machine = start(server);
      server.kill();
    }
    try (var server = PolderProcess.start(directory)) {
      find(server, machine);
      server.stop();
    }
    try (var server = PolderProcess.start(directory)) {
      find(server, machine);
    }
  }

  private void make(PolderProcess server) {
    try (var s3 = server.client(S3Client.builder().forcePathStyle(true));
        var glue = server.client(GlueClient.builder());
        var lambda = server.client(LambdaClient.builder())) {
      s3.createBucket(r -> r.bucket("lake"));
      s3.putObject(
          r -> r.bucket("lake").key("a/é b"),
          RequestBody.fromString("kept", StandardCharsets.UTF_8));
      glue.createDatabase(r -> r.databaseInput(d -> d.name("kept")));
      glue.createTable(r -> r.databaseName("kept").tableInput(t -> t.name("t")));
      byte[] jar = FunctionJar.of("fn.Echo", FunctionJar.ECHO);
      lambda.createFunction(r ->
          r.functionName("echo")
              .runtime("java21")
              .role(ROLE)
              .handler("fn.Echo::handle")
              .code(c -> c.zipFile(SdkBytes.fromByteArray(jar))));
    }
  }

  private static String start(PolderProcess server) {
    String definition =
        """
        {"StartAt": "Pause", "States": {
          "Pause": {"Type": "Wait", "Seconds": 2, "Next": "Echo"},
          "Echo": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "echo", "Payload.$": "$"},
            "OutputPath": "$.Payload", "End": true}}}
        """;
    try (var states = server.client(SfnClient.builder())) {
      String machine =
          states
              .createStateMachine(r -> r.name("m").roleArn(ROLE).definition(definition))
              .stateMachineArn();
      states.startExecution(r -> r.stateMachineArn(machine).name("e").input("{\"k\":\"é\"}"));
      return machine;
    }
  }

  private static void find(PolderProcess server, String machine) {
    try (var s3 = server.client(S3Client.builder().forcePathStyle(true));
        var glue = server.client(GlueClient.builder());
        var states = server.client(SfnClient.builder());
        var lambda = server.client(LambdaClient.builder())) {
      assertThat(s3.getObjectAsBytes(r -> r.bucket("lake").key("a/é b")).asUtf8String())
          .isEqualTo("kept");
      assertThat(glue.getTable(r -> r.databaseName("kept").name("t")).table().name())
          .isEqualTo("t");
      var invoked =
          lambda.invoke(r -> r.functionName("echo").payload(SdkBytes.fromUtf8String("[1]")));
      assertThat(invoked.payload().asUtf8String()).isEqualTo("[1]");
      String execution = machine.replace(":stateMachine:", ":execution:") + ":e";
      var ended =
          Await.until(
              () -> states.describeExecution(r -> r.executionArn(execution)),
              found -> found.status() != ExecutionStatus.RUNNING);
      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(ended.output()).isEqualTo("{\"k\":\"é\"}");
    }
  }
}
