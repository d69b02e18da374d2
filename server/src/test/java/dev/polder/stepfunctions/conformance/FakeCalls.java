package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCallException;
import dev.polder.kernel.ServiceCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/// Just so much of other services as the cases need.
final class FakeCalls implements ServiceCalls {
  final Set<String> topics = new HashSet<>();
  final Map<String, String> subscriptions = new HashMap<>();
  final Set<String> tables = new HashSet<>();
  private final Map<String, Map<String, @Nullable Object>> items = new HashMap<>();
  private final Clients clients;
  private final Ids ids;
  private final FakeBuckets buckets;
  private final BiConsumer<String, String> sent;

  /// @param sent told of each message's queue and body
  FakeCalls(Clients clients, Ids ids, FakeBuckets buckets, BiConsumer<String, String> sent) {
    this.clients = clients;
    this.ids = ids;
    this.buckets = buckets;
    this.sent = sent;
  }

  @Override
  public boolean supports(String service, String action) {
    return Set.of("sfn", "sqs", "sns", "dynamodb", "events", "s3", "secretsmanager")
        .contains(service);
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object call(Scope scope, String service, String action, @Nullable Object input) {
    Map<String, @Nullable Object> given = (Map<String, @Nullable Object>) input;
    Objects.requireNonNull(given);
    return switch (service) {
      case "sfn" -> sfn(scope, action, given);
      case "sqs" -> send(given);
      case "sns" -> publish(given);
      case "dynamodb" -> dynamo(action, given);
      case "events" -> put(given);
      case "s3" -> buckets.call(action, given);
      case "secretsmanager" -> new LinkedHashMap<>(Map.of("SecretList", List.of()));
      default -> throw new IllegalStateException(service);
    };
  }

  private Object sfn(Scope scope, String action, Map<String, @Nullable Object> given) {
    try {
      Map<String, @Nullable Object> changed = new LinkedHashMap<>(given);
      for (String json : List.of("Input", "Output")) {
        if (changed.get(json) instanceof Map<?, ?> || changed.get(json) instanceof List<?>) {
          changed.put(json, Json.write(changed.get(json)));
        }
      }
      return SdkJson.json(
          SdkJson.call(clients.get(SfnClient.class, scope), SfnClient.class, action, changed)
              .orElseThrow(),
          SdkJson::pascal);
    } catch (SfnException e) {
      throw refusal(
          "Sfn",
          e.awsErrorDetails().errorCode(),
          e.getClass().getSimpleName(),
          400,
          e.awsErrorDetails().errorMessage());
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static ServiceCallException refusal(
      String service, String code, String exception, int status, String message) {
    return new ServiceCallException(
        service,
        code,
        exception,
        status,
        "8d5ee4f6-1111-4000-8000-000000000000",
        message,
        new IllegalStateException());
  }

  private Object send(Map<String, @Nullable Object> given) {
    String body = String.valueOf(given.get("MessageBody"));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    if (given.get("MessageAttributes") != null) {
      answer.put("MD5OfMessageAttributes", "0".repeat(32));
    }
    answer.put("MD5OfMessageBody", "1".repeat(32));
    answer.put("MessageId", ids.uuid());
    sent.accept(String.valueOf(given.get("QueueUrl")), body);
    return answer;
  }

  private Object publish(Map<String, @Nullable Object> given) {
    String topic = String.valueOf(given.get("TopicArn"));
    if (!topics.contains(topic)) {
      throw refusal("Sns", "NotFound", "NotFoundException", 404, "Topic does not exist");
    }
    if (topic.endsWith(".fifo") && given.get("MessageGroupId") == null) {
      throw refusal(
          "Sns",
          "InvalidParameter",
          "InvalidParameterException",
          400,
          "Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
    }
    String queue = subscriptions.get(topic);
    if (queue != null) {
      sent.accept(queue, String.valueOf(given.get("Message")));
    }
    return new LinkedHashMap<>(Map.of("MessageId", ids.uuid()));
  }

  private Object put(Map<String, @Nullable Object> given) {
    List<Object> results = new ArrayList<>();
    int failed = 0;
    for (Object each : (List<?>) Objects.requireNonNull(given.get("Entries"))) {
      Object detail = ((Map<?, ?>) each).get("Detail");
      boolean object = Json.parse(String.valueOf(detail)) instanceof Map;
      Map<String, Object> result = new LinkedHashMap<>();
      if (object) {
        result.put("EventId", ids.uuid());
      } else {
        failed++;
        result.put("ErrorCode", "MalformedDetail");
        result.put("ErrorMessage", "Detail is malformed.");
      }
      results.add(result);
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("Entries", results);
    answer.put("FailedEntryCount", failed);
    return answer;
  }

  @SuppressWarnings("unchecked")
  private Object dynamo(String action, Map<String, @Nullable Object> given) {
    String table = String.valueOf(given.get("TableName"));
    if (given.containsKey("Item") && given.get("Item") == null) {
      throw refusal(
          "DynamoDb",
          "ValidationException",
          "DynamoDbException",
          400,
          "1 validation error detected: Value null at 'item' failed to satisfy constraint: "
              + "Member must not be null");
    }
    if (!table.matches("[a-zA-Z0-9_.-]+")) {
      throw refusal(
          "DynamoDb",
          "ValidationException",
          "DynamoDbException",
          400,
          "1 validation error detected: Value '"
              + table
              + "' at 'tableName' failed to satisfy constraint: Member must satisfy regular "
              + "expression pattern: [a-zA-Z0-9_.-]+");
    }
    if (!tables.contains(table)) {
      throw refusal(
          "DynamoDb",
          "ResourceNotFoundException",
          "ResourceNotFoundException",
          400,
          "Requested resource not found");
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    switch (action) {
      case "putItem" ->
          items.put(table, new LinkedHashMap<>((Map<String, @Nullable Object>) given.get("Item")));
      case "getItem" -> answer.put("Item", items.get(table));
      case "deleteItem" -> items.remove(table);
      case "query" -> {
        answer.put("Count", 1);
        answer.put("Items", List.of(items.get(table)));
        answer.put("ScannedCount", 1);
      }
      case "updateItem" -> {
        Object value =
            ((Map<?, ?>) Objects.requireNonNull(given.get("ExpressionAttributeValues"))).get(":r");
        Objects.requireNonNull(items.get(table)).put("S", value);
        if (given.get("ReturnValues") != null) {
          answer.put("Attributes", Map.of("S", value));
        }
      }
      default -> throw new IllegalStateException(action);
    }
    return answer;
  }
}
