package dev.polder.gateway;

import dev.polder.gateway.auth.Credential;
import dev.polder.gateway.aws.CoralEndpoint;
import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.PathTemplate;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the service and operation that a request means.
///
/// The credential scope is believed first: Java's own HTTP client, for one, labels empty REST-JSON
/// requests as forms. Requests without one are recognised by target header, action, path.
final class Router {
  private final Catalogue catalogue;

  Router(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// What a request means.
  sealed interface Route {}

  /// An operation of the catalogue.
  ///
  /// @param path the variables of its path
  /// @param parameters of the query string or of the form
  record ToOperation(
      Operation operation, Map<String, String> path, Map<String, List<String>> parameters)
      implements Route {}

  /// Everything of a service that the gateway does not read itself.
  record ToService(ServiceModel service) implements Route {}

  /// Nothing that the catalogue knows.
  ///
  /// @param protocol in which to say so
  /// @param service that was meant, where that is clear
  /// @param name what was asked for
  record Unknown(Protocol protocol, @Nullable ServiceModel service, String name) implements Route {}

  /// Reads the body of a request, once.
  interface Body {
    byte[] bytes() throws IOException;
  }

  Route route(HttpRequest request, Optional<Credential> credential, Body body) throws IOException {
    ServiceModel signed = credential.flatMap(c -> catalogue.signedAs(c.service())).orElse(null);
    if (signed != null && signed.protocol() == Protocol.REST_XML) {
      return new ToService(signed);
    }
    String target = request.headers().first("x-amz-target");
    if (target != null) {
      return catalogue
          .target(target)
          .<Route>map(found -> new ToOperation(found, Map.of(), Map.of()))
          .orElseGet(() -> unknown(request, signed, target));
    }
    Map<String, List<String>> query = Uris.parameters(request.rawQuery());
    if (signed == null || signed.protocol() == Protocol.QUERY) {
      Route found = action(request, query, signed, body);
      if (found != null) {
        return found;
      }
    }
    return rest(request, query, signed);
  }

  private Route unknown(HttpRequest request, @Nullable ServiceModel signed, String target) {
    ServiceModel meant = catalogue.targeted(target).orElse(signed);
    return new Unknown(
        Protocol.AWS_JSON, meant == null ? fallback(request).orElse(null) : meant, target);
  }

  private Optional<ServiceModel> fallback(HttpRequest request) {
    return CoralEndpoint.isFallback(request) ? catalogue.signedAs("dynamodb") : Optional.empty();
  }

  private @Nullable Route action(
      HttpRequest request,
      Map<String, List<String>> query,
      @Nullable ServiceModel signed,
      Body body)
      throws IOException {
    boolean certain = signed != null;
    Map<String, List<String>> form = query;
    if (request.method().equals("POST") && (certain || isForm(request))) {
      form = Uris.parameters(new String(body.bytes(), StandardCharsets.UTF_8));
      form = form.isEmpty() ? query : form;
    }
    String action = Uris.first(form, "Action");
    String version = Uris.first(form, "Version");
    if (action == null || version == null) {
      return certain ? new Unknown(Protocol.QUERY, signed, action == null ? "" : action) : null;
    }
    Optional<Operation> found =
        signed == null ? catalogue.action(version, action) : signed.action(version, action);
    return found.isPresent()
        ? new ToOperation(found.get(), Map.of(), form)
        : new Unknown(Protocol.QUERY, signed, action);
  }

  /// Whether an unsigned request may be of a Query service, all of which are at the root. A body
  /// labelled as a form goes to S3 at any other path, and is not read here.
  private static boolean isForm(HttpRequest request) {
    return request.rawPath().equals("/")
        && request
            .headers()
            .first("content-type", "")
            .toLowerCase(Locale.ROOT)
            .startsWith("application/x-www-form-urlencoded");
  }

  private Route rest(
      HttpRequest request, Map<String, List<String>> query, @Nullable ServiceModel signed) {
    List<String> path = PathTemplate.split(request.rawPath());
    Collection<ServiceModel> among = signed == null ? catalogue.services() : List.of(signed);
    for (ServiceModel service : among) {
      if (service.protocol() == Protocol.REST_JSON) {
        for (Operation operation : service.operationsOf(request.method())) {
          var variables = operation.path().match(path, query);
          if (variables.isPresent()) {
            return new ToOperation(operation, variables.get(), query);
          }
        }
      }
    }
    String asked = request.method() + " " + request.rawPath();
    if (signed != null) {
      return new Unknown(signed.protocol(), signed, asked);
    }
    Optional<ServiceModel> fallback = fallback(request);
    if (fallback.isPresent()) {
      return new Unknown(Protocol.AWS_JSON, fallback.get(), asked);
    }
    return catalogue
        .signedAs("s3")
        .<Route>map(ToService::new)
        .orElse(new Unknown(Protocol.REST_JSON, null, asked));
  }
}
