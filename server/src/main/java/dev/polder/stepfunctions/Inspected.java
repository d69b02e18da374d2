package dev.polder.stepfunctions;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.integration.HttpExchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InspectionData;

/// What TestState shows of the way through a state, in the SDK's words.
final class Inspected {
  private Inspected() {}

  /// @param members by the names of [InspectionData]
  static InspectionData.Builder members(Map<String, @Nullable Object> members) {
    InspectionData.Builder inspected = InspectionData.builder();
    members.forEach((name, value) -> put(inspected, name, value));
    return inspected;
  }

  private static void put(InspectionData.Builder inspected, String name, @Nullable Object value) {
    switch (name) {
      case "input" -> inspected.input(Json.write(value));
      case "afterArguments" -> inspected.afterArguments(Json.write(value));
      case "afterInputPath" -> inspected.afterInputPath(Json.write(value));
      case "afterParameters" -> inspected.afterParameters(Json.write(value));
      case "result" -> inspected.result(Json.write(value));
      case "afterResultSelector" -> inspected.afterResultSelector(Json.write(value));
      case "afterResultPath" -> inspected.afterResultPath(Json.write(value));
      case "afterItemsPath" -> inspected.afterItemsPath(Json.write(value));
      case "afterItemSelector" -> inspected.afterItemSelector(Json.write(value));
      case "toleratedFailureCount" -> inspected.toleratedFailureCount(number(value).intValue());
      case "toleratedFailurePercentage" ->
          inspected.toleratedFailurePercentage(number(value).floatValue());
      case "maxConcurrency" -> inspected.maxConcurrency(number(value).intValue());
      default -> throw new IllegalStateException("No member of inspections: " + name);
    }
  }

  private static Number number(@Nullable Object value) {
    return value instanceof Number n ? n : 0;
  }

  /// Adds the request and the response of an HTTP Task.
  ///
  /// @param secrets true to show what a connection put into the request
  static void add(InspectionData.Builder inspected, HttpExchange http, boolean secrets) {
    inspected.request(b ->
        b.protocol(http.protocol())
            .method(http.request().method())
            .url(http.request().uri().toString())
            .headers(http.requestHeaders(secrets))
            .body(http.requestBody()));
    inspected.response(b ->
        b.protocol(http.protocol())
            .statusCode(Integer.toString(http.response().statusCode()))
            .statusMessage(http.reason())
            .headers(http.responseHeaders())
            .body(http.responseBody()));
  }
}
