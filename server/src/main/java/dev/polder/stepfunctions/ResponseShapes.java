package dev.polder.stepfunctions;

import dev.polder.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known of responses besides the SDK's shapes: members that must be there, the bounds of
/// values, and the shapes of services that have no SDK here. Only what tasks often call is listed.
final class ResponseShapes {
  private static final Pattern BOUNDS = Pattern.compile("(?:(\\d+))?\\.\\.(?:(\\d+))?");

  /// Members that must be there in a response of Step Functions
  /// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html).
  private static final String REQUIRED =
      """
      {"sfn": {
        "createActivity": ["ActivityArn", "CreationDate"],
        "createStateMachine": ["StateMachineArn", "CreationDate"],
        "createStateMachineAlias": ["StateMachineAliasArn", "CreationDate"],
        "describeActivity": ["ActivityArn", "Name", "CreationDate"],
        "describeExecution": ["ExecutionArn", "StateMachineArn", "Status", "StartDate"],
        "describeStateMachine":
          ["StateMachineArn", "Name", "Definition", "RoleArn", "Type", "CreationDate"],
        "describeStateMachineForExecution":
          ["StateMachineArn", "Name", "Definition", "RoleArn", "UpdateDate"],
        "getExecutionHistory": ["Events"],
        "listActivities": ["Activities"],
        "listExecutions": ["Executions"],
        "listMapRuns": ["MapRuns"],
        "listStateMachineAliases": ["StateMachineAliases"],
        "listStateMachineVersions": ["StateMachineVersions"],
        "listStateMachines": ["StateMachines"],
        "publishStateMachineVersion": ["CreationDate", "StateMachineVersionArn"],
        "redriveExecution": ["RedriveDate"],
        "startExecution": ["ExecutionArn", "StartDate"],
        "startSyncExecution": ["ExecutionArn", "StartDate", "StopDate", "Status"],
        "stopExecution": ["StopDate"],
        "updateStateMachine": ["UpdateDate"],
        "updateStateMachineAlias": ["UpdateDate"],
        "validateStateMachineDefinition": ["Result", "Diagnostics"]}}
      """;

  /// Bounds of members by service: of a number's value, of a string's or a list's length.
  private static final String LIMITS =
      """
      {"lambda": {
         "MemorySize": "128..10240", "MaximumRetryAttempts": "0..10000",
         "ReservedConcurrentExecutions": "0..", "ProvisionedConcurrentExecutions": "1..",
         "BatchSize": "1..10000", "ParallelizationFactor": "1..10", "Description": "0..256",
         "NextMarker": "1..", "CodeSha256": "1..", "FunctionName": "1..170"},
       "sfn": {
         "ExecutionArn": "1..256", "StateMachineArn": "1..256", "ActivityArn": "1..256",
         "Name": "1..80", "NextToken": "1..1024", "TaskToken": "1..2048",
         "Error": "0..256", "Cause": "0..32768", "RoleArn": "1..256", "RedriveCount": "0.."},
       "dynamodb": {
         "TableName": "1..1024", "IndexName": "3..255", "KeySchema": "1..2",
         "ReadCapacityUnits": "0..", "WriteCapacityUnits": "0.."},
       "athena": {
         "QueryExecutionId": "1..128", "NextToken": "1..1024", "NamedQueryId": "1..128"},
       "glue": {
         "Name": "1..255", "DatabaseName": "1..255", "TableName": "1..255", "JobRunId": "1..255"},
       "scheduler": {"Name": "1..64", "GroupName": "1..64", "NextToken": "1..2048"}}
      """;

  /// Shapes of responses of services that Polder has no SDK of. A type with `!` must be there.
  private static final String SHAPES =
      """
      {"events:putEvents": {
         "FailedEntryCount": "number",
         "Entries": [{"EventId": "string", "ErrorCode": "string", "ErrorMessage": "string"}]},
       "sqs:sendMessage": {
         "MD5OfMessageBody": "string", "MD5OfMessageAttributes": "string",
         "MD5OfMessageSystemAttributes": "string", "MessageId": "string",
         "SequenceNumber": "string"},
       "sqs:receiveMessage": {
         "Messages": [{
           "MessageId": "string", "ReceiptHandle": "string", "MD5OfBody": "string",
           "Body": "string", "Attributes": {}, "MD5OfMessageAttributes": "string",
           "MessageAttributes": {}}]},
       "sns:publish": {"MessageId": "string", "SequenceNumber": "string"},
       "sns:createTopic": {"TopicArn": "string"},
       "kms:encrypt": {
         "CiphertextBlob": "string 1..6144", "KeyId": "string 1..2048",
         "EncryptionAlgorithm": "string"},
       "kms:decrypt": {
         "KeyId": "string 1..2048", "Plaintext": "string 1..4096", "EncryptionAlgorithm": "string",
         "CiphertextForRecipient": "string 1..6144", "KeyMaterialId": "string 64..64"},
       "kms:reEncrypt": {
         "CiphertextBlob": "string 1..6144", "SourceKeyId": "string 1..2048",
         "KeyId": "string 1..2048", "SourceEncryptionAlgorithm": "string",
         "DestinationEncryptionAlgorithm": "string"},
       "kms:generateDataKey": {
         "CiphertextBlob": "string 1..6144", "Plaintext": "string 1..4096",
         "KeyId": "string 1..2048", "CiphertextForRecipient": "string 1..6144",
         "KeyMaterialId": "string 64..64"},
       "kms:sign": {
         "KeyId": "string 1..2048", "Signature": "string 1..6144", "SigningAlgorithm": "string"},
       "kms:verify": {
         "KeyId": "string 1..2048", "SignatureValid": "boolean", "SigningAlgorithm": "string"},
       "secretsmanager:getSecretValue": {
         "ARN": "string 20..2048", "Name": "string 1..256", "VersionId": "string 32..64",
         "SecretBinary": "string 1..65536", "SecretString": "string 1..65536",
         "VersionStages": ["string 1..256"], "CreatedDate": "string"},
       "secretsmanager:createSecret": {
         "ARN": "string 20..2048", "Name": "string 1..256", "VersionId": "string 32..64"},
       "ssm:getParameter": {
         "Parameter": {
           "Name": "string 1..2048", "Type": "string", "Value": "string", "Version": "number",
           "Selector": "string 0..128", "SourceResult": "string", "LastModifiedDate": "string",
           "ARN": "string", "DataType": "string 0..128"}},
       "ecs:runTask": {"tasks": [{}], "failures": [{}], "Tasks": [{}], "Failures": [{}]},
       "batch:submitJob": {"JobArn": "string", "JobName": "string!", "JobId": "string!"}}
      """;

