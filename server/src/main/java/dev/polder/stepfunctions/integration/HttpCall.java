package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.TaskOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `http:invoke`: calls a host that is allowed, with what its connection adds
/// (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).
final class HttpCall {
  // https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#http-task-quotas
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

  private final Set<String> hosts;
  private final HttpConnections connections;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /// @param hosts that may be called besides this machine's own
  HttpCall(Set<String> hosts, HttpConnections connections) {
    this.hosts = hosts;
    this.connections = connections;
  }

  /// A request that cannot be made.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;

    Refused(String error, String cause) {
      super(cause);
      this.error = error;
    }
  }

  TaskOutcome call(TaskCall call) {
    try {
      HttpConnections.Additions connection = connection(call.arguments());
      HttpRequest request = request(call, connection);
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String body = call.arguments().text("RequestBody");
      new HttpExchange(request, body == null ? "" : body, response, connection.headers().keySet())
          .tell();
      return outcome(response);
    } catch (Refused e) {
      return new TaskOutcome.Failed(e.error, e.getMessage());
    } catch (IOException e) {
      return new TaskOutcome.Failed("States.Http.Socket", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TaskOutcome.Failed("States.Http.Socket", "The call was interrupted.");
    }
  }

  private HttpRequest request(TaskCall call, HttpConnections.Additions connection) throws Refused {
    Arguments given = call.arguments();
    String method = required(given, "Method").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new Refused("States.Runtime", "Invalid HTTP method: " + method);
    }
    URI endpoint = endpoint(required(given, "ApiEndpoint"));
    Map<String, @Nullable Object> query = new LinkedHashMap<>(connection.query());
    query.putAll(object(given, "QueryParameters"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withQuery(endpoint, query)).timeout(LONGEST);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "Amazon|StepFunctions|HttpInvoke|" + call.scope().region());
    headers.put("Range", "bytes=0-262144");
    object(given, "Headers").forEach((name, value) -> headers.put(name, HttpForm.text(value)));
    headers.putAll(connection.headers());
    byte[] body = body(given, headers);
    headers.forEach(request::setHeader);
    return request
        .method(
            method,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static String required(Arguments given, String name) throws Refused {
    String text = given.text(name);
    if (text == null) {
      throw new Refused("States.Runtime", "The field '" + name + "' is required.");
    }
    return text;
  }

  private static Map<String, @Nullable Object> object(Arguments given, String name) {
    return Arguments.of(given.members().get(name)).members();
  }

  private URI endpoint(String text) throws Refused {
    URI endpoint;
    try {
      endpoint = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new Refused("States.Runtime", "Invalid ApiEndpoint: " + text);
    }
    String host = endpoint.getHost();
    boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (host == null || !web) {
      throw new Refused("States.Runtime", "Invalid ApiEndpoint: " + text);
    }
    boolean own = Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
    if (!own && !hosts.contains(host) && !hosts.contains(host + ":" + endpoint.getPort())) {
      throw new Refused(
          "States.Http.Socket",
          "The host " + host + " is not among those that http-hosts allows to be called.");
    }
    return endpoint;
  }

  private HttpConnections.Additions connection(Arguments given) throws Refused {
    Arguments named = Arguments.of(given.members().get("Authentication"));
    String arn =
        named.has("ConnectionArn")
            ? named.text("ConnectionArn")
            : Arguments.of(given.members().get("InvocationConfig")).text("ConnectionArn");
    if (arn == null) {
      throw new Refused("States.Runtime", "The field 'Authentication.ConnectionArn' is required.");
    }
    try {
      Optional<HttpConnections.Additions> found = connections.find(arn);
      return found.orElseThrow(() ->
          new Refused(
              "Events.ConnectionResource.NotFound",
              "The connection " + arn + " is not in the file that http-connections names."));
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "Events.ConnectionResource.InvalidConnectionState", String.valueOf(e.getMessage()));
    }
  }

  private static byte @Nullable [] body(Arguments given, Map<String, String> headers)
      throws Refused {
    Object body = given.members().get("RequestBody");
    if (body == null) {
      return null;
    }
    boolean typed = headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
    Arguments transform = Arguments.of(given.members().get("Transform"));
    String encoding = transform.text("RequestBodyEncoding");
    if ("URL_ENCODED".equals(encoding)) {
      if (!typed) {
        headers.put("Content-Type", "application/x-www-form-urlencoded");
      }
      String arrays =
          Arguments.of(transform.members().get("RequestEncodingOptions")).text("ArrayFormat");
      return HttpForm.encoded(Arguments.of(body).members(), arrays)
          .getBytes(StandardCharsets.UTF_8);
    }
    if (encoding != null && !encoding.equals("NONE")) {
      throw new Refused("States.Runtime", "Invalid RequestBodyEncoding: " + encoding);
    }
    if (!typed) {
      headers.put("Content-Type", "application/json");
    }
    return Arguments.asText(body).getBytes(StandardCharsets.UTF_8);
  }

  private static URI withQuery(URI endpoint, Map<String, @Nullable Object> query) {
    if (query.isEmpty()) {
      return endpoint;
    }
    String text = endpoint.toString();
    String joint = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(text + joint + HttpForm.encoded(query, "REPEAT"));
  }

  private static TaskOutcome outcome(HttpResponse<byte[]> response) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    Map<String, List<String>> headers = response.headers().map();
    told.put("Headers", headers);
    byte[] body = response.body();
    String text = new String(body, StandardCharsets.UTF_8);
    told.put("ResponseBody", parsed(text));
    told.put("StatusCode", response.statusCode());
    told.put("StatusText", HttpForm.reason(response.statusCode()));
    return response.statusCode() < 300
        ? new TaskOutcome.Succeeded(Payload.of(told))
        : new TaskOutcome.Failed(
            "States.Http.StatusCode." + response.statusCode(), Json.write(told));
  }

  private static @Nullable Object parsed(String text) {
    try {
      return Json.parse(text);
    } catch (Json.Malformed e) {
      return text;
    }
  }
}
