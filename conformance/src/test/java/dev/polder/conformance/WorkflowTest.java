package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// Functions and state machines by the tools that people use.
class WorkflowTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";
  private static final String ARN = "arn:aws:states:us-east-1:000000000000:";
  private static final String DATABASES =
      """
      package fn;
      import java.util.List;
      import java.util.Map;
      import software.amazon.awssdk.services.glue.GlueClient;
      public class Databases {
        private final GlueClient glue = GlueClient.create();
        public List<String> list(Map<String, String> in) {
          if (in.containsKey("fail")) {
            throw new IllegalStateException(in.get("fail"));
          }
          System.out.println("listing");
          return glue.getDatabases(b -> {}).databaseList().stream().map(d -> d.name()).toList();
        }
      }
      """;

  @TempDir static Path directory;
  private static PolderProcess server;
  private static AwsTools tools;

  @BeforeAll
  static void start() throws IOException {
    server = PolderProcess.start(directory.resolve("data"));
    tools = new AwsTools(server, Files.createDirectory(directory.resolve("work")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aFunctionsOwnSdkReachesThisServer() {
    try (var lambda = server.client(LambdaClient.builder(), "333333333333", "eu-west-1");
        var glue = server.client(GlueClient.builder(), "333333333333", "eu-west-1")) {
      glue.createDatabase(r -> r.databaseInput(d -> d.name("seen")));
      byte[] jar = FunctionJar.withSdk("fn.Databases", DATABASES);
      lambda.createFunction(r ->
          r.functionName("databases")
              .runtime("java21")
              .role("arn:aws:iam::333333333333:role/r")
              .handler("fn.Databases::list")
              .timeout(60)
              .code(c -> c.zipFile(SdkBytes.fromByteArray(jar))));
      var answer =
          lambda.invoke(r ->
              r.functionName("databases")
                  .logType(LogType.TAIL)
                  .payload(SdkBytes.fromUtf8String("{}")));
      assertThat(answer.payload().asUtf8String()).isEqualTo("[\"seen\"]");
      assertThat(new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8))
          .contains("START RequestId", "listing", "REPORT RequestId");
      var failed =
          lambda.invoke(r ->
              r.functionName("databases")
                  .payload(SdkBytes.fromUtf8String("{\"fail\": \"on purpose\"}")));
      assertThat(failed.statusCode()).isEqualTo(200);
      assertThat(failed.functionError()).isEqualTo("Unhandled");
      assertThat(failed.payload().asUtf8String())
          .contains("on purpose", "java.lang.IllegalStateException", "stackTrace");
    }
  }

  @Test
  void theCliCreatesAndInvokesAFunction() throws IOException {
    AwsTools.assumeCli();
    Files.write(tools.directory().resolve("echo.jar"), FunctionJar.of("fn.Echo", FunctionJar.ECHO));
    assertThat(
            tools.aws(
                "lambda",
                "create-function",
                "--function-name",
                "echo",
                "--runtime",
                "java21",
                "--role",
                ROLE,
                "--handler",
                "fn.Echo::handle",
                "--zip-file",
                "fileb://echo.jar"))
        .contains("function:echo\"", "CodeSha256");
    assertThat(
            tools.aws(
                "lambda", "invoke", "--function-name", "echo", "--payload", "{\"k\":\"é\"}", "out"))
        .contains("\"StatusCode\": 200");
    assertThat(tools.directory().resolve("out")).hasContent("{\"k\":\"é\"}");
    assertThat(tools.refused("lambda", "get-function", "--function-name", "none"))
        .contains("ResourceNotFoundException", "function:none");
  }

  @Test
  void theCliCreatesAndInvokesAFunctionInNode() throws IOException {
    AwsTools.assumeCli();
    assumeTrue(Commands.present("node", "--version"), "There is no node on this machine");
    try (var zip =
        new ZipOutputStream(Files.newOutputStream(tools.directory().resolve("hello.zip")))) {
      zip.putNextEntry(new ZipEntry("index.js"));
      zip.write(
          "exports.handler = async (e, c) => { console.log('hi'); return { n: e.n + 1, f: c.functionName }; };"
              .getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    assertThat(
            tools.aws(
                "lambda",
                "create-function",
                "--function-name",
                "hello",
                "--runtime",
                "nodejs20.x",
                "--role",
                ROLE,
                "--handler",
                "index.handler",
                "--zip-file",
                "fileb://hello.zip"))
        .contains("\"Runtime\": \"nodejs20.x\"");
    assertThat(
            tools.aws(
                "lambda", "invoke", "--function-name", "hello", "--payload", "{\"n\":1}", "hello"))
        .contains("\"StatusCode\": 200");
    assertThat(tools.directory().resolve("hello")).hasContent("{\"n\":2,\"f\":\"hello\"}");
  }

  @Test
  void aJarThatIsNoneIsRefused() {
    try (var lambda = server.client(LambdaClient.builder())) {
      assertThatThrownBy(() ->
              lambda.createFunction(r ->
                  r.functionName("bad")
                      .runtime("java21")
                      .role(ROLE)
                      .handler("a::b")
                      .code(c -> c.zipFile(SdkBytes.fromUtf8String("no zip")))))
          .isInstanceOf(InvalidParameterValueException.class)
          .hasMessageContaining("zip");
      assertThatThrownBy(() -> lambda.getFunction(r -> r.functionName("bad")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void theCliRunsAStateMachine() {
    AwsTools.assumeCli();
    String definition =
        """
        {"StartAt": "Pause", "States": {
          "Pause": {"Type": "Wait", "Seconds": 1, "Next": "Which"},
          "Which": {"Type": "Choice", "Default": "Bad",
            "Choices": [{"Variable": "$.k", "StringEquals": "é", "Next": "Good"}]},
          "Good": {"Type": "Pass", "Result": {"x": 1}, "End": true},
          "Bad": {"Type": "Fail", "Error": "Wrong.Key", "Cause": "not é"}}}
        """;
    String machine =
        tools
            .aws(
                "stepfunctions",
                "create-state-machine",
                "--name",
                "odd-Names_1",
                "--role-arn",
                ROLE,
                "--definition",
                definition,
                "--query",
                "stateMachineArn",
                "--output",
                "text")
            .strip();
    assertThat(machine).isEqualTo(ARN + "stateMachine:odd-Names_1");
    assertThat(run(machine, "good", "{\"k\":\"é\"}"))
        .contains("\"status\": \"SUCCEEDED\"", "{\\\"x\\\":1}");
    assertThat(run(machine, "bad", "{\"k\":\"e\"}"))
        .contains("\"status\": \"FAILED\"", "Wrong.Key");
    assertThat(
            tools.aws(
                "stepfunctions",
                "get-execution-history",
                "--execution-arn",
                ARN + "execution:odd-Names_1:good",
                "--query",
                "events[].type",
                "--output",
                "text"))
        .isEqualTo(
            String.join(
                "\t",
                "ExecutionStarted",
                "WaitStateEntered",
                "WaitStateExited",
                "ChoiceStateEntered",
                "ChoiceStateExited",
                "PassStateEntered",
                "PassStateExited",
                "ExecutionSucceeded\n"));
    assertThat(
            tools.refused(
                "stepfunctions",
                "start-execution",
                "--state-machine-arn",
                machine,
                "--input",
                "{not json"))
        .contains("InvalidExecutionInput");
    assertThat(
            tools.refused(
                "stepfunctions",
                "create-state-machine",
                "--name",
                "a b",
                "--role-arn",
                ROLE,
                "--definition",
                definition))
        .contains("InvalidName");
  }

  private static String run(String machine, String name, String input) {
    tools.aws(
        "stepfunctions",
        "start-execution",
        "--state-machine-arn",
        machine,
        "--name",
        name,
        "--input",
        input);
    String execution = machine.replace(":stateMachine:", ":execution:") + ":" + name;
    return Await.until(
        () -> tools.aws("stepfunctions", "describe-execution", "--execution-arn", execution),
        text -> !text.contains("\"RUNNING\""));
  }
}
