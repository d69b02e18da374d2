package dev.polder.gateway;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.auth.Credential;
import dev.polder.gateway.auth.Denied;
import dev.polder.gateway.aws.Answer;
import dev.polder.gateway.aws.AuthErrors;
import dev.polder.gateway.aws.CoralEndpoint;
import dev.polder.gateway.aws.CoralJson;
import dev.polder.gateway.aws.Failure;
import dev.polder.gateway.aws.Matched;
import dev.polder.gateway.aws.RequiredMembers;
import dev.polder.gateway.aws.WireProtocol;
import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.JsonTree;
import dev.polder.gateway.codec.MalformedInputException;
import dev.polder.gateway.http.BodyTooLargeException;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.gateway.http.WebSocketAnswer;
import dev.polder.gateway.http.WebSocketHandler;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// Answers every request of the process: finds the service and the operation, authenticates, reads
/// the request as the SDK's type, calls the service's client of the request's account and region,
/// and writes the response or the exception.
///
/// Routes, fronts and finishers are added before the first request.
public final class Gateway implements HttpHandler, WebSocketHandler {
  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  private final GatewayOptions options;
  private final Catalogue catalogue = Catalogue.load();
  private final Router router = new Router(catalogue);
  private final Authenticator authenticator;
  private final BrowserGuard guard;
  private final Map<ServiceModel, Service<?>> services = new ConcurrentHashMap<>();
  private final Map<ServiceModel, ServiceFront> fronts = new ConcurrentHashMap<>();
  private final Map<ServiceModel, Finisher> finishers = new ConcurrentHashMap<>();
  // Longer prefixes first.
  private final Map<String, HttpHandler> routes =
      new TreeMap<>(java.util.Comparator.reverseOrder());

