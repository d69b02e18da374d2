package dev.polder.gateway.auth;

import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// Signature Version 4, from the receiver's side.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
final class SigV4 {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private SigV4() {}

  /// The signature that the holder of `secret` would give.
  ///
  /// @param signedHeaders names in the order signed, with `;` between them
  /// @param time as in `X-Amz-Date`
  /// @param bodyHash what stands for the body in the canonical request
  static String sign(
      HttpRequest request,
      Credential credential,
      String secret,
      String signedHeaders,
      String time,
      String bodyHash) {
    String canonical = canonical(request, credential, signedHeaders, bodyHash);
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            time,
            credential.scope(),
            Digests.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)));
    byte[] key =
        Digests.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), credential.date());
    key = Digests.hmac(key, credential.region());
    key = Digests.hmac(key, credential.service());
    key = Digests.hmac(key, "aws4_request");
    return HexFormat.of().formatHex(Digests.hmac(key, toSign));
  }

  private static String canonical(
      HttpRequest request, Credential credential, String signedHeaders, String bodyHash) {
    // S3 signs the path as it is sent; the others normalise it and encode it once more.
    boolean asSent = credential.service().equals("s3");
    var out = new StringBuilder(512);
    out.append(request.method()).append('\n');
    out.append(asSent ? request.rawPath() : Uris.encodePath(normal(request.rawPath())));
    out.append('\n').append(query(request.rawQuery())).append('\n');
    for (String name : signedHeaders.split(";")) {
      List<String> values = request.headers().all(name);
      out.append(name).append(':');
      out.append(String.join(",", values.stream().map(SigV4::trim).toList()));
      out.append('\n');
    }
    return out.append('\n').append(signedHeaders).append('\n').append(bodyHash).toString();
  }

  private static String trim(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  /// The path without empty segments, `.` and `..`.
  private static String normal(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String joined = "/" + String.join("/", kept);
    boolean folder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    return folder && joined.length() > 1 ? joined + "/" : joined;
  }

  private static String query(String raw) {
    if (raw.isEmpty()) {
      return "";
    }
    record Parameter(String name, String value) {}
    List<Parameter> parameters = new ArrayList<>();
    Uris.parameters(raw)
        .forEach((name, values) -> {
          if (!name.equals("X-Amz-Signature")) {
            values.forEach(
                each -> parameters.add(new Parameter(Uris.encode(name), Uris.encode(each))));
          }
        });
    parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
    return String.join("&", parameters.stream().map(p -> p.name + "=" + p.value).toList());
  }
}
