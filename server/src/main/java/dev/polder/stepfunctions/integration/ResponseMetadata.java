package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Ids;
import dev.polder.kernel.time.Time;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The members `SdkHttpMetadata` and `SdkResponseMetadata`, which optimized integrations add to the
/// answer of the service (recorded).
record ResponseMetadata(Time time, Ids ids) {

  /// Those of an answer.
  ///
  /// @param specific headers of this service alone, in their order
  /// @param length of the body in bytes
  Map<String, @Nullable Object> of(
      Map<String, String> specific, String contentType, int length, int status) {
    String request = ids.uuid();
    Map<String, String> headers = new LinkedHashMap<>(specific);
    headers.put("x-amzn-RequestId", request);
    if (!headers.containsKey("Connection")) {
      headers.put("connection", "keep-alive");
    }
    headers.put("Content-Length", Integer.toString(length));
    headers.put(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.ofInstant(time.instant(), ZoneOffset.UTC)));
    headers.put("Content-Type", contentType);
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    Map<String, @Nullable Object> http = new LinkedHashMap<>();
    http.put("AllHttpHeaders", all);
    Map<String, @Nullable Object> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    http.put("HttpHeaders", new LinkedHashMap<>(sorted));
    http.put("HttpStatusCode", status);
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    response.put("RequestId", request);
    Map<String, @Nullable Object> both = new LinkedHashMap<>();
    both.put("SdkHttpMetadata", http);
    both.put("SdkResponseMetadata", response);
    return both;
  }

  /// Those of the answer of a service that speaks JSON 1.0.
  Map<String, @Nullable Object> json(int length) {
    return of(Map.of(), "application/x-amz-json-1.0", length, 200);
  }
}
