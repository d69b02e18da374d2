package dev.polder.gateway;

import dev.polder.gateway.aws.Failure;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.Protocol;
import dev.polder.gateway.http.BodyTooLargeException;

/// What the gateway itself answers to requests that reach no service, or fail in one.
final class Failures {
  private Failures() {}

  static Failure tooLarge(BodyTooLargeException e) {
    return Failure.of(413, "RequestEntityTooLargeException", String.valueOf(e.getMessage()));
  }

  /// An input that breaks the model.
  static Failure invalid(Protocol protocol, String message) {
    boolean query = protocol == Protocol.QUERY;
    return Failure.of(400, query ? "ValidationError" : "ValidationException", message);
  }

  static Failure denied(Protocol protocol, String message) {
    return switch (protocol) {
      case AWS_JSON -> Failure.of(400, "AccessDeniedException", message);
      case REST_JSON -> Failure.of(403, "AccessDeniedException", message);
      case QUERY, REST_XML -> Failure.of(403, "AccessDenied", message);
    };
  }

  static Failure notSupported(Operation operation) {
    return notSupported(operation.service().protocol(), operation.toString());
  }

  static Failure notSupported(Protocol protocol, String name) {
    String message = "Unknown or unsupported operation: " + name;
    return Failure.of(
        400, protocol == Protocol.QUERY ? "InvalidAction" : "UnknownOperationException", message);
  }

  /// A failure of ours, which the log has under the request's id.
  static Failure defect(String requestId) {
    return Failure.of(
        500, "InternalFailure", "An internal error occurred. It is logged as " + requestId + ".");
  }
}
