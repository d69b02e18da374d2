package dev.polder.examples.traffic.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans a run: from the time it was due to the ranges that each one INSERT fills. It calls nothing
 * and reads no clock, so the same input gives the same plan.
 *
 * <p>Input: {@code executionStart} and {@code input}, the execution's input, with {@code
 * scheduledTime}, {@code lookbackDays}, {@code maxPartitionsPerQuery} or {@code year}, {@code
 * month}, {@code day}, all optional (see {@link Span}). Output: {@code query}, the INSERT with
 * {@code ?} for its parameters, once; and {@code ranges}, each with {@code start}, {@code end} and
 * its {@code parameters}. A plan is some 300 bytes a range, so that several hundred ranges fit into
 * the 256 KiB that a state may return.
 */
public final class PlanRanges implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final Settings settings;

  /** The constructor that Lambda calls; reads the environment variables. */
  public PlanRanges() {
    this(Settings.environment());
  }

  PlanRanges(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    Fields request = new Fields(event).request();
    int maxPartitions =
        request.number("maxPartitionsPerQuery").orElseGet(settings::maxPartitionsPerQuery);
    EtlQuery etl = new EtlQuery(settings.lateness());
    List<Map<String, Object>> ranges =
        Span.of(request, settings.lookbackDays()).split(maxPartitions).stream()
            .map(range -> planned(range, etl))
            .toList();
    return Map.of("query", etl.query(), "ranges", ranges);
  }

  private static Map<String, Object> planned(TimeRange range, EtlQuery etl) {
    return Map.of(
        "start",
        range.start().toString(),
        "end",
        range.end().toString(),
        "parameters",
        etl.parameters(range));
  }
}
