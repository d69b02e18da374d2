package dev.polder.scheduler;

import dev.polder.kernel.Violation;
import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/// Every refusal of Scheduler.
final class SchedulerErrors {
  private SchedulerErrors() {}

  static AwsServiceException invalid(String message) {
    return of(ValidationException.builder(), "ValidationException", 400, message);
  }

  /// A member that breaks a constraint of the model.
  static AwsServiceException constraint(String member, Object value, String constraint) {
    return invalid(Violation.of(value, member, constraint));
  }

  /// A member without which there is nothing to do.
  static AwsServiceException missing(String member) {
    return invalid(Violation.missing(member));
  }

  /// A member that Polder does not have.
  static AwsServiceException notSupported(String member) {
    return invalid(member + " is not supported");
  }

  static AwsServiceException invalidExpression(String expression, String reason) {
    return invalid("Invalid Schedule Expression " + expression + ". " + reason);
  }

  static AwsServiceException noSchedule(String name) {
    return notFound("Schedule " + name + " does not exist.");
  }

  static AwsServiceException noGroup(String name) {
    return notFound("Schedule group " + name + " does not exist.");
  }

  static AwsServiceException notFound(String message) {
    return of(ResourceNotFoundException.builder(), "ResourceNotFoundException", 404, message);
  }

  static AwsServiceException scheduleExists(String name) {
    return conflict("Schedule " + name + " already exists.");
  }

  static AwsServiceException groupExists(String name) {
    return conflict("Schedule group " + name + " already exists.");
  }

  static AwsServiceException conflict(String message) {
    return of(ConflictException.builder(), "ConflictException", 409, message);
  }

  private static AwsServiceException of(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return ServiceErrors.filled(builder, "Scheduler", code, status, message).build();
  }
}
