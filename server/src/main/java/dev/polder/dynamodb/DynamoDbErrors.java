package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.shape.ServiceErrors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.BackupInUseException;
import software.amazon.awssdk.services.dynamodb.model.BackupNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GlobalTableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.InvalidRestoreTimeException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/// Every refusal of DynamoDB and of its streams.
final class DynamoDbErrors {
  private static final String CONDITION_FAILED = "The conditional request failed";
  private static final String DUPLICATE = "Duplicate primary key exists in table";
  private static final String NO_RESOURCE = "Requested resource not found";

  private DynamoDbErrors() {}

  /// A request that breaks a rule. The SDK has no class for it.
  static AwsServiceException invalid(String message) {
    return of(DynamoDbException.builder(), "ValidationException", 400, message);
  }

  /// A request that breaks a rule, behind the words that the real service puts before most of them.
  static AwsServiceException parameter(String reason) {
    return invalid("One or more parameter values were invalid: " + reason);
  }

  /// A change of capacity to what it is.
  ///
  /// @param named what has the capacity, as it is named first
  /// @param again as it is named then
  static AwsServiceException unchanged(
      String named, String again, Throughput present, Throughput wanted) {
    return invalid(
        "The provisioned throughput for "
            + named
            + " will not change. The requested value equals the current value. Current"
            + " ReadCapacityUnits provisioned for "
            + again
            + ": "
            + present.read()
            + ". Requested ReadCapacityUnits: "
            + wanted.read()
            + ". Current WriteCapacityUnits provisioned for "
            + again
            + ": "
            + present.write()
            + ". Requested WriteCapacityUnits: "
            + wanted.write()
            + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request"
            + " higher limits.");
  }

  /// A failure that is not the caller's.
  static AwsServiceException internal() {
    return of(
        InternalServerErrorException.builder(),
        "InternalServerError",
        500,
        "Internal server error");
  }

  /// A member that Polder does not have.
  static AwsServiceException notSupported(String member) {
    return invalid(member + " is not supported");
  }

  /// A caller that may not do what it asks, which is also what the service says of resources that
  /// it does not recognise as its own.
  static AwsServiceException accessDenied(String message) {
    return of(DynamoDbException.builder(), "AccessDeniedException", 400, message);
  }

  static AwsServiceException noTable(String name) {
    return notFound("Requested resource not found: Table: " + name + " not found");
  }

  /// What requests about items say where there is no such table.
  static AwsServiceException noResource() {
    return notFound(NO_RESOURCE);
  }

  static AwsServiceException noStream(String arn) {
    return notFound("Requested resource not found: Stream: " + arn + " not found");
  }

  static AwsServiceException notFound(String message) {
    return of(ResourceNotFoundException.builder(), "ResourceNotFoundException", 400, message);
  }

  /// What requests about backups say where there is no such table.
  static AwsServiceException noTableToBackUp(String name) {
    String message = "Table not found: " + name;
    return of(TableNotFoundException.builder(), "TableNotFoundException", 400, message);
  }

  static AwsServiceException backupInUse(String message) {
    return of(BackupInUseException.builder(), "BackupInUseException", 400, message);
  }

  static AwsServiceException noBackup(String arn) {
    String message = "Backup not found: " + arn;
    return of(BackupNotFoundException.builder(), "BackupNotFoundException", 400, message);
  }

  /// A table to restore into, which is there.
  static AwsServiceException restoredExists(String name) {
    String message = "Table already exists: " + name;
    return of(TableAlreadyExistsException.builder(), "TableAlreadyExistsException", 400, message);
  }

  /// A table to restore into, which another request restores.
  static AwsServiceException restoredInUse(String message) {
    return of(TableInUseException.builder(), "TableInUseException", 400, message);
  }

  static AwsServiceException noRecovery(String table) {
    return of(
        PointInTimeRecoveryUnavailableException.builder(),
        "PointInTimeRecoveryUnavailableException",
        400,
        "Point in time recovery is not enabled for table '" + table + "'");
  }

