package dev.polder.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.gateway.auth.Authentication;
import dev.polder.gateway.http.Headers;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// Requests as clients other than the SDK for Java write them.
class GatewayTest {

  /// Implements one operation and leaves the others to the interface.
  private static final class OneTable implements GlueClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
      return switch (String.valueOf(request.name())) {
        case "t" -> GetTableResponse.builder().table(Table.builder().name("t").build()).build();
        case "defect" -> throw new IllegalStateException("secret thing");
        case "unmodifiable" -> {
          List.of().add("");
          throw new AssertionError();
        }
        default -> throw EntityNotFoundException.builder().message("Entity Not Found").build();
      };
    }
  }

  private static Raw glue(String operation, String body) {
    return Raw.of(
        "POST",
        "/",
        body,
        "Content-Type",
        "application/x-amz-json-1.1",
        "X-Amz-Target",
        "AWSGlue." + operation,
        "Authorization",
        authorization("test", "eu-west-1", "glue"));
  }

  private static String authorization(String key, String region, String service) {
    return "AWS4-HMAC-SHA256 Credential="
        + key
        + "/20200501/"
        + region
        + "/"
        + service
        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
  }

  private static Map<String, Object> json(Raw.Reply reply) {
    return Json.parseObject(reply.text());
  }

  private final Gateway gateway = Wired.gateway(Wired.of(GlueClient.class, new OneTable()));

  @Test
  void awsJsonIsAnsweredInItsContentType() {
    var reply = glue("GetTable", "{\"DatabaseName\":\"d\",\"Name\":\"t\"}").to(gateway);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().first("content-type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(reply.headers().first("x-amzn-requestid")).hasSize(36);
    assertThat(json(reply)).isEqualTo(Map.of("Table", Map.of("Name", "t")));
  }

  @Test
  void modeledErrorsCarryTheirCode() {
    var reply = glue("GetTable", "{\"DatabaseName\":\"d\",\"Name\":\"u\"}").to(gateway);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().first("x-amzn-errortype")).isEqualTo("EntityNotFoundException");
    assertThat(json(reply))
        .containsEntry("__type", "EntityNotFoundException")
        .containsEntry("message", "Entity Not Found")
        .containsEntry("Message", "Entity Not Found");
  }

  @Test
  void operationsNotImplementedAreUnknownByName() {
    var reply = glue("CreateJob", "{}").to(gateway);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply)).containsEntry("__type", "UnknownOperationException");
    assertThat(reply.text()).contains("glue:CreateJob");
  }

  @Test
  void operationsThatDoNotExistAreUnknownByName() {
    var reply = glue("MakeCoffee", "{}").to(gateway);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply)).containsEntry("__type", "UnknownOperationException");
    assertThat(reply.text()).contains("AWSGlue.MakeCoffee");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"text\"",
        "{\"DatabaseName\":\"d\"} {}",
        "{\"DatabaseName\":{}}",
        "{\"DatabaseName\":12}",
        "{\"DatabaseName\":\"d\",\"TransactionId\":[]}",
        "{\"DatabaseName\":\"\u0001\"}",
        "{\"QueryAsOfTime\":1e999999999}",
        "{\"QueryAsOfTime\":99999999999999999999}",
        "{\"AuditContext\":{\"AllColumnsRequested\":\"yes\"}}",
        "{\"AuditContext\":{\"RequestedColumns\":\"c\"}}",
      })
  void bodiesThatAreNotTheOperationsInputAreRefused(String body) {
    var reply = glue("GetTable", body).to(gateway);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply)).containsEntry("__type", "SerializationException");
  }

  @Test
  void deepNestingIsRefused() {
    String body = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(json(glue("GetTable", body).to(gateway)))
        .containsEntry("__type", "SerializationException");
  }

  @Test
  void wrongTypesAreNamedWithTheirPlace() {
    assertThat(glue("GetTable", "{\n \"DatabaseName\": []}").to(gateway).text())
        .contains("a string at 'DatabaseName' but was an array (line 2, column 18)");
  }

  @Test
  void unknownMembersArePassedOver() {
    var reply =
        glue("GetTable", "{\"Name\":\"t\",\"DatabaseName\":null,\"New\":{\"a\":[1,{}]}}")
            .to(gateway);
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void aDefectIsNotEchoed() {
    for (String name : List.of("defect", "unmodifiable")) {
      var reply = glue("GetTable", "{\"Name\":\"" + name + "\"}").to(gateway);
      assertThat(reply.status()).isEqualTo(500);
      assertThat(json(reply)).containsEntry("__type", "InternalFailure");
      assertThat(reply.text())
          .doesNotContain("secret thing")
          .contains(Objects.requireNonNull(reply.headers().first("x-amzn-requestid")));
    }
  }

  @Test
  void bodiesBeyondTheLimitAreRefused() {
    var small =
        new Gateway(
            List.of(Wired.of(GlueClient.class, new OneTable())),
            Wired.options().withLargestBody(100));
    String fits = "{\"Name\":\"t\",\"DatabaseName\":\"" + "d".repeat(69) + "\"}";
    assertThat(fits).hasSize(99);
    assertThat(glue("GetTable", fits).to(small).status()).isEqualTo(200);
    assertThat(glue("GetTable", fits + "  ").to(small).status()).isEqualTo(413);
    var announced = glue("GetTable", fits);
    announced.headers().add("Content-Length", "101");
    assertThat(announced.to(small).status()).isEqualTo(413);
  }

  @Test
  void theScopeIsTheCredentials() {
    var sfn =
        Wired.answering(
            SfnClient.class, _ -> StartExecutionResponse.builder().executionArn("arn:x").build());
    Raw.of(
            "POST",
            "/",
            "{\"stateMachineArn\":\"arn:m\"}",
            "X-Amz-Target",
            "AWSStepFunctions.StartExecution",
            "Content-Type",
            "application/x-amz-json-1.0",
            "Authorization",
            authorization("123456789012", "mars-north-1", "states"))
        .to(Wired.gateway(sfn));
    assertThat(sfn.scope()).isEqualTo(new Scope("123456789012", "mars-north-1"));
    assertThat(sfn.asked())
        .isEqualTo(StartExecutionRequest.builder().stateMachineArn("arn:m").build());
  }

  @Test
  void unsignedRequestsAreInTheDefaultScope() {
    var sts =
        Wired.answering(
            StsClient.class,
            _ -> {
              Caller caller = Caller.current().orElseThrow();
              return GetCallerIdentityResponse.builder().arn(caller.arn()).build();
            });
    var reply =
        Raw.of(
                "POST",
                "/",
                "Action=GetCallerIdentity&Version=2011-06-15",
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8")
            .to(Wired.gateway(sts));
    assertThat(sts.scope()).isEqualTo(Scope.DEFAULT);
    assertThat(reply.headers().first("content-type")).isEqualTo("text/xml");
    assertThat(reply.text())
        .contains(
            "<GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn>"
                + "</GetCallerIdentityResult>")
        .contains("<ResponseMetadata><RequestId>");
  }

  @Test
  void queryListsAndMapsKeepTheirOrder() {
    var iam = Wired.answering(IamClient.class, _ -> CreateRoleResponse.builder().build());
    var body = new StringBuilder("Action=CreateRole&Version=2010-05-08&RoleName=r%20+s");
    for (int i = 11; i > 0; i--) {
      body.append("&Tags.member.").append(i).append(".Key=k").append(i);
      body.append("&Tags.member.").append(i).append(".Value=");
    }
    Raw.of(
            "POST",
            "/",
            body.toString(),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Authorization",
            authorization("test", "us-east-1", "iam"))
        .to(Wired.gateway(iam));
    var asked = (CreateRoleRequest) Objects.requireNonNull(iam.asked());
    assertThat(asked.roleName()).isEqualTo("r  s");
    assertThat(asked.tags().stream().map(tag -> tag.key()))
        .containsExactly("k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11");
  }

  @Test
  void queryErrorsAreXml() {
    var reply =
        Raw.of(
                "POST",
                "/",
                "Action=BrewTea&Version=2010-05-08",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                authorization("test", "us-east-1", "iam"))
            .to(gateway);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("<Code>InvalidAction</Code>").contains("BrewTea");
    var bad =
        Raw.of(
                "POST",
                "/",
                "Action=ListUsers&Version=2010-05-08&MaxItems=many",
                "Authorization",
                authorization("test", "us-east-1", "iam"))
            .to(Wired.gateway(Wired.answering(IamClient.class, _ -> new Object())));
    assertThat(bad.text()).contains("<Code>MalformedInput</Code>").contains("MaxItems");
  }

  @Test
  void restPathsAreDecodedOnce() {
    var lambda = Wired.answering(LambdaClient.class, _ -> GetFunctionResponse.builder().build());
    for (String name : List.of("f", "arn%3Aaws%3Alambda%3A%2F%2B+%2541", "%C3%A9")) {
      Raw.of(
              "GET",
              "/2015-03-31/functions/" + name + "?Qualifier=a%2Bb+c",
              "",
              "Content-Type",
              "application/x-www-form-urlencoded",
              "Authorization",
              authorization("test", "us-east-1", "lambda"))
          .to(Wired.gateway(lambda));
      var asked = (GetFunctionRequest) Objects.requireNonNull(lambda.asked());
      assertThat(asked.functionName())
          .isEqualTo(
              switch (name) {
                case "f" -> "f";
                case "%C3%A9" -> "é";
                default -> "arn:aws:lambda:/++%41";
              });
      assertThat(asked.qualifier()).isEqualTo("a+b c");
    }
  }

  @Test
  void unsignedRestRequestsAreKnownByTheirPath() {
    var lambda = Wired.answering(LambdaClient.class, _ -> InvokeResponse.builder().build());
    Raw.of("POST", "/2015-03-31/functions/f/invocations", "{}", "X-Amz-Invocation-Type", "Event")
        .to(Wired.gateway(lambda));
    var asked = (InvokeRequest) Objects.requireNonNull(lambda.asked());
    assertThat(asked.functionName()).isEqualTo("f");
    assertThat(asked.invocationTypeAsString()).isEqualTo("Event");
    assertThat(asked.payload().asUtf8String()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "//", "/%", "/%zz/..%2f", "/2015-03-31/functions/f/unknown", "/schedules//"})
  void pathsOfNoOperationAreUnknown(String path) {
    var reply =
        Raw.of("GET", path, "", "Authorization", authorization("t", "us-east-1", "lambda"))
            .to(gateway);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().first("x-amzn-errortype")).isEqualTo("UnknownOperationException");
    assertThat(reply.text()).contains("GET " + path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AWS4-HMAC-SHA256", "Credential=", "Credential=a/b, Signature="})
  void brokenAuthorizationIsNobodys(String authorization) {
    var reply =
        Raw.of(
                "POST",
                "/",
                "{\"Name\":\"t\"}",
                "X-Amz-Target",
                "AWSGlue.GetTable",
                "Authorization",
                authorization)
            .to(gateway);
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void plainRoutesComeBeforeAws() {
    gateway.route("/_polder/", (_, out) -> out.send(200, new Headers(), new byte[] {'o'}));
    gateway.route("/_polder/health", (_, out) -> out.send(200, new Headers(), new byte[] {'h'}));
    assertThat(Raw.of("GET", "/_polder/health", "").to(gateway).text()).isEqualTo("h");
    assertThat(Raw.of("GET", "/_polder/other", "").to(gateway).text()).isEqualTo("o");
  }

  @Test
  void answersCanBeFinished() {
    gateway.finish("glue", (headers, body) -> headers.set("x-length", "" + body.length));
    var reply = glue("GetTable", "{\"Name\":\"t\"}").to(gateway);
    assertThat(reply.headers().first("x-length")).isEqualTo("" + reply.text().length());
  }

  @Test
  void pagesOfOtherSitesAreRefused() {
    record Case(int status, String... headers) {}
    List<Case> cases =
        List.of(
            new Case(200),
            new Case(200, "Host", "sync-localhost:4566"),
            new Case(200, "Host", "states.eu-west-1.amazonaws.com"),
            new Case(200, "Host", "localhost:4566", "Origin", "http://localhost:3000"),
            new Case(200, "Host", "[::1]:4566", "Origin", "http://[::1]:3000"),
            new Case(403, "Origin", "https://evil.example"),
            new Case(403, "Origin", "null"),
            new Case(403, "Sec-Fetch-Site", "cross-site"),
            new Case(403, "Host", "evil.example:4566", "Accept-Language", "en"),
            new Case(403, "Host", "evil.example:4566", "User-Agent", "Mozilla/5.0"),
            new Case(200, "Host", "polder.test", "Origin", "https://polder.test"));
    var named =
        new Gateway(
            List.of(Wired.of(GlueClient.class, new OneTable())),
            Wired.options().withHosts(Set.of("polder.test")));
    for (Case each : cases) {
      var request = glue("GetTable", "{\"Name\":\"t\"}");
      for (int i = 0; i < each.headers.length; i += 2) {
        request.headers().add(each.headers[i], each.headers[i + 1]);
      }
      assertThat(request.to(named).status())
          .as(String.join(" ", each.headers))
          .isEqualTo(each.status);
    }
  }

  @Test
  void wrongSignaturesAreRefusedWhereTheyAreChecked() {
    var strict =
        new Gateway(
            List.of(Wired.of(GlueClient.class, new OneTable())),
            Wired.options().with(new Authentication.Verify(Map.of("test", "secret"))));
    var reply = glue("GetTable", "{\"Name\":\"t\"}").to(strict);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply)).containsEntry("__type", "IncompleteSignatureException");
    var unsigned =
        Raw.of(
                "POST",
                "/",
                "Action=ListUsers&Version=2010-05-08",
                "Content-Type",
                "application/x-www-form-urlencoded")
            .to(strict);
    assertThat(unsigned.status()).isEqualTo(403);
    assertThat(unsigned.text()).contains("<Code>MissingAuthenticationToken</Code>");
  }

  @Test
  void garbageNeverBreaksTheGateway() {
    long seed = Long.getLong("seed", 7);
    var random = new Random(seed);
    String[] services = {"glue", "iam", "lambda", "scheduler", "states", "s3", "nothing"};
    for (int i = 0; i < 3000; i++) {
      byte[] body = new byte[random.nextInt(60)];
      random.nextBytes(body);
      String service = services[random.nextInt(services.length)];
      var request =
          new Raw(
              random.nextBoolean() ? "POST" : "GET",
              "/" + new String(body, StandardCharsets.ISO_8859_1),
              Headers.of("Authorization", authorization("t", "us-east-1", service)),
              body);
      if (random.nextInt(3) == 0) {
        request.headers().add("X-Amz-Target", "AWSGlue.GetTable");
      }
      if (random.nextInt(3) == 0) {
        request.headers().add("Content-Type", "application/x-www-form-urlencoded");
      }
      assertThat(request.to(gateway).status()).as("seed " + seed + " " + i).isEqualTo(400);
    }
  }
}
