package dev.polder.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.Span.Kind;
import dev.polder.kernel.trace.TraceHeader;
import dev.polder.telemetry.OpenTelemetryTracer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;
import software.amazon.awssdk.services.xray.model.Segment;

class XRayServiceTest {
  private static final Instant BEGIN = Instant.parse("2020-12-06T12:00:00Z");
  private static final String ID = "1-5fccc6c0-0123456789abcdef01234567";

  private final ManualTime time = new ManualTime(BEGIN);
  private final OpenTelemetryTracer tracer =
      new OpenTelemetryTracer(Ids.seeded(1), time, Optional.empty());
  private final LocalXRay xray = new LocalXRay(tracer);

  @AfterEach
  void close() {
    tracer.close();
  }

  private static TraceHeader header(String text) {
    return TraceHeader.parse(text).orElseThrow();
  }

  private List<Map<String, Object>> documents(String id) {
    return xray.batchGetTraces(r -> r.traceIds(id)).traces().getFirst().segments().stream()
        .map(Segment::document)
        .map(Json::parseObject)
        .toList();
  }

  private static double seconds(Map<?, ?> document, String name) {
    return Double.parseDouble(String.valueOf(document.get(name)));
  }

  private void passes(long millis) {
    time.advance(Duration.ofMillis(millis));
  }

