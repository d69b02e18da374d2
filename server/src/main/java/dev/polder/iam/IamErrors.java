package dev.polder.iam;

import dev.polder.shape.ServiceErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/// What IAM answers to a caller's mistake, in its own words.
final class IamErrors {
  private IamErrors() {}

  static AwsServiceException validation(@Nullable Object value, String member, String constraint) {
    String message =
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint;
    return with(IamException.builder(), "ValidationError", 400, message);
  }

  static AwsServiceException exists(String role) {
    return with(
        EntityAlreadyExistsException.builder(),
        "EntityAlreadyExists",
        409,
        "Role with name " + role + " already exists.");
  }

  static AwsServiceException noRole(String role) {
    return noEntity("The role with name " + role + " cannot be found.");
  }

  static AwsServiceException noEntity(String message) {
    return with(NoSuchEntityException.builder(), "NoSuchEntity", 404, message);
  }

  static AwsServiceException noPolicy(String arn) {
    return noEntity("Policy " + arn + " was not found.");
  }

  static AwsServiceException notAttachable(String arn) {
    return noEntity("Policy " + arn + " does not exist or is not attachable.");
  }

  static AwsServiceException policyExists(String name) {
    return with(
        EntityAlreadyExistsException.builder(),
        "EntityAlreadyExists",
        409,
        "A policy called " + name + " already exists. Duplicate names are not allowed.");
  }

  static AwsServiceException limit(String message) {
    return with(LimitExceededException.builder(), "LimitExceeded", 409, message);
  }

  static AwsServiceException malformed(String message) {
    return with(
        MalformedPolicyDocumentException.builder(), "MalformedPolicyDocument", 400, message);
  }

  static AwsServiceException conflict(String message) {
    return with(DeleteConflictException.builder(), "DeleteConflict", 409, message);
  }

  private static AwsServiceException with(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return ServiceErrors.filled(builder, "Iam", code, status, message).build();
  }
}
