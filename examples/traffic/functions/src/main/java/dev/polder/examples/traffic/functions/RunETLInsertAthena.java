package dev.polder.examples.traffic.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;

/**
 * Starts the next INSERTs: as many as may run at once. The state machine calls it again for the
 * rest.
 *
 * <p>Input: {@code start} and {@code end} of what is to be filled, {@code executionId} and {@code
 * enteredTime} of the state, {@code next}, the index of the range to go on with (0 if absent).
 * Output: {@code Response} SUCCEEDED with {@code Queries} (each {@code QueryExecutionId}, {@code
 * start}, {@code end}), the new {@code next}, and {@code Remaining}, how many ranges are left; or
 * {@code Response} FAILED with {@code Error} and {@code Cause}, after stopping what it had started.
 *
 * <p>The token of a query is derived from the execution, the entering of the state and the range,
 * so a retry by Lambda or Step Functions finds the query of the first attempt rather than inserting
 * twice.
 */
public final class RunETLInsertAthena
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final AthenaClient athena;
  private final Settings settings;

  /**
   * The constructor that Lambda calls; reads {@code WORK_GROUP}, {@code DATABASE}, {@code
   * MAX_CONCURRENT_QUERIES}, {@code MAX_PARTITIONS_PER_QUERY} and {@code LATENESS_HOURS}.
   */
  public RunETLInsertAthena() {
    this(Clients.athena(), Settings.environment());
  }

  RunETLInsertAthena(AthenaClient athena, Settings settings) {
    this.athena = athena;
    this.settings = settings;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    Fields input = new Fields(event);
    List<TimeRange> ranges =
        TimeRange.parse(input.requiredText("start"), input.requiredText("end"))
            .split(
                input.number("maxPartitionsPerQuery").orElseGet(settings::maxPartitionsPerQuery));
    int next = input.number("next").orElse(0);
    int until = Math.min(ranges.size(), next + settings.number("MAX_CONCURRENT_QUERIES", 1, 200));
    EtlQuery etl = new EtlQuery(settings.lateness());
    String occasion = input.requiredText("executionId") + "|" + input.requiredText("enteredTime");
    List<Map<String, Object>> started = new ArrayList<>();
    try {
      for (TimeRange range : ranges.subList(next, until)) {
        started.add(start(etl, range, occasion));
      }
    } catch (SdkException e) {
      stop(started);
      return input.with(
          Map.of(
              "Response", "FAILED",
              "Error", e.getClass().getSimpleName(),
              "Cause", String.valueOf(e.getMessage())));
    }
    return input.with(
        Map.of(
            "Response",
            "SUCCEEDED",
            "Queries",
            started,
            "next",
            until,
            "Remaining",
            ranges.size() - until));
  }

  private Map<String, Object> start(EtlQuery etl, TimeRange range, String occasion) {
    String id =
        athena
            .startQueryExecution(request ->
                request
                    .queryString(etl.query())
                    .executionParameters(etl.parameters(range))
                    .queryExecutionContext(within -> within.database(settings.text("DATABASE")))
                    .workGroup(settings.text("WORK_GROUP"))
                    .clientRequestToken(token(occasion, range)))
            .queryExecutionId();
    return Map.of(
        "QueryExecutionId", id, "start", range.start().toString(), "end", range.end().toString());
  }

  private void stop(List<Map<String, Object>> started) {
    for (Map<String, Object> query : started) {
      QueryStop.tryStop(athena, String.valueOf(query.get("QueryExecutionId")));
    }
  }

  static String token(String occasion, TimeRange range) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (occasion + "|" + range.start() + "|" + range.end())
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
