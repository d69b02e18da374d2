package dev.polder.gateway.s3;

import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import dev.polder.gateway.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/// Finds the operation that a request means: by method, by whether there is a bucket and a key, and
/// by the query parameter that names a sub-resource.
final class Selection {
  /// Parameters of authentication, and one that SDKs add for their logs.
  private static final Set<String> APART =
      Set.of("x-id", "awsaccesskeyid", "signature", "expires", "x-amz-security-token");

  private final ServiceModel service;
  private final Map<String, Operation> bySubresource = new HashMap<>();

  Selection(ServiceModel service) {
    this.service = service;
    for (Operation operation : service.operations()) {
      boolean ofKey = operation.path().toString().contains("Key+");
      for (String name : operation.path().fixedParameters()) {
        // Of several, Get comes before List and means the one that names an id.
        bySubresource.putIfAbsent(slot(operation.httpMethod(), ofKey, name), operation);
      }
    }
  }

  private static String slot(String method, boolean ofKey, String name) {
    return method + (ofKey ? " key " : " bucket ") + name;
  }

  /// The operation.
  ///
  /// @throws Refused if the method is not allowed there, or S3 has something there that is not in
  ///   the table
  Operation of(String method, Target target, Map<String, List<String>> query, Headers headers) {
    Operation operation = named(method, target, query, headers);
    refuseUnknown(operation, method, query);
    return operation;
  }

  private Operation named(
      String method, Target target, Map<String, List<String>> query, Headers headers) {
    if (target.bucket().isEmpty()) {
      return operation(method, method.equals("GET") ? "ListBuckets" : null);
    }
    boolean ofKey = !target.key().isEmpty();
    for (String name : query.keySet()) {
      Operation found = bySubresource.get(slot(method, ofKey, name));
      if (found != null && !name.equals("list-type")) {
        return found;
      }
    }
    return operation(method, ofKey ? ofKey(method, query, headers) : ofBucket(method, query));
  }

  private static @Nullable String ofBucket(String method, Map<String, List<String>> query) {
    return switch (method) {
      case "GET" -> query.containsKey("list-type") ? "ListObjectsV2" : "ListObjects";
      case "HEAD" -> "HeadBucket";
      case "PUT" -> "CreateBucket";
      case "DELETE" -> "DeleteBucket";
      case "POST" -> throw Refused.notImplemented("POST of a form");
      default -> null;
    };
  }

  private static @Nullable String ofKey(
      String method, Map<String, List<String>> query, Headers headers) {
    boolean copy = headers.contains("x-amz-copy-source");
    boolean upload = query.containsKey("uploadId");
    return switch (method) {
      case "GET" -> upload ? "ListParts" : "GetObject";
      case "HEAD" -> "HeadObject";
      case "PUT" ->
          upload ? (copy ? "UploadPartCopy" : "UploadPart") : copy ? "CopyObject" : "PutObject";
      case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
      case "POST" -> {
        if (!upload) {
          throw Refused.notImplemented("POST of " + String.join("&", query.keySet()));
        }
        yield "CompleteMultipartUpload";
      }
      default -> null;
    };
  }

  private Operation operation(String method, @Nullable String name) {
    return Optional.ofNullable(name)
        .flatMap(service::operation)
        .orElseThrow(() ->
            method.equals("OPTIONS")
                ? new Refused(
                    403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.")
                : new Refused(
                    405,
                    "MethodNotAllowed",
                    "The specified method is not allowed against this resource."));
  }

  /// Refuses a parameter that the operation does not have where passing over it could do something
  /// else than was asked: any that names a sub-resource, and all when something is changed.
  private static void refuseUnknown(
      Operation operation, String method, Map<String, List<String>> query) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    for (var each : query.entrySet()) {
      String lower = each.getKey().toLowerCase(Locale.ROOT);
      boolean subresource = each.getValue().equals(List.of(""));
      boolean matters = !reads || subresource && !lower.equals("list-type");
      if (matters
          && !lower.startsWith("x-amz-")
          && !APART.contains(lower)
          && !operation.path().fixedParameters().contains(each.getKey())
          && !takes(operation, each.getKey())) {
        throw Refused.notImplemented(operation.name() + " with ?" + each.getKey());
      }
    }
  }

  private static boolean takes(Operation operation, String parameter) {
    for (Member member : Shape.of(operation.newRequest()).bound()) {
      if (member.location() == MarshallLocation.QUERY_PARAM && member.name().equals(parameter)) {
        return true;
      }
    }
    return false;
  }
}
