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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
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
    assertThatThrownBy(() ->
            xray.getTraceSummaries(
                r -> r.startTime(BEGIN).endTime(BEGIN).filterExpression("error = true")))
        .hasMessageContaining("FilterExpression is not supported: error = true");
  }
}
