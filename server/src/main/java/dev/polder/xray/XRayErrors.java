package dev.polder.xray;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;

/// What X-Ray answers to a caller's mistake.
final class XRayErrors {
  private XRayErrors() {}

  static AwsServiceException invalid(String message) {
    return ServiceErrors.filled(
            InvalidRequestException.builder(), "XRay", "InvalidRequestException", 400, message)
        .build();
  }
}
