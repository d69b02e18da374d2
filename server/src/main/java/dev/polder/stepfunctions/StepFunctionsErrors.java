package dev.polder.stepfunctions;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidLoggingConfigurationException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.TooManyTagsException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/// The errors of Step Functions, each with the code and the wording of the real service. All have
/// status 400.
final class StepFunctionsErrors {
  private StepFunctionsErrors() {}

  private static SfnException of(AwsServiceException.Builder builder, String code, String message) {
    return (SfnException) ServiceErrors.filled(builder, "Sfn", code, 400, message).build();
  }

  static SfnException invalidArn(String why) {
    return of(InvalidArnException.builder(), "InvalidArn", "Invalid Arn: '" + why + "'");
  }

  static SfnException invalidRoleArn(String arn) {
    return of(InvalidArnException.builder(), "InvalidArn", "Invalid Role Arn: '" + arn + "'");
  }

  static SfnException invalidName(String name) {
    return of(InvalidNameException.builder(), "InvalidName", "Invalid Name: '" + name + "'");
  }

  static SfnException invalidDefinition(String message) {
    return of(InvalidDefinitionException.builder(), "InvalidDefinition", message);
  }

  static SfnException invalidLogging(String why) {
    return of(
        InvalidLoggingConfigurationException.builder(),
        "InvalidLoggingConfiguration",
        "Invalid Logging Configuration: " + why);
  }

  static SfnException invalidInput(String why) {
    return of(
        InvalidExecutionInputException.builder(),
        "InvalidExecutionInput",
        "Invalid State Machine Execution Input: '" + why + "'");
  }

  static SfnException invalidOutput(String why) {
    return of(InvalidOutputException.builder(), "InvalidOutput", "Invalid Output: '" + why + "'");
  }

  static SfnException invalidToken() {
    return of(InvalidTokenException.builder(), "InvalidToken", "Invalid Token: 'Invalid token'");
  }

  static SfnException validation(String message) {
    return of(ValidationException.builder(), "ValidationException", message);
  }

  static SfnException missing(String message) {
    return of(MissingRequiredParameterException.builder(), "MissingRequiredParameter", message);
  }

  static SfnException noStateMachine(String arn) {
    return of(
        StateMachineDoesNotExistException.builder(),
        "StateMachineDoesNotExist",
        "State Machine Does Not Exist: '" + arn + "'");
  }

  static SfnException stateMachineExists(String arn) {
    return of(
        StateMachineAlreadyExistsException.builder(),
        "StateMachineAlreadyExists",
        "State Machine Already Exists: '" + arn + "'");
  }

  static SfnException typeNotSupported() {
    return of(
        StateMachineTypeNotSupportedException.builder(),
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine");
  }

  static SfnException noExecution(String arn) {
    return of(
        ExecutionDoesNotExistException.builder(),
        "ExecutionDoesNotExist",
        "Execution Does Not Exist: '" + arn + "'");
  }

  static SfnException executionExists(String arn) {
    return of(
        ExecutionAlreadyExistsException.builder(),
        "ExecutionAlreadyExists",
        "Execution Already Exists: '" + arn + "'");
  }

  static SfnException notRedrivable(String why) {
    return of(ExecutionNotRedrivableException.builder(), "ExecutionNotRedrivable", why);
  }

  static SfnException noActivity(String arn) {
    return of(
        ActivityDoesNotExistException.builder(),
        "ActivityDoesNotExist",
        "Activity Does Not Exist: '" + arn + "'");
  }

  static SfnException taskTimedOut() {
    return of(
        TaskTimedOutException.builder(),
        "TaskTimedOut",
        "Task Timed Out: 'Provided task does not exist anymore'");
  }

  static SfnException noResource(String arn) {
    return of(
        ResourceNotFoundException.builder(),
        "ResourceNotFound",
        "Resource not found: '" + arn + "'");
  }

  static SfnException conflict(String message) {
    return of(ConflictException.builder(), "ConflictException", message);
  }

  static SfnException quota(String message) {
    return of(ServiceQuotaExceededException.builder(), "ServiceQuotaExceededException", message);
  }

  static SfnException tooManyTags(String arn) {
    return of(
        TooManyTagsException.builder(), "TooManyTags", "Too many tags for resource: '" + arn + "'");
  }
}