  private final Map<String, WebSocketHandler> sockets =
      new TreeMap<>(java.util.Comparator.reverseOrder());

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
    this.authenticator =
        new Authenticator(options.authentication(), options.sessions(), options.time());
    this.guard = new BrowserGuard(options.hosts());
    services.forEach(service -> this.services.put(catalogue.of(service.type()), service));
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
    fronts.put(known(signingName), front);
    return this;
  }

  /// Lets somebody finish every answer of a service, and of others that share its signing name.
  ///
  /// @param signingName such as `dynamodb`
  public Gateway finish(String signingName, Finisher finisher) {
    for (ServiceModel each : catalogue.services()) {
      if (each.signingName().equals(signingName)) {
        finishers.put(each, finisher);
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
      send(response, protocol(Protocol.REST_JSON).fail(request, null, failure, newId()));
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
    new Exchange(request, response, newId()).run();
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

  private String newId() {
    return options.ids().uuid();
  }

  private static WireProtocol protocol(Protocol protocol) {
    return WireProtocol.of(protocol);
  }

  private static void send(HttpResponse response, Answer answer) throws IOException {
    response.send(answer.status(), answer.headers(), answer.body());
  }

  /// One request of an AWS service on its way through.
  private final class Exchange {
    private final HttpRequest request;
    private final HttpResponse response;
    private final Optional<Credential> credential;
    private String requestId;
    private byte @Nullable [] body;

    Exchange(HttpRequest request, HttpResponse response, String requestId) {
      this.request = request;
      this.response = response;
      this.requestId = requestId;
      this.credential = Credential.of(request);
    }

    void run() throws IOException {
      Router.Route route;
      try {
        route = router.route(request, credential, this::body);
      } catch (BodyTooLargeException e) {
        fail(Protocol.QUERY, null, tooLarge(e));
        return;
      }
      if (isRefusedByCoral(route)) {
        return;
      }
      Caller caller = authenticator.caller(request, credential);
      try {
        ScopedValue.where(Caller.CURRENT, caller).run(() -> dispatch(route, caller));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    /// Answers what DynamoDB's endpoint refuses before it looks at the operation.
    private boolean isRefusedByCoral(Router.Route route) throws IOException {
      ServiceModel service =
          switch (route) {
            case Router.ToOperation to -> to.operation().service();
            case Router.ToService _ -> null;
            case Router.Unknown unknown -> unknown.service();
          };
      if (service == null || !CoralJson.isSpokenBy(service)) {
        return false;
      }
      requestId = CoralEndpoint.requestId(options.ids());
      byte[] bytes = coralBody();
      if (bytes == null) {
        response.send(413, Headers.of(), new byte[0]);
        return true;
      }
      boolean known = route instanceof Router.ToOperation;
      Optional<Answer> answer = CoralEndpoint.refuse(request, known, bytes, requestId);
      if (answer.isPresent()) {
        finish(service, answer.get());
      }
      return answer.isPresent();
    }

    /// The body; null where it is larger than that endpoint accepts.
    private byte @Nullable [] coralBody() throws IOException {
      try {
        byte[] bytes = body();
        return bytes.length > CoralEndpoint.LARGEST_BODY ? null : bytes;
      } catch (BodyTooLargeException e) {
        LOG.log(DEBUG, () -> requestId + " refused: " + e.getMessage());
        return null;
      }
    }

    private void dispatch(Router.Route route, Caller caller) {
      try {
        switch (route) {
          case Router.ToService to -> front(to.service(), scope(caller));
          case Router.ToOperation to -> operation(to, scope(caller));
          case Router.Unknown unknown -> unknown(unknown.protocol(), null, unknown.name());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Scope scope(Caller caller) {
      String region = credential.map(Credential::region).orElse(Scope.DEFAULT.region());
      return new Scope(caller.account(), Scope.isRegion(region) ? region : Scope.DEFAULT.region());
    }

    private void front(ServiceModel service, Scope scope) throws IOException {
      ServiceFront front = fronts.get(service);
      if (front == null) {
        unknown(Protocol.REST_JSON, null, request.method() + " " + request.rawPath());
        return;
      }
      var call = new Call(requestId, scope, options.permissions());
      Optional<Denied> denied = authenticator.check(request, credential, null);
      if (denied.isPresent()) {
        Failure failure = AuthErrors.of(service.protocol(), denied.get());
        front.refuse(
            request,
            response,
            call,
            new Refusal(failure.status(), failure.code(), failure.message()));
      } else {
        front.serve(request, response, call);
      }
    }

    private void operation(Router.ToOperation to, Scope scope) throws IOException {
      Operation operation = to.operation();
      Protocol protocol = operation.service().protocol();
      byte[] bytes;
      try {
        bytes = body();
      } catch (BodyTooLargeException e) {
        fail(protocol, null, tooLarge(e));
        return;
      }
      var matched = new Matched(request, operation, to.path(), to.parameters(), bytes);
      Optional<Denied> denied = authenticator.check(request, credential, bytes);
      if (denied.isPresent()) {
        fail(protocol, matched, AuthErrors.of(protocol, denied.get()));
      } else {
        finish(operation.service(), answer(matched, scope));
      }
    }

    /// The answer to an authenticated request. The one place that catches everything.
    private Answer answer(Matched matched, Scope scope) {
      Operation operation = matched.operation();
      WireProtocol wire = WireProtocol.of(operation.service());
      try {
        Service<?> service = services.get(operation.service());
        Object client = service == null ? null : service.client(scope);
        if (client == null || !operation.isImplementedBy(client.getClass())) {
          return wire.fail(request, matched, notSupported(matched), requestId);
        }
        SdkRequest input = wire.read(matched);
        Optional<String> missing = RequiredMembers.missing((SdkPojo) input);
        if (missing.isPresent()) {
          return wire.fail(request, matched, invalid(matched, missing.get()), requestId);
        }
        Optional<String> denial = denial(operation, scope, input);
        if (denial.isPresent()) {
          return wire.fail(request, matched, denied(operation, denial.get()), requestId);
        }
        SdkPojo output = traced(operation, client, input);
        return wire.answer(matched, output, requestId);
      } catch (AwsServiceException e) {
        LOG.log(DEBUG, () -> operation + " " + requestId + " refused: " + e.getMessage());
        return wire.fail(request, matched, Failure.of(operation.service(), e), requestId);
      } catch (MalformedInputException e) {
        String message = String.valueOf(e.getMessage());
        String code = wire.malformedCode();
        return wire.fail(request, matched, Failure.of(400, code, message), requestId);
      } catch (RuntimeException | Error e) {
        if (operation.isDefaultOf(e)) {
          return wire.fail(request, matched, notSupported(matched), requestId);
        }
        LOG.log(ERROR, "Request " + requestId + ": " + operation + " failed on a defect", e);
        return wire.fail(request, matched, defect(), requestId);
      }
    }

    private SdkPojo traced(Operation operation, Object client, SdkRequest input) {
      Optional<TraceHeader> header = CallSpan.header(request.headers());
      if (header.isEmpty()) {
        return operation.call(client, input);
      }
      try (Span span = CallSpan.begin(options.tracer(), header.get(), operation, (SdkPojo) input)) {
        try {
          return span.within(() -> operation.call(client, input));
        } catch (AwsServiceException e) {
          Failure failure = Failure.of(operation.service(), e);
          span.failed(failure.code(), failure.message(), failure.status() < 500);
          throw e;
        }
      }
    }

    private Optional<String> denial(Operation operation, Scope scope, SdkRequest input) {
      return options
          .permissions()
          .denial(
              Caller.CURRENT.get(),
              scope,
              operation.service().signingName(),
              operation.name(),
              () -> JsonTree.view((SdkPojo) input));
    }

    private void unknown(Protocol protocol, @Nullable Matched matched, String name)
        throws IOException {
      fail(protocol, matched, notSupported(protocol, name));
    }

    private void fail(Protocol protocol, @Nullable Matched matched, Failure failure)
        throws IOException {
      if (matched == null) {
        send(response, protocol(protocol).fail(request, null, failure, requestId));
      } else {
        WireProtocol wire = WireProtocol.of(matched.operation().service());
        Answer answer = wire.fail(request, matched, failure, requestId);
        finish(matched.operation().service(), answer);
      }
    }

    private void finish(ServiceModel service, Answer answer) throws IOException {
      Finisher finisher = finishers.get(service);
      if (finisher != null) {
        finisher.finish(answer.headers(), answer.body());
      }
      send(response, answer);
    }

    private Failure defect() {
      return Failure.of(
          500, "InternalFailure", "An internal error occurred. It is logged as " + requestId + ".");
    }

    private byte[] body() throws IOException {
      byte[] read = body;
      if (read == null) {
        read = request.bytes(options.largestBody());
        body = read;
      }
      return read;
    }
  }

  private static Failure tooLarge(BodyTooLargeException e) {
    return Failure.of(413, "RequestEntityTooLargeException", String.valueOf(e.getMessage()));
  }

  private static Failure invalid(Matched matched, String message) {
    boolean query = matched.operation().service().protocol() == Protocol.QUERY;
    return Failure.of(400, query ? "ValidationError" : "ValidationException", message);
  }

  private static Failure denied(Operation operation, String message) {
    return switch (operation.service().protocol()) {
      case AWS_JSON -> Failure.of(400, "AccessDeniedException", message);
      case REST_JSON -> Failure.of(403, "AccessDeniedException", message);
      case QUERY, REST_XML -> Failure.of(403, "AccessDenied", message);
    };
  }

  private static Failure notSupported(Matched matched) {
    return notSupported(matched.operation().service().protocol(), matched.operation().toString());
  }

  private static Failure notSupported(Protocol protocol, String name) {
    String message = "Unknown or unsupported operation: " + name;
    return Failure.of(
        400, protocol == Protocol.QUERY ? "InvalidAction" : "UnknownOperationException", message);
  }
}
