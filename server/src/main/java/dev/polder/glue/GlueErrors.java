package dev.polder.glue;

import dev.polder.shape.ServiceErrors;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerStoppingException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.InvalidStateException;
import software.amazon.awssdk.services.glue.model.NoScheduleException;
import software.amazon.awssdk.services.glue.model.SchedulerNotRunningException;
import software.amazon.awssdk.services.glue.model.ValidationException;

/// Every error that Glue utters here. All are answered with status 400, as the real service does.
final class GlueErrors {
  private GlueErrors() {}

  static EntityNotFoundException notFound(String message) {
    return with(EntityNotFoundException.builder(), "EntityNotFoundException", message).build();
  }

  static EntityNotFoundException noDatabase(String name) {
    return notFound("Database " + name + " not found.");
  }

  static EntityNotFoundException noTable(String name) {
    return notFound("Table " + name + " not found.");
  }

  static EntityNotFoundException noPartition() {
    return notFound("Cannot find partition.");
  }

  static EntityNotFoundException noCrawler(String name) {
    return notFound("Crawler entry with name " + name + " does not exist");
  }

  static AlreadyExistsException alreadyExists(String message) {
    return with(AlreadyExistsException.builder(), "AlreadyExistsException", message).build();
  }

  static InvalidInputException invalid(String message) {
    return with(InvalidInputException.builder(), "InvalidInputException", message).build();
  }

  static InvalidInputException invalid(String message, Throwable cause) {
    return with(InvalidInputException.builder(), "InvalidInputException", message)
        .cause(cause)
        .build();
  }

  /// A partition whose value cannot be read by its key's type.
  static InvalidStateException invalidState(RuntimeException cause) {
    return with(
            InvalidStateException.builder(),
            "InvalidStateException",
            String.valueOf(cause.getMessage()))
        .cause(cause)
        .build();
  }

  /// A member that we do not have and that would change what the call means.
  static InvalidInputException unsupported(String member) {
    return invalid(member + " is not supported.");
  }

  static AccessDeniedException accessDenied(String message) {
    return with(AccessDeniedException.builder(), "AccessDeniedException", message).build();
  }

  /// A constraint of the API model that does not hold, in the words of the real service.
  ///
  /// @param value as it was given
  /// @param path to the member, such as `tableInput.name`
  /// @param constraint such as `Member must not be null`
  static ValidationException constraint(String value, String path, String constraint) {
    String message =
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
            .formatted(value, path, constraint);
    return with(ValidationException.builder(), "ValidationException", message).build();
  }

  static ConcurrentModificationException changedMeanwhile(String what) {
    return with(
            ConcurrentModificationException.builder(),
            "ConcurrentModificationException",
            what + " failed due to concurrent modifications.")
        .build();
  }

  static CrawlerRunningException crawlerRunning(String message) {
    return with(CrawlerRunningException.builder(), "CrawlerRunningException", message).build();
  }

  static CrawlerNotRunningException crawlerNotRunning(String name) {
    return with(
            CrawlerNotRunningException.builder(),
            "CrawlerNotRunningException",
            "Crawler with name " + name + " isn't running")
        .build();
  }

  static CrawlerStoppingException crawlerStopping(String name) {
    return with(
            CrawlerStoppingException.builder(),
            "CrawlerStoppingException",
            "Crawler with name " + name + " is already stopping")
        .build();
  }

  static NoScheduleException noSchedule(String name) {
    return with(
            NoScheduleException.builder(),
            "NoScheduleException",
            "Crawler with name " + name + " doesn't have a schedule")
        .build();
  }

  static SchedulerNotRunningException schedulerNotRunning(String name) {
    return with(
            SchedulerNotRunningException.builder(),
            "SchedulerNotRunningException",
            "The schedule of crawler " + name + " isn't running")
        .build();
  }

  /// An error as the item of a batch's answer.
  static ErrorDetail detail(GlueException error) {
    var details = error.awsErrorDetails();
    return ErrorDetail.builder()
        .errorCode(details.errorCode())
        .errorMessage(details.errorMessage())
        .build();
  }

  private static <B extends GlueException.Builder> B with(B builder, String code, String message) {
    return ServiceErrors.filled(builder, "Glue", code, 400, message);
  }
}
