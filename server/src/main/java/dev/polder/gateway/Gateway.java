package dev.polder.gateway;

import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.aws.Answer;
import dev.polder.gateway.aws.Failure;
import dev.polder.gateway.aws.WireProtocol;
import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.gateway.http.WebSocketAnswer;
import dev.polder.gateway.http.WebSocketHandler;
import dev.polder.kernel.Service;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Answers every request of the process: finds the service and the operation, authenticates, reads
/// the request as the SDK's type, calls the service's client of the request's account and region,
/// and writes the response or the exception.
///
/// Routes, fronts and finishers are added before the first request.
public final class Gateway implements HttpHandler, WebSocketHandler {
  private final GatewayOptions options;
  private final Catalogue catalogue = Catalogue.load();
  private final BrowserGuard guard;
  private final Exchange.Backends backends;
  // Longer prefixes first.
  private final Map<String, HttpHandler> routes = new TreeMap<>(Comparator.reverseOrder());

  private final Map<String, WebSocketHandler> sockets = new TreeMap<>(Comparator.reverseOrder());

  private final Map<Predicate<HttpRequest>, HttpHandler> hosts = new LinkedHashMap<>();
  private final Map<Predicate<HttpRequest>, WebSocketHandler> socketHosts = new LinkedHashMap<>();

  /// Has the last word on a service's answers, such as a checksum over the body.
  @FunctionalInterface
  public interface Finisher {
    /// Changes the headers of an answer that is about to be sent.
    void finish(Headers headers, byte[] body);
  }

  public Gateway(List<? extends Service<?>> services, GatewayOptions options) {
    this.options = options;
    this.backends =
        new Exchange.Backends(
            new Router(catalogue),
            new Authenticator(options.authentication(), options.sessions(), options.time()),
            options,
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>());
    this.guard = new BrowserGuard(options.hosts());
    services.forEach(service -> backends.services().put(catalogue.of(service.type()), service));
  }

  /// Hands every request whose path begins with `prefix` to a handler, whatever its signature.
  public Gateway route(String prefix, HttpHandler handler) {
    routes.put(prefix, handler);
    return this;
  }

  /// Hands every request that is like this to a handler, before paths are looked at: for what is
  /// named by its host.
  public Gateway route(Predicate<HttpRequest> which, HttpHandler handler) {
    hosts.put(which, handler);
    return this;
  }

  /// Lets clients open WebSockets with requests like this, before paths are looked at.
  public Gateway webSocket(Predicate<HttpRequest> which, WebSocketHandler handler) {
    socketHosts.put(which, handler);
    return this;
  }

  /// Lets clients open WebSockets on paths that begin with `prefix`.
  public Gateway webSocket(String prefix, WebSocketHandler handler) {
    sockets.put(prefix, handler);
    return this;
  }

  /// Hands every request of a service to a front.
  ///
  /// @param signingName such as `s3`
  public Gateway front(String signingName, ServiceFront front) {
    backends.fronts().put(known(signingName), front);
    return this;
  }

  /// Lets somebody finish every answer of a service, and of others that share its signing name.
  ///
  /// @param signingName such as `dynamodb`
  public Gateway finish(String signingName, Finisher finisher) {
    for (ServiceModel each : catalogue.services()) {
      if (each.signingName().equals(signingName)) {
        backends.finishers().put(each, finisher);
      }
    }
    return this;
  }

  private ServiceModel known(String signingName) {
    return catalogue
        .signedAs(signingName)
        .orElseThrow(() -> new IllegalArgumentException("No AWS service " + signingName));
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws IOException {
    Optional<String> refusal = guard.refuses(request);
    if (refusal.isPresent()) {
      Failure failure = Failure.of(403, "AccessDeniedException", refusal.get());
      WireProtocol wire = WireProtocol.of(Protocol.REST_JSON);
      Answer answer = wire.fail(request, null, failure, options.ids().uuid());
      response.send(answer.status(), answer.headers(), answer.body());
      return;
    }
    for (var host : hosts.entrySet()) {
      if (host.getKey().test(request)) {
        host.getValue().handle(request, response);
        return;
      }
    }
    for (var route : routes.entrySet()) {
      if (request.rawPath().startsWith(route.getKey())) {
        route.getValue().handle(request, response);
        return;
      }
    }
    new Exchange(backends, request, response).run();
  }

  /// Hands a handshake to who expects it, unless a page of another site makes it: the browser does
  /// not keep such a page from opening WebSockets.
  @Override
  public WebSocketAnswer open(HttpRequest request) {
    Optional<String> refusal = guard.refuses(request);
    if (refusal.isPresent()) {
      return new WebSocketAnswer.Refused(403, refusal.get());
    }
    for (var host : socketHosts.entrySet()) {
      if (host.getKey().test(request)) {
        return host.getValue().open(request);
      }
    }
    for (var socket : sockets.entrySet()) {
      if (request.rawPath().startsWith(socket.getKey())) {
        return socket.getValue().open(request);
      }
    }
    return WebSocketHandler.NONE.open(request);
  }
}
