package dev.polder.xray;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;

/// What X-Ray answers to a caller's mistake.
final class XRayErrors {
  private XRayErrors() {}

  static AwsServiceException invalid(String message) {
    return InvalidRequestException.builder()
        .message(message)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("InvalidRequestException")
                .errorMessage(message)
                .build())
        .build();
  }
}
