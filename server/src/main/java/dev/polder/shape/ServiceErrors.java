package dev.polder.shape;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The SDK's exceptions, as services throw them.
public final class ServiceErrors {
  private ServiceErrors() {}

  /// Fills in what every error has.
  ///
  /// @param builder of the exception that the SDK has for the error, or of the service's general
  ///   one
  /// @param service by the SDK's name, such as `Sfn`
  /// @param code on the wire
  /// @return the builder
  public static <B extends AwsServiceException.Builder> B filled(
      B builder, String service, String code, int status, String message) {
    builder.message(message);
    builder.statusCode(status);
    builder.awsErrorDetails(
        AwsErrorDetails.builder()
            .serviceName(service)
            .errorCode(code)
            .errorMessage(message)
            .build());
    return builder;
  }
}
