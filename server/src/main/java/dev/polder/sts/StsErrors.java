package dev.polder.sts;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/// Every refusal of STS.
final class StsErrors {
  private StsErrors() {}

  /// A parameter that breaks a constraint.
  static AwsServiceException invalid(String message) {
    return ServiceErrors.filled(StsException.builder(), "Sts", "ValidationError", 400, message)
        .build();
  }

  /// A parameter that Polder does not have.
  static AwsServiceException notSupported(String member) {
    return invalid("The parameter " + member + " is not supported");
  }
}