  private static final Map<String, Object> ALL_REQUIRED = Json.parseObject(REQUIRED);
  private static final Map<String, Object> ALL_LIMITS = Json.parseObject(LIMITS);
  private static final Map<String, Object> ALL_SHAPES = Json.parseObject(SHAPES);

  private ResponseShapes() {}

  /// The members that the response of an operation must have, besides what the SDK says.
  static List<?> required(String service, String action) {
    return ALL_REQUIRED.get(service) instanceof Map<?, ?> operations
            && operations.get(action) instanceof List<?> members
        ? members
        : List.of();
  }

  /// The shape of a response of a service without SDK.
  static Optional<Map<?, ?>> shape(String service, String action) {
    return ALL_SHAPES.get(service + ":" + action) instanceof Map<?, ?> shape
        ? Optional.of(shape)
        : Optional.empty();
  }

  /// Refuses a value of a member of a service that is out of its bounds.
  static void limited(String service, String member, Object value) {
    if (ALL_LIMITS.get(service) instanceof Map<?, ?> members
        && members.get(member) instanceof String bounds) {
      limited(member, value, bounds);
    }
  }

  /// Refuses members that do not fit a shape.
  static void check(Map<?, ?> shape, Map<?, ?> members, boolean strict) {
    for (Map.Entry<?, ?> each : shape.entrySet()) {
      String name = (String) each.getKey();
      Object type = each.getValue();
      Object value = members.get(name);
      if (value != null) {
        check(name, type, value, strict);
      } else if (strict && type instanceof String text && text.endsWith("!")) {
        throw MockedResult.wrong("Required field '" + name + "' is missing");
      }
    }
  }

  private static void check(String name, @Nullable Object type, Object value, boolean strict) {
    switch (type) {
      case Map<?, ?> shape ->
          check(shape, MockedResult.typed(Map.class, "an object", name, value), strict);
      case List<?> list -> {
        for (Object each : MockedResult.typed(List.class, "an array", name, value)) {
          if (each != null) {
            check(name, list.getFirst(), each, strict);
          }
        }
      }
      case String text -> {
        String[] words = text.replace("!", "").split(" ", -1);
        switch (words[0]) {
          case "number" -> MockedResult.typed(Number.class, "a number", name, value);
          case "boolean" -> MockedResult.typed(Boolean.class, "a boolean", name, value);
          default -> MockedResult.typed(String.class, "a string", name, value);
        }
        if (words.length > 1) {
          limited(name, value, words[1]);
        }
      }
      case null, default -> {}
    }
  }

  private static void limited(String name, Object value, String bounds) {
    Matcher matcher = BOUNDS.matcher(bounds);
    if (!matcher.matches()) {
      throw new IllegalStateException("No bounds: " + bounds);
    }
    long least = matcher.group(1) == null ? Long.MIN_VALUE : Long.parseLong(matcher.group(1));
    long most = matcher.group(2) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    switch (value) {
      case Number number -> {
        if (number.doubleValue() < least) {
          throw MockedResult.wrong("Field '" + name + "' is less than the minimum value");
        }
        if (number.doubleValue() > most) {
          throw MockedResult.wrong("Field '" + name + "' exceeds the maximum value");
        }
      }
      case String text -> length(name, text.length(), least, most);
      case List<?> list -> length(name, list.size(), least, most);
      default -> {}
    }
  }

  private static void length(String name, int length, long least, long most) {
    if (length < least) {
      throw MockedResult.wrong("Field '" + name + "' is smaller than the minimum length");
    }
    if (length > most) {
      throw MockedResult.wrong("Field '" + name + "' exceeds the maximum length");
    }
  }
}
