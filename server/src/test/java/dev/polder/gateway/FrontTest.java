package dev.polder.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

class FrontTest {
  private final Front front = new Front(Ids.seeded(1));

  private static final class Databases implements GlueClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
      return switch (request.name()) {
        case "none" -> throw EntityNotFoundException.builder().message("Entity Not Found").build();
        case "defect" -> throw new IllegalStateException("secret thing");
        default ->
            GetDatabaseResponse.builder()
                .database(
                    Database.builder()
                        .name(request.name())
                        .createTime(Instant.parse("2020-05-01T00:00:01.5Z"))
                        .build())
                .build();
      };
    }

    @Override
    public GetDatabasesResponse getDatabases(GetDatabasesRequest request) {
      int page = request.nextToken() == null ? 1 : Integer.parseInt(request.nextToken());
      return GetDatabasesResponse.builder()
          .databaseList(Database.builder().name("d" + page).build())
          .nextToken(page == 3 ? null : Integer.toString(page + 1))
          .build();
    }
  }

  /// One object per key, in memory.
  private static final class Objects3 implements S3Client {
    private final Map<String, byte[]> objects = new HashMap<>();

    @Override
    public PutObjectTaggingResponse putObjectTagging(PutObjectTaggingRequest request) {
      throw new AssertionError();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      try (var in = body.contentStreamProvider().newStream()) {
        objects.put(request.key(), in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return PutObjectResponse.builder().eTag("\"e\"").build();
    }

    @Override
    public <R> R getObject(
        GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
      byte[] bytes = objects.get(request.key());
      if (bytes == null) {
        throw NoSuchKeyException.builder().message("The specified key does not exist.").build();
      }
      try {
        return transformer.transform(
            GetObjectResponse.builder().contentLength((long) bytes.length).build(),
            AbortableInputStream.create(new ByteArrayInputStream(bytes)));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void addServices() {
    front.add(Wired.of(GlueClient.class, new Databases()));
    front.add(Wired.of(S3Client.class, new Objects3()));
  }

  private GlueClient glue() {
    return front.get(GlueClient.class, Scope.DEFAULT);
  }

  @Test
  void responsesHaveTheirMetadata() {
    var response = glue().getDatabase(r -> r.name("d"));
    assertThat(response.database().name()).isEqualTo("d");
    assertThat(response.responseMetadata().requestId()).hasSize(36);
    assertThat(response.sdkHttpResponse().statusCode()).isEqualTo(200);
  }

  @Test
  void exceptionsAreAsOverTheWire() {
    assertThatThrownBy(() -> glue().getDatabase(r -> r.name("none")))
        .isInstanceOfSatisfying(
            EntityNotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("EntityNotFoundException");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Entity Not Found");
              assertThat(e.getMessage())
                  .startsWith("Entity Not Found (Service: Glue, Status Code: 400, Request ID: ");
            });
  }

  @Test
  void operationsNotImplementedAreUnknown() {
    assertThatThrownBy(() -> glue().getJob(r -> r.jobName("j")))
        .isInstanceOfSatisfying(
            GlueException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
              assertThat(e.getMessage()).contains("glue:GetJob");
            });
  }

  @Test
  void servicesOfTheQueryProtocolSayItAsTheyDoOverTheWire() {
    front.add(Wired.of(IamClient.class, new NoRoles()));
    IamClient iam = front.get(IamClient.class, Scope.DEFAULT);

    assertThatThrownBy(iam::listUsers)
        .isInstanceOfSatisfying(
            IamException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction");
            });
  }

  /// Has none of the operations.
  private static final class NoRoles implements IamClient {
    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void aDefectIsNotEchoed() {
    assertThatThrownBy(() -> glue().getDatabase(r -> r.name("defect")))
        .isInstanceOfSatisfying(
            GlueException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(500);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InternalFailure");
              assertThat(e.getMessage()).doesNotContain("secret");
            });
  }

  @Test
  void paginatorsWork() {
    assertThat(
            glue().getDatabasesPaginator(r -> r.maxResults(1)).stream()
                .map(page -> page.databaseList().getFirst().name()))
        .containsExactly("d1", "d2", "d3");
  }

  @Test
  void clientsOutliveTheirUsers() {
    try (GlueClient client = glue()) {
      assertThat(client.serviceName()).isEqualTo("glue");
      assertThat(Set.of(client)).contains(client).doesNotContain(glue());
    }
    assertThat(glue().getDatabase(r -> r.name("d")).database().name()).isEqualTo("d");
  }

  @Test
  void streamsAndTheirShortcutsWork() throws Exception {
    S3Client s3 = front.get(S3Client.class, Scope.DEFAULT);
    var put = s3.putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("text"));
    assertThat(put.responseMetadata().requestId()).hasSize(36);
    assertThat(s3.getObjectAsBytes(r -> r.bucket("b").key("k")).asUtf8String()).isEqualTo("text");
    try (ResponseInputStream<GetObjectResponse> in = s3.getObject(r -> r.bucket("b").key("k"))) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("text");
      assertThat(in.response().sdkHttpResponse().statusCode()).isEqualTo(200);
    }
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("b").key("other")))
        .isInstanceOfSatisfying(
            NoSuchKeyException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(404);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey");
            });
  }

  @Test
  void servicesThatPolderLacksAreRefused() {
    assertThatThrownBy(() -> front.get(LambdaClient.class, Scope.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Polder has no Lambda");
  }

  @Test
  void callsByNameUsePascalCase() {
    assertThat(front.supports("glue", "getDatabase")).isTrue();
    assertThat(front.supports("glue", "getJob")).isFalse();
    assertThat(front.supports("glue", "GetDatabase")).isFalse();
    assertThat(front.supports("lambda", "invoke")).isFalse();
    assertThat(front.supports("nothing", "getDatabase")).isFalse();
    assertThat(front.call(Scope.DEFAULT, "glue", "getDatabase", Map.of("Name", "d")))
        .isEqualTo(
            Map.of("Database", Map.of("Name", "d", "CreateTime", "2020-05-01T00:00:01.500Z")));
  }

  @Test
  void modelNamesInCamelCaseAreCalledInPascalCase() {
    var sfn =
        Wired.answering(
            SfnClient.class, _ -> StartExecutionResponse.builder().executionArn("arn:e").build());
    front.add(sfn);
    assertThat(
            front.call(
                Scope.DEFAULT,
                "sfn",
                "startExecution",
                Map.of("StateMachineArn", "arn:m", "Input", "{}")))
        .isEqualTo(Map.of("ExecutionArn", "arn:e"));
  }

  @Test
  void binaryMembersAreTextAndMembersOfHeadersAreMembers() {
    var lambda =
        Wired.answering(
            LambdaClient.class,
            _ ->
                InvokeResponse.builder()
                    .statusCode(200)
                    .executedVersion("1")
                    .payload(SdkBytes.fromUtf8String("{\"a\":1}"))
                    .build());
    front.add(lambda);
    assertThat(
            front.call(
                Scope.DEFAULT,
                "lambda",
                "invoke",
                Map.of("FunctionName", "f", "InvocationType", "Event", "Payload", Map.of("x", 1))))
        .isEqualTo(Map.of("StatusCode", 200, "ExecutedVersion", "1", "Payload", "{\"a\":1}"));
    var asked = (InvokeRequest) Objects.requireNonNull(lambda.asked());
    assertThat(asked.payload().asUtf8String()).isEqualTo("{\"x\":1}");
    assertThat(asked.invocationTypeAsString()).isEqualTo("Event");
  }

  @Test
  void objectsArePutAndGotAsText() {
    Map<String, Object> place = Map.of("Bucket", "b", "Key", "k");
    Map<String, Object> put = new HashMap<>(place);
    put.put("Body", Map.of("rows", List.of(1, 2)));
    assertThat(front.call(Scope.DEFAULT, "s3", "putObject", put))
        .isEqualTo(Map.of("ETag", "\"e\""));
    assertThat(front.call(Scope.DEFAULT, "s3", "getObject", place))
        .isEqualTo(Map.of("ContentLength", 14L, "Body", "{\"rows\":[1,2]}"));
  }

  @Test
  void refusalsCarryWhatTheWireWould() {
    assertThatThrownBy(
            () -> front.call(Scope.DEFAULT, "glue", "getDatabase", Map.of("Name", "none")))
        .isInstanceOfSatisfying(
            ServiceCallException.class,
            e -> {
              assertThat(e.service()).isEqualTo("Glue");
              assertThat(e.errorCode()).isEqualTo("EntityNotFoundException");
              assertThat(e.exceptionName()).isEqualTo("EntityNotFoundException");
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.requestId()).hasSize(36);
              assertThat(e).hasMessage("Entity Not Found");
            });
    assertThatThrownBy(() ->
            front.call(Scope.DEFAULT, "s3", "getObject", Map.of("Bucket", "b", "Key", "absent")))
        .isInstanceOfSatisfying(
            ServiceCallException.class,
            e -> {
              assertThat(e.errorCode()).isEqualTo("NoSuchKey");
              assertThat(e.exceptionName()).isEqualTo("NoSuchKeyException");
              assertThat(e.statusCode()).isEqualTo(404);
            });
  }

  @Test
  void requiredMembersAreDemanded() {
    assertThatThrownBy(
            () -> front.get(S3Client.class, Scope.DEFAULT).getObjectAsBytes(r -> r.bucket("b")))
        .isInstanceOf(S3Exception.class)
        .hasMessageStartingWith(
            "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member"
                + " must not be null");
    assertThatThrownBy(() ->
            front.call(
                Scope.DEFAULT,
                "s3",
                "putObjectTagging",
                Map.of("Bucket", "b", "Tagging", Map.of("TagSet", List.of(Map.of())))))
        .isInstanceOf(ServiceCallException.class)
        .hasMessage(
            "3 validation errors detected: Value null at 'key' failed to satisfy constraint: Member"
                + " must not be null; Value null at 'tagging.tagSet.1.member.key' failed to satisfy"
                + " constraint: Member must not be null; Value null at"
                + " 'tagging.tagSet.1.member.value' failed to satisfy constraint: Member must not be"
                + " null");
  }

  @Test
  void badInputIsRefusedWithItsPlace() {
    record Case(Object input, String message) {}
    for (Case each :
        List.of(
            new Case(Map.of("Name", 1), "Expected a string at 'Name' but was the number 1"),
            new Case(Map.of("Nome", "x"), "Unknown member 'Nome'"),
            new Case(List.of(), "Expected an object as input of glue:GetDatabase"))) {
      assertThatThrownBy(() -> front.call(Scope.DEFAULT, "glue", "getDatabase", each.input))
          .isInstanceOf(ServiceCallException.class)
          .hasMessage(each.message);
    }
    assertThatThrownBy(() -> front.call(Scope.DEFAULT, "glue", "getJob", Map.of()))
        .isInstanceOfSatisfying(
            ServiceCallException.class,
            e -> assertThat(e.errorCode()).isEqualTo("UnknownOperationException"));
  }
}
