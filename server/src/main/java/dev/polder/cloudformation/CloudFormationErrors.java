package dev.polder.cloudformation;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;

/// What CloudFormation answers to a caller's mistake, in its own words.
final class CloudFormationErrors {
  private CloudFormationErrors() {}

  static AwsServiceException validation(String message) {
    return with(CloudFormationException.builder(), "ValidationError", 400, message);
  }

  /// A member that Polder does not honour.
  static AwsServiceException unsupported(String member) {
    return validation(member + " is not supported by Polder");
  }

  static AwsServiceException noStack(String name) {
    return validation("Stack with id " + name + " does not exist");
  }

  static AwsServiceException stackExists(String name) {
    return with(
        AlreadyExistsException.builder(),
        "AlreadyExistsException",
        400,
        "Stack [" + name + "] already exists");
  }

  static AwsServiceException changeSetExists(String name, String stack) {
    return with(
        AlreadyExistsException.builder(),
        "AlreadyExistsException",
        400,
        "ChangeSet " + name + " already exists for stack " + stack);
  }

  static AwsServiceException noChangeSet(String name) {
    return with(
        ChangeSetNotFoundException.builder(),
        "ChangeSetNotFound",
        404,
        "ChangeSet [" + name + "] does not exist");
  }

  static AwsServiceException changeSetStatus(String message) {
    return with(InvalidChangeSetStatusException.builder(), "InvalidChangeSetStatus", 400, message);
  }

  static AwsServiceException capability(String name) {
    return with(
        InsufficientCapabilitiesException.builder(),
        "InsufficientCapabilitiesException",
        400,
        "Requires capabilities : [" + name + "]");
  }

  private static AwsServiceException with(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return ServiceErrors.filled(builder, "CloudFormation", code, status, message).build();
  }
}
