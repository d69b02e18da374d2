package dev.polder.appsync;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.appsync.model.ApiKeyLimitExceededException;
import software.amazon.awssdk.services.appsync.model.ApiKeyValidityOutOfBoundsException;
import software.amazon.awssdk.services.appsync.model.BadRequestException;
import software.amazon.awssdk.services.appsync.model.NotFoundException;

/// Every refusal of AppSync's management API.
final class AppSyncErrors {
  private AppSyncErrors() {}

  static AwsServiceException invalid(String message) {
    return of(BadRequestException.builder(), "BadRequestException", 400, message);
  }

  /// Something that Polder does not have.
  static AwsServiceException notSupported(String what) {
    return invalid(what + " is not supported");
  }

  static AwsServiceException notFound(String message) {
    return of(NotFoundException.builder(), "NotFoundException", 404, message);
  }

  static AwsServiceException noApi(String apiId) {
    return notFound("GraphQL API " + apiId + " not found.");
  }

  static AwsServiceException keyValidity() {
    return of(
        ApiKeyValidityOutOfBoundsException.builder(),
        "ApiKeyValidityOutOfBoundsException",
        400,
        "API key must be valid for at least 1 days and no more than 365 days.");
  }

  static AwsServiceException tooManyKeys() {
    return of(
        ApiKeyLimitExceededException.builder(),
        "ApiKeyLimitExceededException",
        400,
        "The API key limit of 50 has been exceeded.");
  }

  private static AwsServiceException of(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return ServiceErrors.filled(builder, "AppSync", code, status, message).build();
  }
}
