package dev.polder.lambda;

import dev.polder.kernel.Json;
import dev.polder.lambda.StreamReader.Wanted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records that a mapping gives up, as an object of the bucket that it has for them.
/// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
///
/// @param records at least one
/// @param request of the last call for them; null where there was none
/// @param calls how often the function was called for them
/// @param failed false where the function answered that they failed, and did not fail itself
record DroppedRecords(
    EventSourceMapping mapping,
    String shard,
    List<Wanted> records,
    Reason reason,
    @Nullable String request,
    int calls,
    boolean failed) {
  private static final DateTimeFormatter KEY_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

  /// Why they are given up.
  enum Reason {
    RETRIES("RetryAttemptsExhausted"),
    AGE("RecordAgeExceeded");

    private final String condition;

    Reason(String condition) {
      this.condition = condition;
    }
  }

  /// The name of the object.
  String key(Instant now, String uuid) {
    return "aws/lambda/" + mapping.id() + "/" + shard + "/" + KEY_TIME.format(now) + "-" + uuid;
  }

  /// What is in the object: what went wrong, and the event that the function was given.
  String json(Instant now, String event) {
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("requestId", this.request);
    request.put("functionArn", mapping.function().qualifiedArn());
    request.put("condition", reason.condition);
    request.put("approximateInvokeCount", calls);
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("requestContext", request);
    document.put("responseContext", this.request == null ? null : response());
    document.put("version", "1.0");
    document.put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
    document.put("DDBStreamBatchInfo", batch());
    document.put("payload", event);
    return Json.write(document);
  }

  private Map<String, @Nullable Object> response() {
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    String qualifier = mapping.function().qualifier();
    response.put("statusCode", 200);
    response.put("executedVersion", qualifier == null ? "$LATEST" : qualifier);
    response.put("functionError", failed ? "Unhandled" : null);
    return response;
  }

  private Map<String, Object> batch() {
    Map<String, Object> batch = new LinkedHashMap<>();
    batch.put("shardId", shard);
    batch.put("startSequenceNumber", records.getFirst().sequence());
    batch.put("endSequenceNumber", records.getLast().sequence());
    batch.put("approximateArrivalOfFirstRecord", second(records.getFirst()));
    batch.put("approximateArrivalOfLastRecord", second(records.getLast()));
    batch.put("batchSize", records.size());
    batch.put("streamArn", mapping.source());
    return batch;
  }

  private static String second(Wanted record) {
    return record.created().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
