package dev.polder.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.gateway.http.HelidonServer;
import dev.polder.gateway.http.HttpServer;
import dev.polder.kernel.TestPlatform;
import dev.polder.sts.StsService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sts.StsClient;

/// Clients that people use, over a socket: SDK for Java v2, boto3, AWS CLI. The latter two where
/// the machine has them.
class RealClientsTest {
  @TempDir Path directory;
  private TestPlatform platform;
  private HttpServer server;
  private URI endpoint;

  @BeforeEach
  void start() {
    platform = TestPlatform.in(directory);
    StsService sts = platform.add(StsService::new);
    var glue = Wired.answering(GlueClient.class, request -> database((GetDatabaseRequest) request));
    var lambda =
        Wired.answering(
            LambdaClient.class,
            request ->
                InvokeResponse.builder()
                    .statusCode(200)
                    .functionError("Unhandled")
                    .payload(
                        SdkBytes.fromUtf8String(
                            "{\"echo\":"
                                + ((InvokeRequest) request).payload().asUtf8String()
                                + "}"))
                    .build());
    var stacks =
        Wired.answering(
            CloudFormationClient.class,
            _ ->
                DescribeStacksResponse.builder()
                    .stacks(
                        Stack.builder()
                            .stackName("s<&>")
                            .creationTime(Instant.parse("2020-05-01T00:00:00.250Z"))
                            .stackStatus("CREATE_COMPLETE")
                            .build())
                    .build());
    var sfn =
        Wired.answering(
            SfnClient.class,
            _ ->
                ListStateMachinesResponse.builder()
                    .stateMachines(
                        StateMachineListItem.builder()
                            .name("nightly")
                            .creationDate(Instant.parse("2020-05-01T00:00:00.250Z"))
                            .build())
                    .build());
    var options = Wired.options().with(sts.sessions());
    server = new HelidonServer(new Gateway(List.of(sts, glue, lambda, stacks, sfn), options));
    endpoint = URI.create("http://localhost:" + server.start("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.close();
    platform.close();
  }

  private static GetDatabaseResponse database(GetDatabaseRequest request) {
    if (request.name().equals("none")) {
      throw EntityNotFoundException.builder().message("Database none not found.").build();
    }
    return GetDatabaseResponse.builder()
        .database(
            Database.builder()
                .name(request.name())
                .createTime(Instant.parse("2020-05-01T00:00:00.250Z"))
                .parameters(Map.of("k", "✓"))
                .build())
        .build();
  }

  private <C> C client(Class<C> type) {
    return Wired.client(type, UrlConnectionHttpClient.create(), endpoint);
  }

  @Test
  void theSdkForJavaWorks() {
    GlueClient glue = client(GlueClient.class);
    assertThat(glue.getDatabase(r -> r.name("d")).database().parameters()).containsEntry("k", "✓");
    assertThatThrownBy(() -> glue.getDatabase(r -> r.name("none")))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageStartingWith("Database none not found. (Service: Glue, Status Code: 400");
    var invoked =
        client(LambdaClient.class)
            .invoke(r -> r.functionName("f").payload(SdkBytes.fromUtf8String("[1]")));
    assertThat(invoked.payload().asUtf8String()).isEqualTo("{\"echo\":[1]}");
    assertThat(invoked.functionError()).isEqualTo("Unhandled");
    assertThat(client(CloudFormationClient.class).describeStacks().stacks().getFirst().stackName())
        .isEqualTo("s<&>");
  }

  @Test
  void aSessionSpeaksForItsRole() {
    StsClient sts = client(StsClient.class);
    assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:root");
    var credentials =
        sts.assumeRole(r ->
                r.roleArn("arn:aws:iam::123456789012:role/path/etl").roleSessionName("nightly"))
            .credentials();
    try (var assumed =
        StsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(() ->
                AwsSessionCredentials.create(
                    credentials.accessKeyId(),
                    credentials.secretAccessKey(),
                    credentials.sessionToken()))
            .build()) {
      assertThat(assumed.getCallerIdentity().arn())
          .isEqualTo("arn:aws:sts::123456789012:assumed-role/etl/nightly");
      assertThat(assumed.getCallerIdentity().account()).isEqualTo("123456789012");
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AWS_ACCESS_KEY_ID", "123456789012");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    builder.environment().put("AWS_DEFAULT_REGION", "eu-west-1");
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    builder.environment().put("AWS_MAX_ATTEMPTS", "1");
    builder.environment().put("AWS_CONFIG_FILE", directory.resolve("none").toString());
    builder.environment().put("NO_PROXY", "*");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private void assume(String... command) {
    boolean present;
    try {
      present = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      present = false;
    }
    Assumptions.assumeTrue(present, "skipped: not on this machine: " + String.join(" ", command));
  }

  @Test
  void boto3Works() throws Exception {
    assume("python3", "-c", "import boto3");
    String script =
        """
        import boto3, json
        from botocore.exceptions import ClientError
        print(boto3.client('sts').get_caller_identity()['Account'])
        glue = boto3.client('glue')
        d = glue.get_database(Name='d')['Database']
        print(d['CreateTime'].timestamp(), d['Parameters'])
        try:
            glue.get_database(Name='none')
        except glue.exceptions.EntityNotFoundException as e:
            print(e.response['Error'], e.response['ResponseMetadata']['HTTPStatusCode'])
        try:
            boto3.client('iam').list_users()
        except Exception as e:
            print(type(e).__name__)
        r = boto3.client('lambda').invoke(FunctionName='f', Payload=b'{"a": 1}')
        print(r['StatusCode'], r['FunctionError'], r['Payload'].read())
        s = boto3.client('cloudformation').describe_stacks()['Stacks'][0]
        print(s['StackName'], s['CreationTime'].isoformat())
        """;
    assertThat(run("python3", "-c", script).lines().toList())
        .containsExactly(
            "123456789012",
            "1588291200.25 {'k': '✓'}",
            "{'Message': 'Database none not found.', 'Code': 'EntityNotFoundException'} 400",
            "ClientError",
            "200 Unhandled b'{\"echo\":{\"a\": 1}}'",
            "s<&> 2020-05-01T00:00:00.250000+00:00");
  }

  @Test
  void theCliWorks() throws Exception {
    assume("aws", "--version");
    assertThat(run("aws", "sts", "get-caller-identity", "--output", "text"))
        .contains("arn:aws:iam::123456789012:root");
    assertThat(run("aws", "glue", "get-database", "--name", "none"))
        .contains("(EntityNotFoundException)", "Database none not found.");
    assertThat(
            run(
                "aws",
                "stepfunctions",
                "list-state-machines",
                "--query",
                "stateMachines[].name",
                "--output",
                "text"))
        .startsWith("nightly");
  }
}
