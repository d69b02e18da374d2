package dev.polder.appsync.run;

import dev.polder.appsync.run.Trace.Kind;
import dev.polder.appsync.run.Trace.Span;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Calls of services on behalf of one resolver, each in a span of its own: the one place where such
/// a call is made.
///
/// @param span of the resolver
record Calls(Services services, Trace trace, Span span) {

  /// Calls DynamoDB.
  ///
  /// @param operation such as `Query`
  /// @param target the table, or table and index
  <T> T dynamo(String operation, String target, Function<DynamoDbClient, T> call) {
    return call(
        "DynamoDB." + operation,
        Map.of("aws.operation", operation, "aws.table_name", target),
        () -> call.apply(services.dynamo()));
  }

  /// Calls a service.
  ///
  /// @param name of the span
  <T> T call(String name, Map<String, String> attributes, java.util.function.Supplier<T> call) {
    try (Span within = trace.open(span, Kind.CALL, name, attributes)) {
      try {
        return within.within(call);
      } catch (RuntimeException e) {
        within.failed(e);
        throw e;
      }
    }
  }
}
