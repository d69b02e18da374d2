package dev.polder.appsync.run;

import dev.polder.kernel.trace.Span;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Calls of services on behalf of one resolver, each in a span of its own: the one place where such
/// a call is made.
///
/// @param span of the resolver
record Calls(Services services, Span span) {

  /// Calls DynamoDB.
  ///
  /// @param operation such as `Query`
  /// @param target the table, or table and index
  <T> T dynamo(String operation, String target, Function<DynamoDbClient, T> call) {
    return call(
        "DynamoDB",
        Map.of("aws.operation", operation, "aws.table_name", target),
        () -> call.apply(services.dynamo()));
  }

  /// Calls a function of Lambda.
  <T> T invoke(String function, LambdaClient client, Function<LambdaClient, T> call) {
    return call(
        "Lambda",
        Map.of("aws.operation", "Invoke", "aws.function_name", function),
        () -> call.apply(client));
  }

  /// Makes any other call.
  ///
  /// @param service what is called, the name of the span
  <T extends @Nullable Object> T call(
      String service, Map<String, String> attributes, Supplier<T> call) {
    try (Span within = span.child(Span.Kind.SUBSEGMENT, service, attributes)) {
      try {
        return within.within(call);
      } catch (RuntimeException e) {
        failed(within, e);
        throw e;
      }
    }
  }

  /// Notes that a resolver or a call failed, and whether the caller is to blame.
  static void failed(Span span, RuntimeException cause) {
    boolean caller =
        cause instanceof FieldException
            || cause instanceof AwsServiceException refused && refused.statusCode() < 500;
    span.failed(cause.getClass().getSimpleName(), String.valueOf(cause.getMessage()), caller);
  }
}
