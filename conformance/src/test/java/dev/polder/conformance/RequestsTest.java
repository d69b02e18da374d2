package dev.polder.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;

/// Requests that are wrong, too large, or of nobody: each gets the protocol's own error.
class RequestsTest {
  private static final String JSON = "application/x-amz-json-1.1";
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir static Path directory;
  private static PolderProcess server;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    server = PolderProcess.start(directory);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private static HttpResponse<String> post(String path, String type, String target, byte[] body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    if (!target.isEmpty()) {
      request.header("X-Amz-Target", target);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AWSGlue.GetDatabase       | {bad            | SerializationException    | line 1, column 2",
        "AWSGlue.GetDatabase       | []              | SerializationException    | Start of structure",
        "AWSGlue.GetDatabase       | {\"Name\": 5}   | SerializationException    | 'Name'",
        "AWSGlue.GetDatabase       | {}              | ValidationException       | 'name'",
        "AWSGlue.GetDatabase       | {\"Name\":\"ö%/+\"} | EntityNotFoundException | ö%/+",
        "AWSGlue.Abracadabra       | {}              | UnknownOperationException | Abracadabra",
        "AWSGlue.CreateJob         | {}              | UnknownOperationException | CreateJob",
        "AWSStepFunctions.DescribeExecution | {\"executionArn\":\"x\"} | InvalidArn | x",
        "AmazonAthena.GetQueryExecution | {\"QueryExecutionId\":\"nope\"} | InvalidRequestException | nope",
      })
  void jsonThatIsWrongIsRefusedByPlace(String target, String body, String code, String place)
      throws Exception {
    var answer = post("/", JSON, target, body.getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains(code);
    assertThat(answer.body()).contains(place);
  }

  @Test
  void nestingWithoutEndIsRefused() throws Exception {
    byte[] deep = "{\"a\":".repeat(200_000).getBytes(UTF_8);
    var answer = post("/", JSON, "AWSGlue.GetDatabases", deep);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("SerializationException", "depth");
  }

  @Test
  void aRequestThatIsTooLargeIsRefusedAndTheServerGoesOn() throws Exception {
    var answer = post("/", JSON, "AWSGlue.GetDatabases", new byte[71 << 20]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("RequestEntityTooLargeException");
    assertThat(post("/", JSON, "AWSGlue.GetDatabases", new byte[] {'{', '}'}).statusCode())
        .isEqualTo(200);
  }

  @Test
  void queryRequestsAreRefusedInXml() throws Exception {
    byte[] unknown = "Action=Nope&Version=2011-06-15".getBytes(UTF_8);
    assertThat(post("/", FORM, "", unknown).body()).contains("<Code>InvalidAction</Code>", "Nope");
    byte[] missing = "Action=AssumeRole&Version=2011-06-15".getBytes(UTF_8);
    assertThat(post("/", FORM, "", missing).body())
        .contains("<Code>ValidationError</Code>", "'roleArn'");
  }

  @Test
  void anUploadLabelledAsAFormIsStillOfS3() throws Exception {
    try (var s3 = server.client(S3Client.builder().forcePathStyle(true))) {
      s3.createBucket(r -> r.bucket("forms"));
    }
    byte[] cut = "<Delete><Obj".getBytes(UTF_8);
    for (String type : new String[] {FORM, "application/xml"}) {
      var answer = post("/forms?delete", type, "", cut);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("<Code>MalformedXML</Code>");
    }
  }

  @Test
  void unknownThingsHaveTheirModelledErrors() {
    try (var glue = server.client(GlueClient.builder());
        var states = server.client(SfnClient.builder());
        var lambda = server.client(LambdaClient.builder());
        var athena = server.client(AthenaClient.builder())) {
      assertThatThrownBy(() -> glue.getTable(r -> r.databaseName("none").name("t")))
          .isInstanceOf(EntityNotFoundException.class)
          .hasMessageContaining("none");
      assertThatThrownBy(() -> glue.startCrawler(r -> r.name("none")))
          .isInstanceOf(EntityNotFoundException.class);
      String arn = "arn:aws:states:us-east-1:000000000000:";
      assertThatThrownBy(
              () -> states.describeStateMachine(r -> r.stateMachineArn(arn + "stateMachine:none")))
          .isInstanceOf(StateMachineDoesNotExistException.class);
      assertThatThrownBy(
              () -> states.describeExecution(r -> r.executionArn(arn + "execution:none:e")))
          .isInstanceOf(ExecutionDoesNotExistException.class);
      assertThatThrownBy(() ->
              states.createStateMachine(r ->
                  r.name("bad")
                      .roleArn("arn:aws:iam::000000000000:role/r")
                      .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Nap\"}}}")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("/States/A");
      assertThat(states.listStateMachines().stateMachines()).isEmpty();
      assertThatThrownBy(() -> lambda.invoke(r -> r.functionName("none")))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(() -> athena.getWorkGroup(r -> r.workGroup("none")))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Test
  void operationsThatAreNotSupportedSaySo() {
    try (var glue = server.client(GlueClient.builder());
        var lambda = server.client(LambdaClient.builder())) {
      assertThatThrownBy(() -> glue.getJobs(r -> {}))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              e -> {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
                assertThat(e).hasMessageContaining("GetJobs");
              });
      assertThatThrownBy(() -> lambda.listCodeSigningConfigs(r -> {}))
          .isInstanceOf(AwsServiceException.class)
          .hasMessageContaining("ListCodeSigningConfigs");
    }
  }

  @Test
  void accountsAndRegionsAreKeptApart() {
    try (var here = server.client(GlueClient.builder(), "111111111111", "eu-west-1");
        var there = server.client(GlueClient.builder(), "111111111111", "eu-central-1");
        var other = server.client(GlueClient.builder(), "222222222222", "eu-west-1");
        var sts = server.client(StsClient.builder(), "222222222222", "eu-west-1");
        var nobody = server.client(StsClient.builder(), "AKIDEXAMPLE", "eu-west-1")) {
      here.createDatabase(r -> r.databaseInput(d -> d.name("mine")));
      assertThat(here.getDatabases(r -> {}).databaseList())
          .singleElement()
          .satisfies(found -> assertThat(found.catalogId()).isEqualTo("111111111111"));
      assertThat(there.getDatabases(r -> {}).databaseList()).isEmpty();
      assertThat(other.getDatabases(r -> {}).databaseList()).isEmpty();
      assertThat(sts.getCallerIdentity().account()).isEqualTo("222222222222");
      assertThat(nobody.getCallerIdentity().account()).isEqualTo("000000000000");
    }
  }
}
