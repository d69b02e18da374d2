package dev.polder.iam;

import dev.polder.kernel.Clients;
import dev.polder.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which actions on which resources an operation asks for.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
final class RequestedActions {
  /// An action and the ARN it is for.
  ///
  /// @param part what of the request is for that resource
  record Requested(String action, String resource, Map<?, ?> part) {
    Requested(String action, String resource) {
      this(action, resource, Map.of());
    }
  }

  private RequestedActions() {}

  /// @param clients for what a request names by an id, such as the query of a work group
  static List<Requested> of(
      Clients clients,
      Scope scope,
      String service,
      String operation,
      Map<String, @Nullable Object> members) {
    return switch (service) {
      case "athena" ->
          AthenaWorkGroups.of(clients, scope, operation, members).stream()
              .map(arn -> new Requested("athena:" + operation, arn, members))
              .toList();
      case "dynamodb" -> DynamoDbActions.of(scope, operation, members);
      case "s3" -> S3Actions.of(operation, members);
      default ->
          List.of(new Requested(action(service, operation), arn(scope, service, members), members));
    };
  }

  private static String action(String service, String operation) {
    return service
        + ":"
        + (service.equals("lambda") && operation.startsWith("Invoke")
            ? "InvokeFunction"
            : operation);
  }

  private static String arn(Scope scope, String service, Map<String, @Nullable Object> members) {
    return switch (service) {
      case "lambda" -> functionArn(scope, members);
      case "glue" -> glueArn(scope, members);
      case "states", "states-sync" ->
          given(
              members,
              List.of(
                  "StateMachineArn", "ExecutionArn", "ActivityArn", "MapRunArn", "ResourceArn"));
      case "logs" -> logsArn(scope, members);
      case "cloudformation" -> stackArn(scope, members);
      default ->
          members.entrySet().stream()
              .filter(each -> each.getKey().endsWith("Arn") && each.getValue() instanceof String)
              .map(each -> String.valueOf(each.getValue()))
              .findFirst()
              .orElse("*");
    };
  }

  private static String functionArn(Scope scope, Map<String, @Nullable Object> members) {
    if (!(members.get("FunctionName") instanceof String name)) {
      return "*";
    }
    int colon = name.indexOf(":function:");
    String arn =
        name.startsWith("arn:")
            ? name
            : scope
                .arn("lambda", "function:" + (colon < 0 ? name : name.substring(colon + 10)))
                .toString();
    return members.get("Qualifier") instanceof String qualifier ? arn + ":" + qualifier : arn;
  }

  private static String logsArn(Scope scope, Map<String, @Nullable Object> members) {
    if (!(members.get("LogGroupName") instanceof String group)) {
      return given(members, List.of("LogGroupIdentifier", "ResourceArn"));
    }
    Object stream = members.getOrDefault("LogStreamName", "");
    return scope.arn("logs", "log-group:" + group + ":log-stream:" + stream).toString();
  }

  private static String stackArn(Scope scope, Map<String, @Nullable Object> members) {
    if (!(members.get("StackName") instanceof String name)) {
      return "*";
    }
    return name.startsWith("arn:")
        ? name
        : scope.arn("cloudformation", "stack/" + name + "/*").toString();
  }

  private static String glueArn(Scope scope, Map<String, @Nullable Object> members) {
    Object database = members.get("DatabaseName");
    Object table = members.getOrDefault("TableName", members.get("Name"));
    if (database != null && table != null) {
      return scope.arn("glue", "table/" + database + "/" + table).toString();
    }
    if (database != null) {
      return scope.arn("glue", "database/" + database).toString();
    }
    return members.get("CrawlerName") instanceof String name
        ? scope.arn("glue", "crawler/" + name).toString()
        : members.get("Name") instanceof String crawler
            ? scope.arn("glue", "crawler/" + crawler).toString()
            : "*";
  }

  static String given(Map<String, @Nullable Object> members, List<String> names) {
    for (String name : names) {
      if (members.get(name) instanceof String value) {
        return value;
      }
    }
    return "*";
  }

  /// S3: buckets and objects, whose actions are not always called as the operations are.
  private static final class S3Actions {
    private static final Map<String, String> NAMES =
        Map.ofEntries(
            Map.entry("HeadObject", "GetObject"),
            Map.entry("SelectObjectContent", "GetObject"),
            Map.entry("HeadBucket", "ListBucket"),
            Map.entry("ListObjects", "ListBucket"),
            Map.entry("ListObjectsV2", "ListBucket"),
            Map.entry("ListObjectVersions", "ListBucketVersions"),
            Map.entry("ListBuckets", "ListAllMyBuckets"),
            Map.entry("CreateMultipartUpload", "PutObject"),
            Map.entry("UploadPart", "PutObject"),
            Map.entry("CompleteMultipartUpload", "PutObject"),
            Map.entry("CopyObject", "PutObject"),
            Map.entry("UploadPartCopy", "PutObject"),
            Map.entry("ListParts", "ListMultipartUploadParts"),
            Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
            Map.entry("DeleteObjects", "DeleteObject"),
            Map.entry("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
            Map.entry("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
            Map.entry("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
            Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"),
            Map.entry("PutBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("DeleteBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("GetBucketNotificationConfiguration", "GetBucketNotification"),
            Map.entry("PutBucketNotificationConfiguration", "PutBucketNotification"),
            Map.entry("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
            Map.entry("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("DeleteBucketTagging", "PutBucketTagging"));

    static List<Requested> of(String operation, Map<String, @Nullable Object> members) {
      String action = "s3:" + NAMES.getOrDefault(operation, operation);
      Object bucket = members.get("Bucket");
      if (bucket == null || bucket.equals("")) {
        return List.of(new Requested(action, "*"));
      }
      String arn = "arn:aws:s3:::" + bucket;
      List<Requested> requested = new ArrayList<>();
      if (members.get("CopySource") instanceof String source) {
        String from = source.startsWith("/") ? source.substring(1) : source;
        requested.add(new Requested("s3:GetObject", "arn:aws:s3:::" + from.split("\\?", 2)[0]));
      }
      if (operation.equals("DeleteObjects")
          && members.get("Delete") instanceof Map<?, ?> delete
          && delete.get("Objects") instanceof List<?> objects) {
        objects.forEach(each ->
            requested.add(
                new Requested(
                    action, arn + "/" + (each instanceof Map<?, ?> map ? map.get("Key") : each))));
      } else if (members.get("Key") instanceof String key && !key.isEmpty()) {
        requested.add(new Requested(action, arn + "/" + key));
      } else {
        requested.add(new Requested(action, arn, members));
      }
      return requested;
    }
  }
}
