package dev.polder.gateway.s3;

import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import dev.polder.gateway.codec.XmlEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;

/// The XML of answers.
final class Documents {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

  /// The root elements that are not the operation's name and `Result`.
  private static final Map<String, String> ROOTS =
      Map.ofEntries(
          Map.entry("ListBuckets", "ListAllMyBucketsResult"),
          Map.entry("ListObjects", "ListBucketResult"),
          Map.entry("ListObjectsV2", "ListBucketResult"),
          Map.entry("ListObjectVersions", "ListVersionsResult"),
          Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
          Map.entry("DeleteObjects", "DeleteResult"),
          Map.entry("GetObjectAttributes", "GetObjectAttributesResponse"),
          Map.entry("GetObjectTagging", "Tagging"),
          Map.entry("GetBucketTagging", "Tagging"),
          Map.entry("GetObjectAcl", "AccessControlPolicy"),
          Map.entry("GetBucketAcl", "AccessControlPolicy"),
          Map.entry("GetBucketVersioning", "VersioningConfiguration"),
          Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"),
          Map.entry("GetBucketLogging", "BucketLoggingStatus"),
          Map.entry("GetBucketAccelerateConfiguration", "AccelerateConfiguration"),
          Map.entry("GetBucketRequestPayment", "RequestPaymentConfiguration"));

  private Documents() {}

  /// The body of an answer; empty if it has none.
  static byte[] of(Operation operation, SdkPojo answer) {
    Shape shape = Shape.of(answer);
    if (answer instanceof GetBucketLocationResponse location) {
      return location(location);
    }
    if (!shape.hasBody()) {
      return new byte[0];
    }
    var out = new StringBuilder(1024).append(HEAD);
    Member payload = shape.payload();
    if (payload != null) {
      Object value = payload.present(answer);
      if (!(value instanceof SdkPojo whole)) {
        return new byte[0];
      }
      element(out, payload.answerName(), whole);
    } else {
      String root = ROOTS.getOrDefault(operation.name(), operation.name() + "Result");
      element(out, root, answer);
    }
    return bytes(out);
  }

  private static void element(StringBuilder out, String name, SdkPojo value) {
    out.append('<').append(name).append(NAMESPACE).append('>');
    XmlEncoder.members(out, value);
    out.append("</").append(name).append('>');
  }

  /// The one answer whose root element is a text; empty for us-east-1.
  private static byte[] location(GetBucketLocationResponse answer) {
    String region = answer.locationConstraintAsString();
    var out = new StringBuilder(HEAD).append("<LocationConstraint").append(NAMESPACE).append('>');
    out.append(region == null ? "" : XmlEncoder.escape(region)).append("</LocationConstraint>");
    return bytes(out);
  }

  /// The body of a refusal.
  static byte[] error(String code, String message, Target target, String requestId) {
    var out = new StringBuilder(HEAD).append("<Error>");
    XmlEncoder.text(out, "Code", code);
    XmlEncoder.text(out, "Message", message);
    switch (code) {
      case "NoSuchKey" -> XmlEncoder.text(out, "Key", target.key());
      case "NoSuchBucket", "BucketNotEmpty", "BucketAlreadyExists", "BucketAlreadyOwnedByYou" ->
          XmlEncoder.text(out, "BucketName", target.bucket());
      default -> {
        // Resource says it.
      }
    }
    XmlEncoder.text(out, "Resource", target.resource());
    XmlEncoder.text(out, "RequestId", requestId);
    XmlEncoder.text(out, "HostId", requestId);
    return bytes(out.append("</Error>"));
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
