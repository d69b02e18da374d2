package dev.polder.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Await;
import dev.polder.kernel.Json;
import dev.polder.kernel.JsonObject;
import dev.polder.kernel.TestPlatform;
import dev.polder.s3.TestBuckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.s3.S3Client;

class EventSourceMappingsTest {
  /// Writes a line with the names of a batch; fails on a batch with `poison`; reports records whose
  /// names begin with `bad` while there is a file `bad`.
  private static final byte[] TAKE =
      Compiled.jar(
          "fn.Take",
          """
          package fn;
          import java.nio.file.*;
          import java.util.*;
          public class Take {
            public Map<String, Object> take(Map<String, Object> event) throws Exception {
              Path folder = Path.of(System.getenv("FOLDER"));
              List<String> names = new ArrayList<>();
              List<Map<String, String>> bad = new ArrayList<>();
              for (Map<String, Object> record : (List<Map<String, Object>>) event.get("Records")) {
                Map<String, Object> change = (Map<String, Object>) record.get("dynamodb");
                String name = ((Map<String, Map<String, String>>) change.get("Keys")).get("id").get("S");
                names.add(name);
                if (name.startsWith("bad") && Files.exists(folder.resolve("bad"))) {
                  bad.add(Map.of("itemIdentifier", (String) change.get("SequenceNumber")));
                }
              }
              Files.writeString(folder.resolve("event"), event.toString());
              Files.writeString(folder.resolve("taken"), String.join(" ", names) + "\\n",
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              if (names.contains("poison")) throw new IllegalStateException("poison");
              return Map.of("batchItemFailures", bad);
            }
          }
          """);

  @TempDir Path directory;
  private final FakeStream stream = new FakeStream();
  private TestPlatform platform;
  private LambdaClient lambda;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    stream.on(platform);
    platform.add(DynamoDbStreamsClient.class, stream);
    platform.add(LambdaService::new);
    lambda = platform.client(LambdaClient.class);
    if (lambda.listFunctions().functions().isEmpty()) {
      lambda.createFunction(b ->
          b.functionName("f")
              .runtime("java21")
              .role("arn:aws:iam::000000000000:role/r")
              .handler("fn.Take::take")
              .timeout(60)
              .environment(e -> e.variables(Map.of("FOLDER", directory.toString())))
              .code(c -> c.zipFile(SdkBytes.fromByteArray(TAKE))));
    }
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private String map(Consumer<CreateEventSourceMappingRequest.Builder> more) {
    return lambda
        .createEventSourceMapping(b -> {
          b.functionName("f")
              .eventSourceArn(FakeStream.ARN)
              .startingPosition(EventSourcePosition.TRIM_HORIZON);
          more.accept(b);
        })
        .uuid();
  }

  /// Waits for the batches of the function.
  private void taken(String... batches) throws Exception {
    Path file = directory.resolve("taken");
    Await.until(() -> Files.exists(file) && Files.readAllLines(file).size() >= batches.length);
    assertThat(Files.readAllLines(file)).containsExactly(batches);
  }

  /// Waits until nothing runs that the clock would wait for.
  private void quiet() throws Exception {
    Await.until(() -> platform.time().working() == 0);
  }

  private void advance(Duration by) throws Exception {
    quiet();
    platform.time().advance(by);
    quiet();
  }

  private String result(String id) throws Exception {
    quiet();
    return lambda.getEventSourceMapping(b -> b.uuid(id)).lastProcessingResult();
  }

  @Test
  void recordsComeInOrderAndInTheShapeOfLambda() throws Exception {
    stream.write("a", "b", "c");
    String id = map(b -> b.batchSize(2));
    taken("a b", "c");
    assertThat(result(id)).isEqualTo("OK");
    stream.write("d");
    taken("a b", "c", "d");
    assertThat(
            Files.readString(directory.resolve("event"))
                .replace("n={N=1.50}, id={S=d}", "id={S=d}, n={N=1.50}"))
        .isEqualTo(
            "{Records=[{eventID=e3, eventName=INSERT, eventVersion=1.1, eventSource=aws:dynamodb,"
                + " awsRegion=us-east-1, dynamodb={ApproximateCreationDateTime=1588291200,"
                + " Keys={id={S=d}}, NewImage={id={S=d}, n={N=1.50}}, SequenceNumber=103,"
                + " SizeBytes=12, StreamViewType=NEW_AND_OLD_IMAGES}, eventSourceARN="
                + FakeStream.ARN
                + "}]}");
  }

  @Test
  void theLatestPositionIsBehindWhatWasThere() throws Exception {
    stream.write("a", "b");
    map(b -> b.startingPosition(EventSourcePosition.LATEST));
    stream.write("c");
    taken("c");
  }

