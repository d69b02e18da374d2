package dev.polder.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.auth.Asked;
import dev.polder.appsync.auth.UnauthorizedException;
import dev.polder.appsync.run.Answer;
import dev.polder.appsync.run.GraphqlApi;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import dev.polder.gateway.http.BodyTooLargeException;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// GraphQL over HTTP at `/graphql/<apiId>`, at `/graphql` of an API's own host name, and at
/// `/graphql/<apiId>/graphql`, which is where clients ask that take the first for a server and not
/// for an endpoint.
///
/// A client that accepts `application/json` gets what AppSync answers; one that prefers
/// `application/graphql-response+json` gets what the specification "GraphQL over HTTP" says. They
/// differ in status codes and in the shape of errors.
public final class GraphqlRoute implements HttpHandler {
  /// Where the APIs are.
  public static final String PREFIX = "/graphql/";

  private static final String AGAIN = "/graphql";
  private static final int LARGEST_BODY = 1 << 20;
  // More than the service lets one resolver answer, and far less than the heap.
  private static final int LARGEST_ANSWER = 64 << 20;

  private final AppSyncService apis;
  private final Ids ids;
  private final Signers signers;

  /// @param ids gives the request ids
  public GraphqlRoute(AppSyncService apis, Ids ids, Signers signers) {
    this.apis = apis;
    this.ids = ids;
    this.signers = signers;
  }

  /// Whether a request names an API by the host name that it has at AWS, and not by its path.
  public static boolean isByHost(HttpRequest request) {
    return ApiAddress.isByHost(request);
  }

  /// The API of a path below [#PREFIX].
  static String apiId(String path) {
    String rest = path.substring(PREFIX.length());
    return rest.endsWith(AGAIN) ? rest.substring(0, rest.length() - AGAIN.length()) : rest;
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws IOException {
    new Exchange(request, response).run();
  }

  /// One request on its way through.
  private final class Exchange {
    private final HttpRequest request;
    private final HttpResponse response;
    private final String requestId = ids.uuid();
    private final boolean strict;

    Exchange(HttpRequest request, HttpResponse response) {
      this.request = request;
      this.response = response;
      this.strict = MediaTypes.prefersSpecification(request.headers().first("accept"));
    }

    void run() throws IOException {
      String apiId = ApiAddress.byHost(request).orElseGet(() -> apiId(request.rawPath()));
      if (request.method().equals("OPTIONS")) {
        response.empty(200, Browsers.allow(request, headers()));
        return;
      }
      if (!apis.has(apiId)) {
        refuse(404, "NotFoundException", "No API " + apiId + " is here.");
        return;
      }
      if (!request.method().equals("POST") && !request.method().equals("GET")) {
        refuse(405, "MethodNotAllowedException", "Expected POST or GET.");
        return;
      }
      Asking asking;
      byte[] body;
      try {
        body = request.method().equals("GET") ? new byte[0] : request.bytes(LARGEST_BODY);
        asking = Asking.read(request, body);
      } catch (BodyTooLargeException e) {
        refuse(413, "RequestEntityTooLargeException", "Expected a request of at most 1 MB.");
        return;
      }
      answer(apiId, asking, body);
    }

    private void answer(String apiId, Asking asking, byte[] body) throws IOException {
      Identity identity;
      try {
        identity = apis.identify(asked(apiId, asking, body));
      } catch (UnauthorizedException e) {
        refuse(401, UnauthorizedException.TYPE, e.message());
        return;
      }
      switch (asking) {
        case Asking.Refused refused -> refuse(400, refused.type(), refused.message());
        case Asking.Well well -> {
          if (request.method().equals("GET") && strict && Asking.isMutation(well)) {
            refuse(405, "MethodNotAllowedException", "Expected POST for a mutation.");
          } else {
            send(apis.execute(apiId, toRun(well, identity)));
          }
        }
      }
    }

    private Asked asked(String apiId, Asking asking, byte[] body) {
      String forwarded = request.headers().first("x-forwarded-for", "127.0.0.1");
      String ip = forwarded.split(",", 2)[0].strip();
      Caller signer = signers.signer(request, body);
      Map<String, String> headers = headersByName();
      return switch (asking) {
        case Asking.Well well ->
            new Asked(
                apiId,
                requestId,
                headers,
                ip,
                signer,
                well.query(),
                well.operationName(),
                well.variables());
        case Asking.Refused _ ->
            new Asked(apiId, requestId, headers, ip, signer, "", null, Map.of());
      };
    }

    private Request toRun(Asking.Well asked, Identity identity) {
      return new Request(
          asked.query(),
          asked.operationName(),
          asked.variables(),
          headersByName(),
          identity,
          strict);
    }

    private Map<String, String> headersByName() {
      Map<String, String> byName = new LinkedHashMap<>();
      request
          .headers()
          .forEach((name, value) ->
              byName.merge(name.toLowerCase(Locale.ROOT), value, (one, two) -> one + ", " + two));
      return byName;
    }

    private void refuse(int status, String type, String message) throws IOException {
      send(new Answer(status, GraphqlApi.refusal(type, message)));
    }

    private void send(Answer answer) throws IOException {
      Answer sent = answer;
      if (Sizes.of(answer.body()) > LARGEST_ANSWER) {
        sent =
            new Answer(
                200, GraphqlApi.refusal("BadRequestException", "The answer is larger than 64 MB."));
      }
      Headers headers = headers();
      headers.set("content-type", MediaTypes.answer(strict));
      if (sent.status() >= 400) {
        headers.set("x-amzn-errortype", errorType(sent));
      }
      response.send(
          sent.status(), Browsers.allow(request, headers), Json.write(sent.body()).getBytes(UTF_8));
    }

    private static String errorType(Answer answer) {
      return answer.body().get("errors") instanceof List<?> errors
              && !errors.isEmpty()
              && errors.getFirst() instanceof Map<?, ?> first
              && first.get("errorType") instanceof String type
          ? type
          : "BadRequestException";
    }

    private Headers headers() {
      return Headers.of("x-amzn-requestid", Objects.requireNonNull(requestId));
    }
  }
}
