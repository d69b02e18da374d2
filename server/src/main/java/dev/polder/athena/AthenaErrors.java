package dev.polder.athena;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.services.athena.model.AthenaException;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.MetadataException;
import software.amazon.awssdk.services.athena.model.ResourceNotFoundException;

/// Every error that Athena utters here. All are answered with status 400, as the real service does.
final class AthenaErrors {
  private AthenaErrors() {}

  static InvalidRequestException invalid(String message) {
    return with(
            InvalidRequestException.builder().athenaErrorCode("INVALID_INPUT"),
            "InvalidRequestException",
            message)
        .build();
  }

  /// A statement that Trino's grammar does not take.
  static InvalidRequestException malformed(String message) {
    return with(
            InvalidRequestException.builder().athenaErrorCode("MALFORMED_QUERY"),
            "InvalidRequestException",
            message)
        .build();
  }

  static InvalidRequestException noQuery(String id) {
    return invalid("QueryExecution " + id + " was not found");
  }

  static InvalidRequestException noWorkGroup(String name) {
    return invalid("WorkGroup " + name + " is not found.");
  }

  static ResourceNotFoundException notFound(String resource, String message) {
    return with(
            ResourceNotFoundException.builder().resourceName(resource),
            "ResourceNotFoundException",
            message)
        .build();
  }

  static MetadataException metadata(String message, Throwable cause) {
    return with(MetadataException.builder(), "MetadataException", message).cause(cause).build();
  }

  private static <B extends AthenaException.Builder> B with(
      B builder, String code, String message) {
    return ServiceErrors.filled(builder, "Athena", code, 400, message);
  }
}
