package dev.polder.appsync.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.api.Resolver;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The resolver `@http`: calls a host that is allowed, with the request that Amplify's templates
/// make: the caller's own headers, the members of the arguments `params`, `query` and `body`. An
/// answer in XML is not understood.
final class HttpCalls {
  // https://docs.aws.amazon.com/general/latest/gr/appsync.html#limits_appsync
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int LARGEST_ANSWER = 5 << 20;
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  // https://docs.aws.amazon.com/appsync/latest/devguide/http-helpers-in-utils-http.html
  private static final Set<String> NOT_COPIED =
      Set.of(
          "transfer-encoding",
          "connection",
          "host",
          "expect",
          "keep-alive",
          "upgrade",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "content-length");

  private final ServedApi api;

  HttpCalls(ServedApi api) {
    this.api = api;
  }

  /// Calls the host.
  ///
  /// @return its answer, which is JSON
  /// @throws FieldException for an argument that is missing, for a host that may not be called or
  ///   does not answer, and with the answer of any status but success
  @Nullable Object call(
      Request request, Calls calls, Resolver.Http http, Map<String, @Nullable Object> arguments) {
    Map<?, ?> query = members(arguments, "query");
    Map<?, ?> body = members(arguments, "body");
    for (String name : http.required()) {
      if (isAbsent(query.get(name)) && isAbsent(body.get(name))) {
        throw new FieldException(
            null,
            "An argument you marked as Non-Null is not present in the query nor the body of your"
                + " request.");
      }
    }
    URI address = address(http, members(arguments, "params"), query);
    allowed(calls, address);
    HttpRequest.Builder call = HttpRequest.newBuilder(address).timeout(LONGEST);
    headers(call, request, http);
    call.method(http.method(), content(http, arguments));
    return calls.call(
        "Http." + http.method(),
        Map.of("http.request.method", http.method(), "server.address", address.getHost()),
        () -> answer(http, exchange(calls, call.build())));
  }

  private static Map<?, ?> members(Map<String, @Nullable Object> arguments, String name) {
    return arguments.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static boolean isAbsent(@Nullable Object value) {
    return value == null || Boolean.FALSE.equals(value);
  }

  private String filled(String text) {
    return api.named(text).replace("${aws_region}", api.scope().region());
  }

  private URI address(Resolver.Http http, Map<?, ?> params, Map<?, ?> query) {
    Matcher names = PARAMETER.matcher(filled(http.path()));
    String path =
        names.replaceAll((MatchResult name) ->
            Matcher.quoteReplacement(encoded(params.get(name.group(1))).replace("+", "%20")));
    StringJoiner pairs = new StringJoiner("&");
    if (!http.method().equals("DELETE")) {
      query.forEach((name, value) -> {
        List<?> values = value instanceof List<?> several ? several : Arrays.asList(value);
        values.stream()
            .filter(Objects::nonNull)
            .forEach(each -> pairs.add(encoded(name) + "=" + encoded(each)));
      });
    }
    String joint = pairs.length() == 0 ? "" : path.contains("?") ? "&" : "?";
    try {
      return URI.create(filled(http.origin()) + path + joint + pairs);
    } catch (IllegalArgumentException e) {
      throw new FieldException(null, "No address: " + e.getMessage());
    }
  }

  private static String encoded(@Nullable Object value) {
    return URLEncoder.encode(value instanceof String text ? text : Json.write(value), UTF_8);
  }

  private static void allowed(Calls calls, URI address) {
    String host = address.getHost();
    Set<String> hosts = calls.services().hosts();
    if (host == null
        || !OWN.contains(host)
            && !hosts.contains(host)
            && !hosts.contains(host + ":" + address.getPort())) {
      throw new FieldException(
          null, "The host " + host + " is not among those that http-hosts allows to be called.");
    }
  }

  private void headers(HttpRequest.Builder call, Request request, Resolver.Http http) {
    request
        .headers()
        .forEach((name, value) -> {
          if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
            call.setHeader(name, value);
          }
        });
    call.setHeader("accept-encoding", "application/json");
    if (WITH_BODY.contains(http.method())) {
      call.setHeader("Content-Type", "application/json");
    }
    http.headers().forEach(header -> call.setHeader(header.key(), filled(header.value())));
  }

  private static BodyPublisher content(
      Resolver.Http http, Map<String, @Nullable Object> arguments) {
    return WITH_BODY.contains(http.method()) && arguments.get("body") != null
        ? BodyPublishers.ofString(Json.write(arguments.get("body")))
        : BodyPublishers.noBody();
  }

  private record Exchange(int status, String type, String body) {}

  private static Exchange exchange(Calls calls, HttpRequest request) {
    try {
      HttpResponse<InputStream> response =
          calls.services().http().send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] body = in.readNBytes(LARGEST_ANSWER + 1);
        if (body.length > LARGEST_ANSWER) {
          throw new FieldException(
              "MappingTemplate", "Transformed template too large: more than 5 MB.");
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Exchange(response.statusCode(), type, new String(body, UTF_8));
      }
    } catch (IOException e) {
      throw new FieldException(null, "The host does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FieldException(null, "The call was interrupted.");
    }
  }

  private static @Nullable Object answer(Resolver.Http http, Exchange exchange) {
    boolean made = exchange.status() == 201 && WITH_BODY.contains(http.method());
    if (exchange.status() != 200 && !made) {
      throw new FieldException(String.valueOf(exchange.status()), exchange.body());
    }
    if (exchange.type().toLowerCase(Locale.ROOT).contains("xml")) {
      throw new FieldException("MappingTemplate", "XML answers are not supported by Polder.");
    }
    try {
      return exchange.body().isBlank() ? null : Json.parse(exchange.body());
    } catch (Json.Malformed e) {
      throw new FieldException("MappingTemplate", "The answer is no JSON: " + e.getMessage());
    }
  }
}
