package dev.polder.logs;

import dev.polder.kernel.Violation;
import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OperationAbortedException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// Every refusal of CloudWatch Logs. All have status 400.
final class LogsErrors {
  private LogsErrors() {}

  private static AwsServiceException of(
      AwsServiceException.Builder builder, String code, String message) {
    return ServiceErrors.filled(builder, "CloudWatchLogs", code, 400, message).build();
  }

  static AwsServiceException invalid(String message) {
    return of(InvalidParameterException.builder(), "InvalidParameterException", message);
  }

  /// A member that breaks a constraint of the model.
  static AwsServiceException constraint(String member, Object value, String constraint) {
    return invalid(Violation.of(value, member, constraint));
  }

  static AwsServiceException missing(String member) {
    return invalid(Violation.missing(member));
  }

  /// A member that Polder does not have.
  static AwsServiceException notSupported(String member) {
    return invalid(member + " is not supported");
  }

  static AwsServiceException noGroup() {
    return notFound("The specified log group does not exist.");
  }

  static AwsServiceException noStream() {
    return notFound("The specified log stream does not exist.");
  }

  private static AwsServiceException notFound(String message) {
    return of(ResourceNotFoundException.builder(), "ResourceNotFoundException", message);
  }

  static AwsServiceException groupExists() {
    return exists("The specified log group already exists");
  }

  static AwsServiceException streamExists() {
    return exists("The specified log stream already exists");
  }

  private static AwsServiceException exists(String message) {
    return of(ResourceAlreadyExistsException.builder(), "ResourceAlreadyExistsException", message);
  }

  /// Somebody else changed the same thing again and again.
  static AwsServiceException aborted() {
    return of(
        OperationAbortedException.builder(),
        "OperationAbortedException",
        "A conflicting operation is currently in progress against this resource. Please try again.");
  }
}
