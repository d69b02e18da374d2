package dev.polder.sts;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/// Every refusal of STS.
final class StsErrors {
  private StsErrors() {}

  /// A parameter that breaks a constraint.
  static AwsServiceException invalid(String message) {
    return StsException.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("ValidationError").errorMessage(message).build())
        .message(message)
        .build();
  }

  /// A parameter that Polder does not have.
  static AwsServiceException notSupported(String member) {
    return invalid("The parameter " + member + " is not supported");
  }
}
