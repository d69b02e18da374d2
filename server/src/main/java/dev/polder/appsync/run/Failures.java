package dev.polder.appsync.run;

import static java.lang.System.Logger.Level.ERROR;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/// What went wrong in a resolver, as an error of GraphQL.
final class Failures {
  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  /// The error that a throwable becomes.
  static FieldException of(Throwable thrown) {
    return switch (thrown) {
      case FieldException known -> known;
      case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
      case DynamoDbException e ->
          new FieldException("DynamoDB:" + code(e), described(e, message(e), "DynamoDb"));
      case LambdaException e ->
          new FieldException("Lambda:" + code(e), described(e, message(e), "Lambda"));
      default -> {
        LOG.log(ERROR, "A resolver failed", thrown);
        yield new FieldException("InternalFailure", "An internal failure occurred.");
      }
    };
  }

  /// A condition that did not hold within a transaction, as if the write had been alone.
  static FieldException conditionFailed(AwsServiceException e) {
    return new FieldException(
        "DynamoDB:ConditionalCheckFailedException",
        described(e, "The conditional request failed", "DynamoDb"));
  }

  private static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? e.getClass().getSimpleName() : code;
  }

  private static String message(AwsServiceException e) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return message == null ? String.valueOf(e.getMessage()) : message;
  }

  // Ids of DynamoDB's requests are of letters and digits alone, and clients' patterns know it.
  private static String described(AwsServiceException e, String message, String service) {
    String id = String.valueOf(e.requestId());
    return "%s (Service: %s, Status Code: %d, Request ID: %s, Extended Request ID: null)"
        .formatted(
            message,
            service,
            e.statusCode() == 0 ? 400 : e.statusCode(),
            service.equals("DynamoDb") ? id.replace("-", "").toUpperCase(Locale.ROOT) : id);
  }
}
