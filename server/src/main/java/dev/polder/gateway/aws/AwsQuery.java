package dev.polder.gateway.aws;

import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.QueryDecoder;
import dev.polder.gateway.codec.XmlEncoder;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// Query: form parameters in, XML out.
///
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
final class AwsQuery implements WireProtocol {
  static final AwsQuery INSTANCE = new AwsQuery();

  private AwsQuery() {}

  @Override
  public SdkRequest read(Matched matched) {
    SdkPojo builder = matched.operation().newRequest();
    QueryDecoder.read(matched.parameters(), builder);
    return (SdkRequest) Member.build(builder);
  }

  @Override
  public String malformedCode() {
    return "MalformedInput";
  }

  @Override
  public Answer answer(Matched matched, SdkPojo response, String requestId) {
    String name = matched.operation().name();
    var out = new StringBuilder(512);
    out.append('<').append(name).append("Response xmlns=\"");
    out.append(namespace(matched.operation())).append("\">");
    // Where the model knows a result without members, clients still demand its element; where it
    // knows none, they pass over it.
    out.append('<').append(name).append("Result>");
    XmlEncoder.members(out, response);
    out.append("</").append(name).append("Result>");
    out.append("<ResponseMetadata>");
    XmlEncoder.text(out, "RequestId", requestId);
    out.append("</ResponseMetadata></").append(name).append("Response>");
    return xml(200, out, requestId);
  }

  @Override
  public Answer fail(
      HttpRequest request, @Nullable Matched matched, Failure failure, String requestId) {
    var out = new StringBuilder(512);
    out.append("<ErrorResponse");
    if (matched != null) {
      out.append(" xmlns=\"").append(namespace(matched.operation())).append('"');
    }
    out.append("><Error>");
    XmlEncoder.text(out, "Type", failure.status() < 500 ? "Sender" : "Receiver");
    XmlEncoder.text(out, "Code", failure.code());
    XmlEncoder.text(out, "Message", failure.message());
    if (failure.modeled() != null) {
      XmlEncoder.members(out, failure.modeled());
    }
    out.append("</Error>");
    XmlEncoder.text(out, "RequestId", requestId);
    return xml(failure.status(), out.append("</ErrorResponse>"), requestId);
  }

  private static String namespace(Operation operation) {
    return "https://"
        + operation.service().signingName()
        + ".amazonaws.com/doc/"
        + operation.apiVersion()
        + "/";
  }

  private static Answer xml(int status, StringBuilder body, String requestId) {
    return new Answer(
        status,
        Headers.of("x-amzn-RequestId", requestId, "Content-Type", "text/xml"),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
