package dev.polder.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.trace.FinishedSpan;
import dev.polder.kernel.trace.Span;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentSpansTest {
  private static final Instant TIME = Instant.parse("2020-05-01T00:00:00.123456789Z");

  private final RecentSpans recent = new RecentSpans(10_000, 3);

  private static FinishedSpan span(
      String trace, @Nullable String parent, String value, FinishedSpan.@Nullable Failure failure) {
    Instant end = TIME.plusNanos(1);
    return new FinishedSpan(
        trace,
        "0123456789abcdef",
        parent,
        Span.Kind.SUBSEGMENT,
        "n",
        TIME,
        end,
        Map.of("key", value),
        failure);
  }

  @Test
  void aSpanComesBackAsItWas() {
    var first = span("t", null, "", null);
    var second =
        span("t", "p", "ünï\0code", new FinishedSpan.Failure("Type", "x".repeat(70_000), true));
    recent.add(first);
    recent.add(second);
    assertThat(recent.of("t")).containsExactly(first, second);
    assertThat(recent.of("unknown")).isEmpty();
  }

  @Test
  void theOldestTracesAreForgottenForTheNewest() {
    for (int i = 0; i < 5; i++) {
      recent.add(span("t" + i, null, "x".repeat(3_000), null));
    }
    assertThat(recent.ids()).containsExactly("t2", "t3", "t4");
    recent.add(span("large", null, "x".repeat(20_000), null));
    assertThat(recent.ids()).containsExactly("large");
  }

  @Test
  void theRestOfALongTraceIsForgotten() {
    for (int i = 0; i < 5; i++) {
      recent.add(span("t", null, "v" + i, null));
    }
    assertThat(recent.of("t"))
        .extracting(each -> each.attributes().get("key"))
        .containsExactly("v0", "v1", "v2");
  }
}
