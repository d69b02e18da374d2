package dev.polder.stepfunctions.integration;

import dev.polder.kernel.ServiceCallException;
import dev.polder.stepfunctions.execution.TaskOutcome;
import java.util.Map;

/// How a service's refusal is told as the error of a task. The two families of integrations tell it
/// differently; both are recorded.
final class ServiceErrors {

  /// A service as the older SDK names it: in error names, and in cause texts.
  private record Names(String errors, String causes) {}

  private static final Map<String, Names> OPTIMIZED =
      Map.ofEntries(
          Map.entry("lambda", new Names("Lambda", "AWSLambda")),
          Map.entry("dynamodb", new Names("DynamoDB", "AmazonDynamoDBv2")),
          Map.entry("sqs", new Names("SQS", "AmazonSQS")),
          Map.entry("sns", new Names("SNS", "AmazonSNS")),
          Map.entry("events", new Names("EventBridge", "AmazonEventBridge")),
          Map.entry("states", new Names("StepFunctions", "AWSStepFunctions")),
          Map.entry("athena", new Names("Athena", "AmazonAthena")),
          Map.entry("glue", new Names("Glue", "AWSGlue")));

  private ServiceErrors() {}

  /// The error of an `aws-sdk` task.
  static TaskOutcome.Failed sdk(ServiceCallException e) {
    String extended = e.service().equals("S3") ? ", Extended Request ID: " + e.requestId() : "";
    return new TaskOutcome.Failed(
        e.service() + "." + e.exceptionName(),
        e.getMessage()
            + " (Service: "
            + e.service()
            + ", Status Code: "
            + e.statusCode()
            + ", Request ID: "
            + e.requestId()
            + extended
            + ")");
  }

  /// The error of an optimized integration.
  ///
  /// @param service the name in the resource's ARN
  static TaskOutcome.Failed optimized(String service, ServiceCallException e) {
    Names names = OPTIMIZED.getOrDefault(service, new Names(e.service(), e.service()));
    boolean modelled = !e.exceptionName().equals(e.service() + "Exception");
    return new TaskOutcome.Failed(
        names.errors() + "." + (modelled ? e.exceptionName() : general(service, e)),
        e.getMessage()
            + " (Service: "
            + names.causes()
            + "; Status Code: "
            + e.statusCode()
            + "; Error Code: "
            + e.errorCode()
            + "; Request ID: "
            + e.requestId()
            + "; Proxy: null)");
  }

  // What the older SDK calls an error that it has no class for.
  private static String general(String service, ServiceCallException e) {
    return service.equals("dynamodb") ? "AmazonDynamoDBException" : e.exceptionName();
  }
}
