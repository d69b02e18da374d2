package dev.polder.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.auth.DevelopmentIssuer;
import dev.polder.gateway.http.BodyTooLargeException;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Issues tokens of the development issuer: `POST {"username": "ann", "groups": ["Admin"]}` answers
/// `{"accessToken": …, "idToken": …, "expiresIn": 3600}`. Further members are `issuer` (the claim
/// `iss`; by default that of the user pool `us-east-1_polder`), `clientId`, `claims` and
/// `expiresIn` in seconds.
public final class IssuerRoute implements HttpHandler {
  /// Where it answers.
  public static final String PATH = "/_polder/token";

  /// The user pool that tokens are of where the request names no other.
  public static final String POOL = "us-east-1_polder";

  private static final String ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/" + POOL;
  private static final int LARGEST_BODY = 64 << 10;
  private static final int HOUR = 3600;
  private static final int LONGEST = 30 * 24 * HOUR;

  private final DevelopmentIssuer issuer;

  public IssuerRoute(DevelopmentIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws IOException {
    if (request.method().equals("OPTIONS")) {
      response.empty(200, Browsers.allow(request, new Headers()));
      return;
    }
    if (!request.method().equals("POST")) {
      send(request, response, 405, Map.of("message", "Expected POST."));
      return;
    }
    try {
      Map<String, Object> wanted = Json.parseObject(new String(request.bytes(LARGEST_BODY), UTF_8));
      Object user = wanted.get("username");
      if (!(user instanceof String name) || name.isBlank()) {
        send(request, response, 400, Map.of("message", "Expected username to be a name."));
        return;
      }
      send(request, response, 200, tokens(name, wanted));
    } catch (Json.Malformed | BodyTooLargeException e) {
      send(request, response, 400, Map.of("message", "Expected a JSON object: " + e.getMessage()));
    }
  }

  private Map<String, Object> tokens(String user, Map<String, Object> wanted) {
    int seconds =
        wanted.get("expiresIn") instanceof Number number
            ? Math.clamp(number.intValue(), 1, LONGEST)
            : HOUR;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("accessToken", issuer.issue(token(user, wanted, true, seconds)));
    answer.put("idToken", issuer.issue(token(user, wanted, false, seconds)));
    answer.put("expiresIn", seconds);
    return answer;
  }

  private static DevelopmentIssuer.Wanted token(
      String user, Map<String, Object> wanted, boolean access, int seconds) {
    List<String> groups =
        wanted.get("groups") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of();
    Map<String, Object> claims = new LinkedHashMap<>();
    if (wanted.get("claims") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> {
        if (value != null) {
          claims.put(String.valueOf(name), value);
        }
      });
    }
    return new DevelopmentIssuer.Wanted(
        text(wanted.get("issuer"), ISSUER),
        text(wanted.get("clientId"), "polder"),
        user,
        groups,
        claims,
        access,
        Duration.ofSeconds(seconds));
  }

  private static String text(@Nullable Object given, String otherwise) {
    return given instanceof String text && !text.isBlank() ? text : otherwise;
  }

  private static void send(
      HttpRequest request, HttpResponse response, int status, Map<String, Object> body)
      throws IOException {
    Headers headers = Headers.of("content-type", "application/json");
    response.send(status, Browsers.allow(request, headers), Json.write(body).getBytes(UTF_8));
  }
}
