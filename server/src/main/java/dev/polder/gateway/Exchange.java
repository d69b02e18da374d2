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
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.JsonTree;
import dev.polder.gateway.codec.MalformedInputException;
import dev.polder.gateway.http.BodyTooLargeException;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import dev.polder.kernel.trace.Span;
import dev.polder.kernel.trace.TraceHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/// One request of an AWS service on its way through.
final class Exchange {
  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

  private final Backends backends;
  private final GatewayOptions options;
  private final HttpRequest request;
  private final HttpResponse response;
  private final Optional<Credential> credential;
  private String requestId;
  private byte @Nullable [] body;

  /// What answers the requests of services, each as it has been added.
  record Backends(
      Router router,
      Authenticator authenticator,
      GatewayOptions options,
      Map<ServiceModel, Service<?>> services,
      Map<ServiceModel, ServiceFront> fronts,
      Map<ServiceModel, Gateway.Finisher> finishers) {}

  Exchange(Backends backends, HttpRequest request, HttpResponse response) {
    this.backends = backends;
    this.options = backends.options();
    this.request = request;
    this.response = response;
    this.requestId = options.ids().uuid();
    this.credential = Credential.of(request);
  }

  void run() throws IOException {
    Router.Route route;
    try {
      route = backends.router().route(request, credential, this::body);
    } catch (BodyTooLargeException e) {
      fail(Protocol.QUERY, null, Failures.tooLarge(e));
      return;
    }
    if (isRefusedByCoral(route)) {
      return;
    }
    Caller caller = backends.authenticator().caller(request, credential);
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
        case Router.Unknown unknown -> unknown(unknown.protocol(), unknown.name());
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
    ServiceFront front = backends.fronts().get(service);
    if (front == null) {
      unknown(Protocol.REST_JSON, request.method() + " " + request.rawPath());
      return;
    }
    var call = new Call(requestId, scope, options.permissions());
    Optional<Denied> denied = backends.authenticator().check(request, credential, null);
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
      fail(protocol, null, Failures.tooLarge(e));
      return;
    }
    var matched = new Matched(request, operation, to.path(), to.parameters(), bytes);
    Optional<Denied> denied = backends.authenticator().check(request, credential, bytes);
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
    Failure failure;
    try {
      Service<?> service = backends.services().get(operation.service());
      Object client = service == null ? null : service.client(scope);
      if (client != null && operation.isImplementedBy(client.getClass())) {
        return asked(matched, wire, client, scope);
      }
      failure = Failures.notSupported(operation);
    } catch (AwsServiceException e) {
      LOG.log(DEBUG, () -> operation + " " + requestId + " refused: " + e.getMessage());
      failure = Failure.of(operation.service(), e);
    } catch (MalformedInputException e) {
      failure = Failure.of(400, wire.malformedCode(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      if (operation.isDefaultOf(e)) {
        failure = Failures.notSupported(operation);
      } else {
        LOG.log(ERROR, "Request " + requestId + ": " + operation + " failed on a defect", e);
        failure = Failures.defect(requestId);
      }
    }
    return wire.fail(request, matched, failure, requestId);
  }

  /// What a client answers to a request that is valid and allowed.
  private Answer asked(Matched matched, WireProtocol wire, Object client, Scope scope) {
    Operation operation = matched.operation();
    Protocol protocol = operation.service().protocol();
    SdkRequest input = wire.read(matched);
    Optional<String> missing = RequiredMembers.missing((SdkPojo) input);
    if (missing.isPresent()) {
      Failure invalid = Failures.invalid(protocol, missing.get());
      return wire.fail(request, matched, invalid, requestId);
    }
    Optional<String> denial = denial(operation, scope, input);
    if (denial.isPresent()) {
      Failure denied = Failures.denied(protocol, denial.get());
      return wire.fail(request, matched, denied, requestId);
    }
    return wire.answer(matched, traced(operation, client, input), requestId);
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

  private void unknown(Protocol protocol, String name) throws IOException {
    fail(protocol, null, Failures.notSupported(protocol, name));
  }

  private void fail(Protocol protocol, @Nullable Matched matched, Failure failure)
      throws IOException {
    if (matched == null) {
      send(WireProtocol.of(protocol).fail(request, null, failure, requestId));
    } else {
      WireProtocol wire = WireProtocol.of(matched.operation().service());
      Answer answer = wire.fail(request, matched, failure, requestId);
      finish(matched.operation().service(), answer);
    }
  }

  private void finish(ServiceModel service, Answer answer) throws IOException {
    Gateway.Finisher finisher = backends.finishers().get(service);
    if (finisher != null) {
      finisher.finish(answer.headers(), answer.body());
    }
    send(answer);
  }

  private void send(Answer answer) throws IOException {
    response.send(answer.status(), answer.headers(), answer.body());
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
