package dev.polder.gateway.aws;

import dev.polder.gateway.codec.JsonDecoder;
import dev.polder.gateway.codec.JsonEncoder;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/// REST-JSON: members in path, query, headers and status code, the others in a JSON body.
///
/// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
final class RestJson implements WireProtocol {
  static final RestJson INSTANCE = new RestJson();

  private RestJson() {}

  @Override
  public SdkRequest read(Matched matched) {
    SdkPojo builder = matched.operation().newRequest();
    Shape shape = Shape.of(builder);
    RestBindings.read(matched, builder);
    Member payload = shape.payload();
    if (payload != null) {
      payload(matched.body(), payload, builder);
    } else if (shape.hasBody()) {
      JsonDecoder.read(matched.body(), builder);
    }
    return (SdkRequest) Member.build(builder);
  }

  private static void payload(byte[] body, Member payload, SdkPojo builder) {
    if (payload.type() == MarshallingKnownType.SDK_BYTES) {
      payload.set(builder, SdkBytes.fromByteArrayUnsafe(body));
    } else if (payload.type() == MarshallingKnownType.STRING) {
      payload.set(builder, new String(body, StandardCharsets.UTF_8));
    } else if (body.length > 0) {
      SdkPojo nested = payload.newBuilder();
      JsonDecoder.read(body, nested);
      payload.set(builder, Member.build(nested));
    }
  }

  @Override
  public String malformedCode() {
    return "SerializationException";
  }

  @Override
  public Answer answer(Matched matched, SdkPojo response, String requestId) {
    Shape shape = Shape.of(response);
    Headers headers = Headers.of("x-amzn-RequestId", requestId, "Content-Type", "application/json");
    RestBindings.writeHeaders(response, headers);
    int status = 200;
    for (Member member : shape.bound()) {
      if (member.location() == MarshallLocation.STATUS_CODE
          && member.present(response) instanceof Integer given) {
        status = given;
      }
    }
    return new Answer(status, headers, body(response, shape));
  }

  private static byte[] body(SdkPojo response, Shape shape) {
    Member payload = shape.payload();
    if (payload == null) {
      return shape.hasBody() ? JsonEncoder.write(response) : new byte[0];
    }
    return switch (payload.present(response)) {
      case null -> new byte[0];
      case SdkBytes bytes -> bytes.asByteArrayUnsafe();
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case SdkPojo pojo -> JsonEncoder.write(pojo);
      default -> throw new IllegalStateException("Not a body: " + payload);
    };
  }

  @Override
  public Answer fail(
      HttpRequest request, @Nullable Matched matched, Failure failure, String requestId) {
    Headers headers =
        Headers.of(
            "x-amzn-RequestId",
            requestId,
            "Content-Type",
            "application/json",
            "x-amzn-ErrorType",
            failure.code());
    if (failure.modeled() != null) {
      RestBindings.writeHeaders(failure.modeled(), headers);
    }
    return new Answer(failure.status(), headers, JsonErrors.body(new LinkedHashMap<>(), failure));
  }
}