  static AwsServiceException restoreTime(Instant wanted, Instant earliest, Instant latest) {
    return of(
        InvalidRestoreTimeException.builder(),
        "InvalidRestoreTimeException",
        400,
        "RestoreDateTime '"
            + wanted
            + "' must be within EarliestRestorableDateTime '"
            + earliest
            + "' and LatestRestorableDateTime '"
            + latest
            + "'");
  }

  /// A request about backups or restoring that breaks a rule.
  static AwsServiceException request(String reason) {
    return invalid("Invalid Request: " + reason);
  }

  /// What asks for the policy of a table that has none.
  static AwsServiceException noPolicy(String arn) {
    String message = "Resource-based policy not found for the provided ResourceArn: " + arn;
    return of(PolicyNotFoundException.builder(), "PolicyNotFoundException", 400, message);
  }

  /// @param before what some operations say before the rest
  static AwsServiceException noGlobalTable(String before, @Nullable String name) {
    String message = before + "Global table with name: '" + name + "' does not exist.";
    return of(GlobalTableNotFoundException.builder(), "GlobalTableNotFoundException", 400, message);
  }

  static AwsServiceException tableExists(String name) {
    return inUse("Table already exists: " + name);
  }

  static AwsServiceException inUse(String message) {
    return of(ResourceInUseException.builder(), "ResourceInUseException", 400, message);
  }

  static AwsServiceException limitExceeded(String message) {
    return of(LimitExceededException.builder(), "LimitExceededException", 400, message);
  }

  /// @param item the item as it is, where the request asked for it
  static AwsServiceException conditionFailed(@Nullable Item item) {
    var error = ConditionalCheckFailedException.builder();
    if (item != null) {
      error.item(AttributeValues.sdk(item));
    }
    return of(error, "ConditionalCheckFailedException", 400, CONDITION_FAILED);
  }

  /// A transaction of which nothing was done.
  ///
  /// @param reasons one for each of its actions, in order
  static AwsServiceException cancelled(List<Reason> reasons) {
    String message =
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
            + reasons.stream().map(Reason::code).toList();
    var error =
        TransactionCanceledException.builder()
            .cancellationReasons(reasons.stream().map(Reason::sdk).toList());
    return of(error, "TransactionCanceledException", 400, message);
  }

  /// A statement that inserts an item which is there already.
  static AwsServiceException duplicateItem() {
    return of(DuplicateItemException.builder(), "DuplicateItemException", 400, DUPLICATE);
  }

  /// A client request token that came with another request before.
  static AwsServiceException otherRequest() {
    return of(
        IdempotentParameterMismatchException.builder(),
        "IdempotentParameterMismatchException",
        400,
        "An error occurred (IdempotentParameterMismatchException)");
  }

  static AwsServiceException expiredIterator() {
    return of(
        ExpiredIteratorException.builder(),
        "ExpiredIteratorException",
        400,
        "Iterator expired. The iterator was created more than 15 minutes ago.");
  }

  static AwsServiceException trimmed() {
    return of(
        TrimmedDataAccessException.builder(),
        "TrimmedDataAccessException",
        400,
        "The operation attempted to read past the oldest stream record in a shard.");
  }

  private static AwsServiceException of(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return ServiceErrors.filled(builder, "DynamoDb", code, status, message).build();
  }

  /// Why an action of a transaction kept it from being done, or that it did not.
  ///
  /// @param item the item as it is, where the action asked for it
  record Reason(String code, @Nullable String message, @Nullable Item item) {
    /// The action had nothing against it.
    static final Reason NONE = new Reason("None", null, null);

    static Reason conditionFailed(@Nullable Item item) {
      return new Reason("ConditionalCheckFailed", CONDITION_FAILED, item);
    }

    static Reason invalid(String message) {
      return new Reason("ValidationError", message, null);
    }

    static Reason duplicateItem() {
      return new Reason("DuplicateItem", DUPLICATE, null);
    }

    static Reason noResource() {
      return new Reason("ResourceNotFound", NO_RESOURCE, null);
    }

    static Reason conflict() {
      return new Reason("TransactionConflict", "Transaction is ongoing for the item", null);
    }

    private CancellationReason sdk() {
      var reason = CancellationReason.builder().code(code).message(message);
      if (item != null) {
        reason.item(AttributeValues.sdk(item));
      }
      return reason.build();
    }
  }
}
