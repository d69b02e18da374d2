package dev.polder.appsync;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.appsync.model.ApiKeyLimitExceededException;
import software.amazon.awssdk.services.appsync.model.ApiKeyValidityOutOfBoundsException;
import software.amazon.awssdk.services.appsync.model.BadRequestException;
import software.amazon.awssdk.services.appsync.model.NotFoundException;

/// Every refusal of AppSync's management API.
final class AppSyncErrors {
  private AppSyncErrors() {}

  static AwsServiceException invalid(String message) {
    return BadRequestException.builder()
        .message(message)
        .awsErrorDetails(details("BadRequestException", message))
        .statusCode(400)
        .build();
  }

  /// Something that Polder does not have.
  static AwsServiceException notSupported(String what) {
    return invalid(what + " is not supported");
  }

  static AwsServiceException notFound(String message) {
    return NotFoundException.builder()
        .message(message)
        .awsErrorDetails(details("NotFoundException", message))
        .statusCode(404)
        .build();
  }

  static AwsServiceException noApi(String apiId) {
    return notFound("GraphQL API " + apiId + " not found.");
  }

  static AwsServiceException keyValidity() {
    String message = "API key must be valid for at least 1 days and no more than 365 days.";
    return ApiKeyValidityOutOfBoundsException.builder()
        .message(message)
        .awsErrorDetails(details("ApiKeyValidityOutOfBoundsException", message))
        .statusCode(400)
        .build();
  }

  static AwsServiceException tooManyKeys() {
    String message = "The API key limit of 50 has been exceeded.";
    return ApiKeyLimitExceededException.builder()
        .message(message)
        .awsErrorDetails(details("ApiKeyLimitExceededException", message))
        .statusCode(400)
        .build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
  }
}
