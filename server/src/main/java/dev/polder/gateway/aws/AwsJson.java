package dev.polder.gateway.aws;

import dev.polder.gateway.codec.JsonDecoder;
import dev.polder.gateway.codec.JsonEncoder;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// AWS JSON 1.0 and 1.1. The two differ in the content type alone, in which the client is followed.
///
/// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
final class AwsJson implements WireProtocol {
  static final AwsJson INSTANCE = new AwsJson();

  private AwsJson() {}

  @Override
  public SdkRequest read(Matched matched) {
    SdkPojo builder = matched.operation().newRequest();
    JsonDecoder.read(matched.body(), builder);
    return (SdkRequest) Member.build(builder);
  }

  @Override
  public String malformedCode() {
    return "SerializationException";
  }

  @Override
  public Answer answer(Matched matched, SdkPojo response, String requestId) {
    return new Answer(200, headers(matched.request(), requestId), JsonEncoder.write(response));
  }

  @Override
  public Answer fail(
      HttpRequest request, @Nullable Matched matched, Failure failure, String requestId) {
    Headers headers = headers(request, requestId).add("x-amzn-ErrorType", failure.code());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("__type", failure.code());
    return new Answer(failure.status(), headers, JsonErrors.body(texts, failure));
  }

  private static Headers headers(HttpRequest request, String requestId) {
    String type = request.headers().first("content-type", "");
    return Headers.of(
        "x-amzn-RequestId",
        requestId,
        "Content-Type",
        type.startsWith("application/x-amz-json-") ? type : "application/x-amz-json-1.1");
  }
}
