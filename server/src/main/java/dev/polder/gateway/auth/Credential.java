package dev.polder.gateway.auth;

import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The credential scope of a signed request: `key/20200501/eu-west-1/glue/aws4_request`.
///
/// @param date eight digits
/// @param service the service's signing name
public record Credential(String accessKeyId, String date, String region, String service) {
  private static final String HEADER = "Credential=";
  private static final String PARAMETER = "X-Amz-Credential=";

  /// The credential that a request names in its Authorization header or, presigned, in its query.
  public static Optional<Credential> of(HttpRequest request) {
    String authorization = request.headers().first("authorization");
    if (authorization != null) {
      String text = between(authorization, HEADER, ',');
      return text == null ? Optional.empty() : parse(text.trim());
    }
    String text = between(request.rawQuery(), PARAMETER, '&');
    return text == null ? Optional.empty() : parse(Uris.decodeQuery(text));
  }

  /// Reads a scope; empty where it has not five parts. A key id may itself contain slashes.
  static Optional<Credential> parse(String text) {
    String[] part = text.split("/", -1);
    int n = part.length;
    if (n < 5) {
      return Optional.empty();
    }
    String key = text.substring(0, text.length() - tail(part));
    return Optional.of(new Credential(key, part[n - 4], part[n - 3], part[n - 2]));
  }

  private static int tail(String[] part) {
    int length = 0;
    for (int i = part.length - 4; i < part.length; i++) {
      length += part[i].length() + 1;
    }
    return length;
  }

  /// The scope as it is signed.
  String scope() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }

  private static @Nullable String between(String text, String begin, char end) {
    int at = text.indexOf(begin);
    if (at < 0) {
      return null;
    }
    int from = at + begin.length();
    int to = text.indexOf(end, from);
    return text.substring(from, to < 0 ? text.length() : to);
  }
}