  @Test
  void aRestartGoesOnWhereTheLastProcessStopped() throws Exception {
    String id = map(_ -> {});
    stream.write("a");
    taken("a");
    assertThat(result(id)).isEqualTo("OK");
    platform.close();
    open();
    stream.write("b");
    taken("a", "b");
    assertThat(result(id)).isEqualTo("OK");
    lambda.updateEventSourceMapping(b -> b.uuid(id).enabled(false));
    stream.write("c");
    platform.close();
    open();
    assertThat(lambda.getEventSourceMapping(b -> b.uuid(id)).state()).isEqualTo("Disabled");
    lambda.updateEventSourceMapping(b -> b.uuid(id).enabled(true));
    taken("a", "b", "c");
  }

  @Test
  void aBatchThatFailsIsCutInTwoUntilTheFaultyRecordIsAlone() throws Exception {
    stream.write("a", "b", "poison", "d");
    String id = map(b -> b.bisectBatchOnFunctionError(true).maximumRetryAttempts(1));
    taken("a b poison d", "a b", "poison d", "poison");
    assertThat(result(id)).isEqualTo("PROBLEM: Function call failed");
    platform.close();
    open();
    taken("a b poison d", "a b", "poison d", "poison", "poison", "d");
    stream.write("e");
    taken("a b poison d", "a b", "poison d", "poison", "poison", "d", "e");
  }

  @Test
  void aBatchIsRetriedAfterAWhileAndDroppedAtLast() throws Exception {
    stream.write("a", "poison");
    String id = map(b -> b.maximumRetryAttempts(2));
    taken("a poison");
    assertThat(result(id)).isEqualTo("PROBLEM: Function call failed");
    stream.write("c");
    advance(Duration.ofMillis(999));
    taken("a poison");
    advance(Duration.ofMillis(1));
    taken("a poison", "a poison");
    advance(Duration.ofSeconds(2));
    taken("a poison", "a poison", "a poison", "c");
  }

  @Test
  void droppedRecordsAreKeptInTheBucketForThem() throws Exception {
    TestBuckets.in(platform);
    var s3 = platform.client(S3Client.class);
    s3.createBucket(b -> b.bucket("dropped"));
    stream.write("a", "poison");
    String id =
        map(b ->
            b.maximumRetryAttempts(0)
                .bisectBatchOnFunctionError(true)
                .destinationConfig(d -> d.onFailure(f -> f.destination("arn:aws:s3:::dropped"))));
    taken("a poison", "a", "poison");
    quiet();

    String key = s3.listObjectsV2(b -> b.bucket("dropped")).contents().getFirst().key();
    assertThat(key).matches("aws/lambda/" + id + "/shard-1/2020-05-01T00\\.00\\.00-[0-9a-f-]{36}");
    JsonObject kept =
        JsonObject.of(s3.getObjectAsBytes(b -> b.bucket("dropped").key(key)).asByteArray());
    assertThat(kept.object("requestContext").text("condition")).isEqualTo("RetryAttemptsExhausted");
    assertThat(kept.object("requestContext").whole("approximateInvokeCount")).isEqualTo(1);
    assertThat(kept.object("responseContext").text("functionError")).isEqualTo("Unhandled");
    assertThat(kept.object("DDBStreamBatchInfo").whole("batchSize")).isEqualTo(1);
    assertThat(kept.object("DDBStreamBatchInfo").text("streamArn")).isEqualTo(FakeStream.ARN);
    assertThat(kept.text("payload")).contains("poison").doesNotContain("\"a\"");
    assertThat(
            lambda
                .getEventSourceMapping(b -> b.uuid(id))
                .destinationConfig()
                .onFailure()
                .destination())
        .isEqualTo("arn:aws:s3:::dropped");
  }

