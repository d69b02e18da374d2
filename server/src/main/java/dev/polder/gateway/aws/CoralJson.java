package dev.polder.gateway.aws;

import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.JsonDecoder;
import dev.polder.gateway.codec.JsonEncoder;
import dev.polder.gateway.codec.JsonReading;
import dev.polder.gateway.codec.MalformedInputException;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// AWS JSON 1.0 as DynamoDB's endpoint speaks it: errors name their types in full, each framework
/// spells "message" in its own case, a request must have a body, and browsers may read the answers.
public final class CoralJson implements WireProtocol {
  /// The only reader and writer.
  public static final CoralJson INSTANCE = new CoralJson();

  private static final String JSON = "application/x-amz-json-1.0";
  private static final String PLAIN_JSON = "application/json";
  private static final String SERIALIZATION = "SerializationException";
  private static final String DENIED = "AccessDeniedException";

  private CoralJson() {}

  /// Whether a service's endpoint is DynamoDB's, which that of its streams is too.
  public static boolean isSpokenBy(ServiceModel service) {
    return service.signingName().equals("dynamodb");
  }

  @Override
  public SdkRequest read(Matched matched) {
    if (matched.body().length == 0) {
      throw new MalformedInputException("");
    }
    SdkPojo builder = matched.operation().newRequest();
    JsonDecoder.read(matched.body(), builder, JsonReading.CORAL);
    return (SdkRequest) Member.build(builder);
  }

  @Override
  public String malformedCode() {
    return SERIALIZATION;
  }

  @Override
  public Answer answer(Matched matched, SdkPojo response, String requestId) {
    return new Answer(200, headers(matched.request(), requestId), JsonEncoder.write(response));
  }

  @Override
  public Answer fail(
      HttpRequest request, @Nullable Matched matched, Failure failure, String requestId) {
    String code = failure.code().equals("InternalFailure") ? "InternalServerError" : failure.code();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("__type", namespace(code) + "#" + code);
    if (!failure.message().isEmpty()) {
      boolean capital = code.equals(SERIALIZATION) || code.equals(DENIED);
      texts.put(capital ? "Message" : "message", failure.message());
    }
    byte[] body =
        failure.modeled() == null
            ? JsonEncoder.write(texts)
            : JsonEncoder.write(texts, failure.modeled());
    return new Answer(failure.status(), headers(request, requestId), body);
  }

  private static String namespace(String code) {
    return switch (code) {
      case "ValidationException" -> "com.amazon.coral.validate";
      case "ThrottlingException" -> "com.amazon.coral.availability";
      case SERIALIZATION,
          DENIED,
          "UnknownOperationException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "UnrecognizedClientException" ->
          "com.amazon.coral.service";
      default -> "com.amazonaws.dynamodb.v20120810";
    };
  }

  private static Headers headers(HttpRequest request, String requestId) {
    String type = mediaType(request).equals(JSON) ? JSON : PLAIN_JSON;
    Headers headers = Headers.of("x-amzn-RequestId", requestId, "Content-Type", type);
    return request.headers().contains("origin")
        ? headers.add("Access-Control-Allow-Origin", "*")
        : headers;
  }

  /// Whether a body of this type is read at all.
  static boolean reads(HttpRequest request) {
    String type = mediaType(request);
    return type.equals(JSON) || type.equals(PLAIN_JSON);
  }

  private static String mediaType(HttpRequest request) {
    String type = request.headers().first("content-type", "");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).trim();
  }
}
