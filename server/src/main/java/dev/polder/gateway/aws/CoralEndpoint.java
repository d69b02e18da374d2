package dev.polder.gateway.aws;

import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What DynamoDB's endpoint says of a request before an operation sees it, in the order in which it
/// looks: a browser's preflight, method and content type, JSON, the target, and whether there is a
/// signature of the right form, be it of anybody.
public final class CoralEndpoint {
  /// The most bytes of a request.
  public static final int LARGEST_BODY = 16 << 20;

  private static final int ID_LENGTH = 52;
  private static final List<String> SIGNATURE = List.of("Credential", "Signature", "SignedHeaders");
  private static final String ALGORITHM = "X-Amz-Algorithm";
  private static final List<String> PRESIGNED =
      List.of(
          ALGORITHM, "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date");

  private CoralEndpoint() {}

  /// A request id in the form of this endpoint: 52 capital letters and digits.
  public static String requestId(Ids ids) {
    String drawn = ids.uuid() + ids.uuid();
    return drawn.replace("-", "").toUpperCase(Locale.ROOT).substring(0, ID_LENGTH);
  }

  /// Whether a request that no service claims is for this endpoint: anything but reading, at the
  /// root of a host that is no bucket's.
  public static boolean isFallback(HttpRequest request) {
    String host = request.headers().first("host", "");
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    boolean plain =
        name.equals("localhost") || name.startsWith("dynamodb.") || name.matches("[0-9.]+|\\[.*]");
    boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
    return plain && !reading && request.rawPath().equals("/");
  }

  /// What is wrong with a request; empty where its operation is to be called.
  ///
  /// @param known whether there is such an operation
  /// @param body whole
  public static Optional<Answer> refuse(
      HttpRequest request, boolean known, byte[] body, String requestId) {
    Headers given = request.headers();
    if (request.method().equals("OPTIONS") && given.contains("origin")) {
      return Optional.of(preflight(given, requestId));
    }
    if (!request.method().equals("POST") || (body.length > 0 && !CoralJson.reads(request))) {
      byte[] text = "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);
      return Optional.of(new Answer(404, Headers.of("x-amzn-RequestId", requestId), text));
    }
    return fault(request, known, body)
        .map(failure -> CoralJson.INSTANCE.fail(request, null, failure, requestId));
  }

  private static Answer preflight(Headers given, String requestId) {
    Headers headers = Headers.of("x-amzn-RequestId", requestId, "Access-Control-Allow-Origin", "*");
    copy(given, "access-control-request-headers", headers, "Access-Control-Allow-Headers");
    copy(given, "access-control-request-method", headers, "Access-Control-Allow-Methods");
    headers.add("Access-Control-Max-Age", "172800");
    return new Answer(200, headers, new byte[0]);
  }

  private static void copy(Headers from, String asked, Headers to, String allowed) {
    String value = from.first(asked);
    if (value != null) {
      to.add(allowed, value);
    }
  }

  private static Optional<Failure> fault(HttpRequest request, boolean known, byte[] body) {
    Optional<Failure> unsigned = known ? signature(request) : Optional.empty();
    if (known && unsigned.isEmpty()) {
      return Optional.empty();
    }
    if (body.length > 0 && !isJson(body)) {
      return Optional.of(Failure.of(400, "SerializationException", ""));
    }
    return known ? unsigned : Optional.of(Failure.of(400, "UnknownOperationException", ""));
  }

  private static boolean isJson(byte[] body) {
    try {
      Json.parse(body);
      return true;
    } catch (Json.Malformed e) {
      return false;
    }
  }

  /// What is wrong with the form of a request's signature. Whose it is, is checked elsewhere.
  private static Optional<Failure> signature(HttpRequest request) {
    String authorization = request.headers().first("authorization", "");
    Map<String, List<String>> query =
        request.rawQuery().isEmpty() ? Map.of() : Uris.parameters(request.rawQuery());
    boolean presigned = query.containsKey(ALGORITHM);
    if (presigned && !authorization.isEmpty()) {
      return refused(
          "InvalidSignatureException",
          "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
              + " header.");
    }
    if (!presigned && !authorization.trim().startsWith("AWS4-")) {
      return refused(
          "MissingAuthenticationTokenException", "Request is missing Authentication Token");
    }
    String lacks = presigned ? lacks(query) : lacks(request.headers(), authorization);
    return lacks.isEmpty() ? Optional.empty() : refused("IncompleteSignatureException", lacks);
  }

  private static Optional<Failure> refused(String code, String message) {
    return Optional.of(Failure.of(400, code, message));
  }

  private static String lacks(Map<String, List<String>> query) {
    var lacks = new StringBuilder();
    for (String each : PRESIGNED) {
      String value = Uris.first(query, each);
      if (value == null || value.isEmpty()) {
        lacks.append("AWS query-string parameters must include '").append(each).append("'. ");
      }
    }
    return lacks.isEmpty()
        ? ""
        : lacks.append("Re-examine the query-string parameters.").toString();
  }

  private static String lacks(Headers headers, String authorization) {
    var lacks = new StringBuilder();
    for (String each : SIGNATURE) {
      if (!has(authorization, each)) {
        lacks.append("Authorization header requires '").append(each).append("' parameter. ");
      }
    }
    if (!headers.contains("x-amz-date") && !headers.contains("date")) {
      lacks.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    return lacks.isEmpty() ? "" : lacks.append("Authorization=").append(authorization).toString();
  }

  private static boolean has(String authorization, String name) {
    for (int at = authorization.indexOf(name + "="); at >= 0; ) {
      int value = at + name.length() + 1;
      boolean begins = at == 0 || " ,".indexOf(authorization.charAt(at - 1)) >= 0;
      if (begins) {
        return value < authorization.length() && " ,".indexOf(authorization.charAt(value)) < 0;
      }
      at = authorization.indexOf(name + "=", value);
    }
    return false;
  }
}
