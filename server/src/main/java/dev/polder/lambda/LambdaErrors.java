package dev.polder.lambda;

import dev.polder.kernel.Violation;
import dev.polder.shape.ServiceErrors;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// What Lambda answers to a caller's mistake, in its own words.
final class LambdaErrors {
  private LambdaErrors() {}

  /// A member that breaks a constraint of the API's model.
  ///
  /// @param member as the API spells it, such as `functionName`
  /// @param constraint such as `Member must have value less than or equal to 900`
  static AwsServiceException constraint(@Nullable Object value, String member, String constraint) {
    return validation(Violation.of(String.valueOf(value), member, constraint));
  }

  static AwsServiceException validation(String message) {
    return with(LambdaException.builder(), "ValidationException", 400, message);
  }

  static AwsServiceException invalid(String message) {
    return with(
        InvalidParameterValueException.builder().type("User"),
        "InvalidParameterValueException",
        400,
        message);
  }

  /// A member that Polder does not honour.
  static AwsServiceException unsupported(String member) {
    return invalid(member + " is not supported by Polder");
  }

  /// A runtime that is not one of ours, in the words for one that does not exist.
  static AwsServiceException runtime(String runtime, Collection<String> supported) {
    return invalid(
        "Value "
            + runtime
            + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ["
            + String.join(", ", supported)
            + "] or be a valid ARN");
  }

  static AwsServiceException notUnzipped() {
    return invalid(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  static AwsServiceException functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  static AwsServiceException notFound(String message) {
    return with(
        ResourceNotFoundException.builder().type("User"),
        "ResourceNotFoundException",
        404,
        message);
  }

  static AwsServiceException noMapping() {
    return notFound("The resource you requested does not exist.");
  }

  static AwsServiceException conflict(String message) {
    return with(
        ResourceConflictException.builder().type("User"),
        "ResourceConflictException",
        409,
        message);
  }

  static AwsServiceException revision() {
    return with(
        PreconditionFailedException.builder().type("User"),
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id");
  }

  /// A call above a function's reserved concurrency.
  static AwsServiceException throttled() {
    return with(
        TooManyRequestsException.builder()
            .type("User")
            .reason("ReservedFunctionConcurrentInvocationLimitExceeded"),
        "TooManyRequestsException",
        429,
        "Rate Exceeded.");
  }

  static AwsServiceException content(String problem) {
    return with(
        InvalidRequestContentException.builder().type("User"),
        "InvalidRequestContentException",
        400,
        "Could not parse request body into json: " + problem);
  }

  /// The role of a function lets Lambda not begin a session.
  static AwsServiceException roleNotAssumed() {
    return with(
        LambdaException.builder(),
        "AccessDeniedException",
        403,
        "The role defined for the function cannot be assumed by Lambda.");
  }

  /// @param limit in bytes
  static AwsServiceException tooLarge(long limit, String operation) {
    return with(
        LambdaException.builder(),
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than " + limit + " bytes for the " + operation + " operation");
  }

  static AwsServiceException stopped() {
    return with(
        ServiceException.builder().type("Service"),
        "ServiceException",
        500,
        "The server stopped before the function ended.");
  }

  private static AwsServiceException with(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return ServiceErrors.filled(builder, "Lambda", code, status, message).build();
  }
}
