package dev.polder.iam;

import dev.polder.iam.RequestedActions.Requested;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Scope;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The tags of what a request is for: `aws:ResourceTag/…`. An index or a stream has those of its
/// table. What has no tags at AWS, such as an execution, an object or a table of a catalogue, has
/// none. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
final class ResourceTags {
  private ResourceTags() {}

  static Map<String, String> of(Clients clients, Scope scope, Requested asked) {
    String[] parts = asked.resource().split(":", 6);
    if (parts.length < 6) {
      return Map.of();
    }
    try {
      return of(clients, scope, asked.resource(), parts[2], parts[5]);
    } catch (SdkException _) {
      // There is no such thing, which the service itself will say.
      return Map.of();
    }
  }

  private static Map<String, String> of(
      Clients clients, Scope scope, String arn, String service, String name) {
    return switch (service) {
      case "dynamodb" -> table(clients.get(DynamoDbClient.class, scope), scope, name);
      case "lambda" -> function(clients.get(LambdaClient.class, scope), scope, name);
      case "states" -> machine(clients.get(SfnClient.class, scope), arn, name);
      case "athena" -> group(clients.get(AthenaClient.class, scope), arn, name);
      case "glue" -> crawler(clients.get(GlueClient.class, scope), arn, name);
      case "logs" -> logs(clients.get(CloudWatchLogsClient.class, scope), scope, name);
      default -> Map.of();
    };
  }

  private static Map<String, String> table(DynamoDbClient client, Scope scope, String name) {
    String[] path = name.split("/", 3);
    if (path.length < 2) {
      return Map.of();
    }
    Map<String, String> tags = new HashMap<>();
    client
        .listTagsOfResource(
            b -> b.resourceArn(scope.arn("dynamodb", "table/" + path[1]).toString()))
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static Map<String, String> function(LambdaClient client, Scope scope, String name) {
    String[] path = name.split(":");
    return path.length < 2 || !path[0].equals("function")
        ? Map.of()
        : client
            .listTags(b -> b.resource(scope.arn("lambda", "function:" + path[1]).toString()))
            .tags();
  }

  private static Map<String, String> machine(SfnClient client, String arn, String name) {
    Map<String, String> tags = new HashMap<>();
    if (name.startsWith("stateMachine:") || name.startsWith("activity:")) {
      client
          .listTagsForResource(b -> b.resourceArn(arn))
          .tags()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
    }
    return tags;
  }

  private static Map<String, String> group(AthenaClient client, String arn, String name) {
    Map<String, String> tags = new HashMap<>();
    if (name.startsWith("workgroup/")) {
      client
          .listTagsForResource(b -> b.resourceARN(arn))
          .tags()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
    }
    return tags;
  }

  private static Map<String, String> crawler(GlueClient client, String arn, String name) {
    return name.startsWith("crawler/") ? client.getTags(b -> b.resourceArn(arn)).tags() : Map.of();
  }

  private static Map<String, String> logs(CloudWatchLogsClient client, Scope scope, String name) {
    String[] path = name.split(":");
    return path.length < 2
        ? Map.of()
        : client
            .listTagsForResource(
                b -> b.resourceArn(scope.arn("logs", "log-group:" + path[1]).toString()))
            .tags();
  }
}
