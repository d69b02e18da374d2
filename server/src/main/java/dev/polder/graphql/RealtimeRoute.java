package dev.polder.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.auth.Asked;
import dev.polder.appsync.auth.UnauthorizedException;
import dev.polder.appsync.realtime.Outgoing;
import dev.polder.appsync.realtime.RealtimeConnection;
import dev.polder.appsync.realtime.RealtimeConnection.Start;
import dev.polder.appsync.realtime.RejectedException;
import dev.polder.appsync.run.Identity;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.WebSocket;
import dev.polder.gateway.http.WebSocketAnswer;
import dev.polder.gateway.http.WebSocketHandler;
import dev.polder.gateway.http.WebSocketListener;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Subscriptions over WebSocket at `/graphql/<apiId>/realtime`, and at `/graphql` of an API's own
/// host name.
///
/// Clients give their authorisation in one of two ways: as the query parameter `header`, base64 of
/// a JSON object of headers, or as a subprotocol `header-` with the same in base64url. They speak
/// the subprotocol `graphql-ws`, whose name AppSync's own protocol borrows.
public final class RealtimeRoute implements WebSocketHandler {
  private static final String PROTOCOL = "graphql-ws";
  private static final String HEADER_PROTOCOL = "header-";
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_REQUEST = 400;

  private final AppSyncService apis;
  private final Ids ids;
  private final Signers signers;

  /// @param ids gives the request ids
  public RealtimeRoute(AppSyncService apis, Ids ids, Signers signers) {
    this.apis = apis;
    this.ids = ids;
    this.signers = signers;
  }

  @Override
  public WebSocketAnswer open(HttpRequest request) {
    String apiId = ApiAddress.byHost(request).orElseGet(() -> byPath(request.rawPath()));
    if (apiId.isEmpty() || !apis.has(apiId)) {
      return new WebSocketAnswer.Refused(404, "No API is here");
    }
    List<String> offered = WebSocketHandler.offered(request);
    String protocol = offered.contains(PROTOCOL) ? PROTOCOL : null;
    return new WebSocketAnswer.Accepted(
        protocol, new Client(apiId, authorization(request, offered), protocol != null));
  }

  private static String byPath(String path) {
    int end = path.length() - ApiAddress.REALTIME.length();
    return path.endsWith(ApiAddress.REALTIME) && end > GraphqlRoute.PREFIX.length()
        ? GraphqlRoute.apiId(path.substring(0, end))
        : "";
  }

  /// What the handshake says of who makes it; empty if it says nothing that can be read.
  private static Map<String, String> authorization(HttpRequest request, List<String> offered) {
    String encoded =
        offered.stream()
            .filter(name -> name.startsWith(HEADER_PROTOCOL))
            .map(name -> name.substring(HEADER_PROTOCOL.length()))
            .findFirst()
            .orElseGet(() -> parameter(request.rawQuery(), "header"));
    try {
      String text = encoded.strip().replace('-', '+').replace('_', '/').replace(' ', '+');
      byte[] json = Base64.getDecoder().decode(text);
      return Json.parse(json) instanceof Map<?, ?> headers
          ? RealtimeConnection.headers(headers)
          : Map.of();
    } catch (IllegalArgumentException | Json.Malformed e) {
      return Map.of();
    }
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    return "";
  }

  /// One client.
  private final class Client implements WebSocketListener {
    private final String apiId;
    private final Map<String, String> authorization;
    private final boolean speaks;
    private @Nullable RealtimeConnection connection;

    Client(String apiId, Map<String, String> authorization, boolean speaks) {
      this.apiId = apiId;
      this.authorization = authorization;
      this.speaks = speaks;
    }

    @Override
    public void opened(WebSocket socket) {
      RealtimeConnection made = apis.connect(apiId, this::admit, new ToSocket(socket));
      connection = made;
      made.opened(authorization);
    }

    private Identity admit(Map<String, String> headers, @Nullable Start start) {
      if (!speaks) {
        throw RejectedException.of(null, "NoProtocolError", BAD_REQUEST);
      }
      try {
        return apis.identify(asked(headers, start));
      } catch (UnauthorizedException e) {
        throw RejectedException.of(UnauthorizedException.TYPE, e.message(), UNAUTHORIZED);
      }
    }

    private Asked asked(Map<String, String> headers, @Nullable Start start) {
      var signer = signers.signer(apiId, headers, start);
      return start == null
          ? new Asked(apiId, ids.uuid(), headers, "127.0.0.1", signer, "", null, Map.of())
          : new Asked(
              apiId,
              ids.uuid(),
              headers,
              "127.0.0.1",
              signer,
              start.query(),
              start.operationName(),
              start.variables());
    }

    private RealtimeConnection connection() {
      return Objects.requireNonNull(connection);
    }

    @Override
    public void text(String message) {
      connection().message(message);
    }

    @Override
    public void heartbeat() {
      RealtimeConnection present = connection;
      if (present != null) {
        present.heartbeat();
      }
    }

    @Override
    public void closed(int code) {
      RealtimeConnection present = connection;
      if (present != null) {
        present.closed();
      }
    }
  }

  private record ToSocket(WebSocket socket) implements Outgoing {
    @Override
    public boolean send(String message) {
      return socket.send(message);
    }

    @Override
    public void close(int code, String reason) {
      socket.close(code, reason);
    }
  }
}