  @Test
  void recordsThatAreReportedAreMadeAgainWithAllBehindThem() throws Exception {
    Path bad = Files.createFile(directory.resolve("bad"));
    stream.write("a", "bad", "c");
    String id = map(b -> b.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));
    taken("a bad c");
    assertThat(result(id)).isEqualTo("PROBLEM: Function call failed");
    Files.delete(bad);
    advance(Duration.ofSeconds(1));
    taken("a bad c", "bad c");
  }

  @Test
  void onlyRecordsThatMatchAFilterAreSent() throws Exception {
    stream.write("a1", "b1", "a2", "b2", "a3");
    String pattern =
        Json.write(
            Map.of(
                "dynamodb",
                Map.of("Keys", Map.of("id", Map.of("S", List.of(Map.of("prefix", "b")))))));
    String id = map(b -> b.batchSize(2).filterCriteria(f -> f.filters(filter(pattern))));
    taken("b1 b2");
    stream.write("b3");
    taken("b1 b2", "b3");
    assertThat(
            lambda
                .getEventSourceMapping(b -> b.uuid(id))
                .filterCriteria()
                .filters()
                .getFirst()
                .pattern())
        .isEqualTo(pattern);
  }

  @Test
  void aWindowGathersRecords() throws Exception {
    map(b -> b.maximumBatchingWindowInSeconds(10).batchSize(3));
    stream.write("a");
    advance(Duration.ofSeconds(5));
    stream.write("b");
    advance(Duration.ofSeconds(5));
    taken("a b");
    stream.write("c", "d", "e");
    taken("a b", "c d e");
  }

  @Test
  void mappingsAreListedChangedAndDeleted() throws Exception {
    String id = map(b -> b.enabled(false));
    var created = lambda.getEventSourceMapping(b -> b.uuid(id));
    assertThat(created.state()).isEqualTo("Disabled");
    assertThat(created.batchSize()).isEqualTo(100);
    assertThat(created.maximumRetryAttempts()).isEqualTo(-1);
    assertThat(created.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f");
    assertThat(lambda.updateEventSourceMapping(b -> b.uuid(id).batchSize(7).enabled(true)).state())
        .isEqualTo("Enabling");
    var listed = lambda.listEventSourceMappings(b -> b.functionName("f")).eventSourceMappings();
    assertThat(listed).singleElement().satisfies(m -> assertThat(m.batchSize()).isEqualTo(7));
    assertThatThrownBy(() -> map(_ -> {})).hasMessageContaining(id);
    assertThat(lambda.deleteEventSourceMapping(b -> b.uuid(id)).state()).isEqualTo("Deleting");
    assertThatThrownBy(() -> lambda.getEventSourceMapping(b -> b.uuid(id)))
        .hasMessageContaining("The resource you requested does not exist.");
    assertThat(lambda.listEventSourceMappings().eventSourceMappings()).isEmpty();
  }

  @Test
  void badRequestsAreRefused() {
    refused(b -> b.functionName("absent"), "Function does not exist");
    refused(b -> b.eventSourceArn(FakeStream.ARN + "1"), "Stream not found: ");
    refused(
        b -> b.eventSourceArn("arn:aws:sqs:us-east-1:000000000000:q"),
        "arn:aws:sqs:us-east-1:000000000000:q is not supported by Polder");
    refused(b -> b.startingPosition((String) null), "'startingPosition'");
    refused(b -> b.startingPosition("AT_TIMESTAMP"), "Unsupported starting position");
    refused(b -> b.batchSize(0), "'batchSize'");
    refused(b -> b.tumblingWindowInSeconds(3), "TumblingWindowInSeconds is not supported");
    refused(
        b ->
            b.destinationConfig(
                d -> d.onFailure(f -> f.destination("arn:aws:sqs:us-east-1:000000000000:q"))),
        "The destination arn:aws:sqs:us-east-1:000000000000:q is not supported");
    refused(
        b -> b.filterCriteria(f -> f.filters(filter("{\"a\":1}"))),
        "Invalid filter pattern definition.");
    assertThat(lambda.listEventSourceMappings().eventSourceMappings()).isEmpty();
  }

  private static Filter filter(String pattern) {
    return Filter.builder().pattern(pattern).build();
  }

  private void refused(Consumer<CreateEventSourceMappingRequest.Builder> more, String message) {
    assertThatThrownBy(() -> map(more))
        .isInstanceOf(AwsServiceException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[\"x\"]}                        | {\"a\":\"x\"}       | true",
        "{\"a\":[\"x\"]}                        | {\"a\":[\"y\",\"x\"]} | true",
        "{\"a\":[\"x\"],\"b\":[1]}              | {\"a\":\"x\"}       | false",
        "{\"a\":[1]}                            | {\"a\":1.0}         | true",
        "{\"a\":[null]}                         | {\"a\":null}        | true",
        "{\"a\":[null]}                         | {}                  | false",
        "{\"a\":[{\"exists\":false}]}           | {}                  | true",
        "{\"a\":{\"b\":[{\"exists\":false}]}}   | {\"a\":{\"b\":1}}   | false",
        "{\"a\":[{\"suffix\":\"x\"}]}           | {\"a\":\"yx\"}      | true",
        "{\"a\":[{\"equals-ignore-case\":\"X\"}]} | {\"a\":\"x\"}     | true",
        "{\"a\":[{\"anything-but\":[\"x\",1]}]} | {\"a\":\"x\"}       | false",
        "{\"a\":[{\"anything-but\":{\"prefix\":\"x\"}}]} | {\"a\":\"y\"} | true",
        "{\"a\":[{\"anything-but\":\"x\"}]}     | {}                  | false",
        "{\"a\":[{\"numeric\":[\">\",0,\"<=\",5]}]} | {\"a\":5}       | true",
        "{\"a\":[{\"numeric\":[\">\",0,\"<=\",5]}]} | {\"a\":0}       | false",
        "{\"$or\":[{\"a\":[1]},{\"b\":[2]}]}    | {\"b\":2}           | true",
      })
  void patternsDecide(String pattern, String event, boolean matches) {
    assertThat(EventPattern.of(pattern).matches(Json.parseObject(event))).isEqualTo(matches);
  }
}