  @Test
  void aTraceIsItsSegmentsWithTheirCallsWithin() {
    try (Span request =
        tracer.begin(
            header("Root=" + ID),
            Kind.SEGMENT,
            "blog",
            Map.of("origin", "AWS::AppSync::GraphQLAPI"))) {
      passes(1);
      request.within(() -> {
        try (Span function = tracer.begin(Kind.SEGMENT, "fn", Map.of())) {
          try (Span call =
              tracer.begin(
                  function.header(),
                  Kind.SUBSEGMENT,
                  "DynamoDB",
                  Map.of("aws.operation", "Query"))) {
            passes(3);
            call.failed("ValidationException", "no", true);
          }
        }
        return null;
      });
      passes(1);
    }

    var segments = documents(ID);
    assertThat(segments).extracting(s -> s.get("name")).containsExactly("blog", "fn");
    assertThat(segments.getFirst())
        .containsEntry("trace_id", ID)
        .containsEntry("origin", "AWS::AppSync::GraphQLAPI")
        .doesNotContainKeys("parent_id", "subsegments");
    assertThat(segments.getLast()).containsEntry("parent_id", segments.getFirst().get("id"));
    assertThat(segments.getLast().get("subsegments"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.get("name")).isEqualTo("DynamoDB");
          assertThat(call.get("aws")).isEqualTo(Map.of("operation", "Query"));
          assertThat(call.get("error")).isEqualTo(true);
          assertThat(seconds(call, "start_time")).isCloseTo(1607256000.001, within(1e-5));
          assertThat(seconds(call, "end_time")).isCloseTo(1607256000.004, within(1e-5));
        });
    var summary =
        xray.getTraceSummaries(r -> r.startTime(BEGIN).endTime(BEGIN.plusSeconds(1)))
            .traceSummaries()
            .getFirst();
    assertThat(summary.id()).isEqualTo(ID);
    assertThat(summary.duration()).isEqualTo(0.005);
    assertThat(summary.hasError()).isTrue();
    assertThat(summary.hasFault()).isFalse();
  }

  @Test
  void whatACallerWantsUnrecordedIsNotRecorded() {
    try (Span span =
        tracer.begin(header("Root=" + ID + ";Sampled=0"), Kind.SEGMENT, "x", Map.of())) {
      span.child(Kind.SUBSEGMENT, "y", Map.of()).close();
    }
    assertThat(xray.batchGetTraces(r -> r.traceIds(ID)).unprocessedTraceIds()).containsExactly(ID);
  }

  @Test
  void segmentsOfOthersAreTakenAndBadOnesNamed() {
    String good =
        "{\"trace_id\":\"%s\",\"id\":\"0123456789abcdef\",\"name\":\"mine\",\"start_time\":1607256000.5,\"end_time\":1607256001}"
            .formatted(ID);
    var answer =
        xray.putTraceSegments(r -> r.traceSegmentDocuments(good, "{\"id\":\"1\"}", "nonsense"));
    assertThat(answer.unprocessedTraceSegments())
        .extracting(each -> each.errorCode())
        .containsExactly("MissingOrInvalid", "ParseError");
    assertThat(documents(ID)).extracting(s -> s.get("name")).containsExactly("mine");
  }

  @Test
  void badRequestsAreRefused() {
    assertThatThrownBy(() -> xray.batchGetTraces(r -> r.traceIds("1-2-3")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Invalid trace id: 1-2-3");
    assertThatThrownBy(
            () -> xray.getTraceSummaries(r -> r.startTime(BEGIN.plusSeconds(1)).endTime(BEGIN)))
        .isInstanceOf(InvalidRequestException.class);
  }

  private static final List<String> RECORDED =
      List.of(
          """
          {"trace_id": "1-5fccc6c0-0123456789abcdef01234567", "id": "0000000000000001", "name": "shop",
           "origin": "AWS::Lambda::Function", "start_time": 1607256000.5, "end_time": 1607256006.5, "user": "ann",
           "http": {"request": {"method": "POST", "url": "https://shop.example/v2/pay", "client_ip": "10.0.0.1",
                                "user_agent": "curl/8"},
                    "response": {"status": 502}}, "fault": true,
           "annotations": {"cart": "c1", "items": 3, "vip": true},
           "subsegments": [{"id": "0000000000000002", "name": "DynamoDB", "namespace": "aws", "error": true,
                            "start_time": 1607256001, "end_time": 1607256001.25, "aws": {"table_name": "Carts"},
                            "annotations": {"deep": "x"}}]}
          """,
          """
          {"trace_id": "1-5fccc6c0-0123456789abcdef01234567", "id": "0000000000000003", "name": "bank",
           "parent_id": "0000000000000001", "start_time": 1607256002, "end_time": 1607256009, "fault": true}
          """,
          """
          {"trace_id": "1-5fccc6c1-0123456789abcdef01234567", "id": "0000000000000004", "name": "shop",
           "start_time": 1607256001, "end_time": 1607256001.125, "user": "bob",
           "http": {"request": {"method": "GET", "url": "https://shop.example/"}, "response": {"status": 200}}}
          """);

  private List<String> found(String filter) {
    return xray
        .getTraceSummaries(
            r -> r.startTime(BEGIN).endTime(BEGIN.plusSeconds(60)).filterExpression(filter))
        .traceSummaries()
        .stream()
        .map(summary -> summary.id().substring(2, 10))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "responsetime > 5| 5fccc6c0",
        "duration >= 8 AND duration <= 9| 5fccc6c0",
        "responsetime < 0.2| 5fccc6c1",
        "ok| 5fccc6c1",
        "!ok| 5fccc6c0",
        "ok = false| 5fccc6c0",
        "ok !partial duration <3| 5fccc6c1",
        "error| ``",
        "fault| 5fccc6c0",
        "throttle OR fault| 5fccc6c0",
        "http.status != 200| 5fccc6c0",
        "http.status = 200| 5fccc6c1",
        "http.url CONTAINS \"/v2/\"| 5fccc6c0",
        "http.url BEGINSWITH \"https://shop.example/\" AND !service(\"bank\")| 5fccc6c1",
        "http.url ENDSWITH \"/\"| 5fccc6c1",
        "http.method = \"POST\"| 5fccc6c0",
        "http.clientip = \"10.0.0.1\"| 5fccc6c0",
        "http.useragent BEGINSWITH \"curl\"| 5fccc6c0",
        "user = \"bob\"| 5fccc6c1",
        "user CONTAINS \"\"| 5fccc6c0 5fccc6c1",
        "annotation.cart = \"c1\"| 5fccc6c0",
        "annotation[items] > 2| 5fccc6c0",
        "annotation.items > 3| ``",
        "annotation.vip| 5fccc6c0",
        "annotation.vip = false| ``",
        "annotation.deep CONTAINS \"\"| 5fccc6c0",
        "service(\"bank\")| 5fccc6c0",
        "service(\"shop\") { responsetime < 1 }| 5fccc6c1",
        "service() { error }| 5fccc6c0",
        "service(\"Carts\") { error AND responsetime < 1 }| 5fccc6c0",
        "service(id(name: \"shop\", type: \"AWS::Lambda::Function\"))| 5fccc6c0",
        "service(id(type: \"AWS::DynamoDB::Table\"))| 5fccc6c0",
        "edge(\"shop\", \"bank\") { fault }| 5fccc6c0",
        "edge(\"bank\", \"shop\")| ``",
        "edge(\"shop\", \"DynamoDB\") { error = true }| 5fccc6c0",
        "(ok OR user = \"ann\") AND http.status >= 200| 5fccc6c0 5fccc6c1"
      })
  void tracesAreFoundByWhatTheyAre(String filter, String ids) {
    assertThat(
            xray.putTraceSegments(r -> r.traceSegmentDocuments(RECORDED))
                .unprocessedTraceSegments())
        .isEmpty();
    assertThat(String.join(" ", found(filter))).isEqualTo(ids);
  }

  @Test
  void aSummarySaysWhatItsSegmentsRecorded() {
    xray.putTraceSegments(r -> r.traceSegmentDocuments(RECORDED));
    var summary =
        xray.getTraceSummaries(r -> r.startTime(BEGIN).endTime(BEGIN.plusSeconds(60)))
            .traceSummaries()
            .getFirst();
    assertThat(summary.http().httpStatus()).isEqualTo(502);
    assertThat(summary.http().httpURL()).isEqualTo("https://shop.example/v2/pay");
    assertThat(summary.users().getFirst().userName()).isEqualTo("ann");
    assertThat(summary.annotations().get("items").getFirst().annotationValue().numberValue())
        .isEqualTo(3);
    assertThat(documents(ID).getFirst())
        .containsEntry("user", "ann")
        .containsEntry("annotations", Map.of("cart", "c1", "items", 3, "vip", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nope = 1| the keyword nope is not known",
        "responsetime| expected an operator at position 12",
        "responsetime > \"5\"| expected a number at position 15",
        "http.url = 5| expected a text in quotation marks at position 11",
        "http.url > \"a\"| expected one of [=, !=, CONTAINS, BEGINSWITH, ENDSWITH]",
        "ok = 1| expected true or false",
        "service(shop)| expected a name in quotation marks at position 8",
        "service(\"a\") { annotation.b = 1 }| expected a keyword other than annotation",
        "edge(\"a\")| expected edge of two services",
        "(ok| expected ) at position 3",
        "ok OR| expected a keyword at position 5",
        "ok ; fault| expected a keyword, a value or an operator at position"
      })
  void whatIsNoFilterIsRefused(String filter, String message) {
    assertThatThrownBy(() -> found(filter))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message);
  }
}
