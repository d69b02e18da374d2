package dev.polder.iam;

import dev.polder.iam.RequestedActions.Requested;
import dev.polder.iam.policy.Policy;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What is known around a request of a role's session: the values of the keys that conditions may
/// name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
record RequestContext(
    Platform platform, Scope scope, Caller caller, KeptRole role, String operation) {
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";
  private static final String FULL_SCAN = "dynamodb:FullTableScan";
  private static final String RESOURCE_TAG = "aws:ResourceTag/";

  /// @param policies that will be asked: what is dear to find out is found out only if one of them
  ///   names it
  Map<String, List<String>> values(Requested asked, List<Policy> policies) {
    var now = platform.time().instant();
    Map<String, List<String>> values = new HashMap<>();
    String arn = "arn:aws:iam::" + caller.account() + ":role" + role.path() + role.name();
    values.put("aws:PrincipalArn", List.of(arn));
    values.put("aws:PrincipalAccount", List.of(caller.account()));
    values.put("aws:PrincipalType", List.of("AssumedRole"));
    values.put("aws:userid", List.of(caller.userId()));
    values.put("aws:SourceIp", List.of(caller.address()));
    values.put("aws:RequestedRegion", List.of(scope.region()));
    values.put("aws:ResourceAccount", List.of(scope.account()));
    values.put("aws:CurrentTime", List.of(now.toString()));
    values.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    values.put("aws:ViaAWSService", List.of("false"));
    values.put("aws:PrincipalIsAWSService", List.of("false"));
    values.put("aws:MultiFactorAuthPresent", List.of("false"));
    // The endpoint of a service at AWS, for which this one stands, is asked over TLS.
    values.put("aws:SecureTransport", List.of("true"));
    role.tags().forEach((name, value) -> values.put("aws:PrincipalTag/" + name, List.of(value)));
    requestTags(asked.part(), values);
    if (policies.stream().anyMatch(policy -> policy.namesSome(RESOURCE_TAG))) {
      ResourceTags.of(platform.clients(), scope, asked)
          .forEach((name, value) -> values.put(RESOURCE_TAG + name, List.of(value)));
    }
    if (asked.action().startsWith("dynamodb:")) {
      dynamoDb(asked, policies, values);
    } else if (asked.action().startsWith("s3:")) {
      copy(asked.part(), "Prefix", "s3:prefix", values);
      copy(asked.part(), "Delimiter", "s3:delimiter", values);
      copy(asked.part(), "MaxKeys", "s3:max-keys", values);
    }
    return values;
  }

  private static void copy(
      Map<?, ?> part, String member, String key, Map<String, List<String>> values) {
    Object value = part.get(member);
    if (value != null) {
      values.put(key, List.of(String.valueOf(value)));
    }
  }

  private static void requestTags(Map<?, ?> part, Map<String, List<String>> values) {
    Map<String, String> tags = new TreeMap<>();
    if (part.get("Tags") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> tags.put(String.valueOf(name), String.valueOf(value)));
    } else if (part.get("Tags") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> tag) {
          tags.put(String.valueOf(tag.get("Key")), String.valueOf(tag.get("Value")));
        }
      }
    }
    tags.forEach((name, value) -> values.put("aws:RequestTag/" + name, List.of(value)));
    if (!tags.isEmpty()) {
      values.put("aws:TagKeys", List.copyOf(tags.keySet()));
    }
  }

  private void dynamoDb(Requested asked, List<Policy> policies, Map<String, List<String>> values) {
    copy(asked.part(), "Select", "dynamodb:Select", values);
    copy(asked.part(), "ReturnValues", "dynamodb:ReturnValues", values);
    copy(asked.part(), "ReturnConsumedCapacity", "dynamodb:ReturnConsumedCapacity", values);
    if (operation.startsWith("Transact")) {
      values.put("dynamodb:EnclosingOperation", List.of(operation));
    }
    if (policies.stream().anyMatch(policy -> policy.names(LEADING_KEYS))) {
      var dynamo = platform.clients().get(DynamoDbClient.class, scope);
      List<String> keys = LeadingKeys.of(dynamo, scope, asked);
      if (!keys.isEmpty()) {
        values.put(LEADING_KEYS, keys);
      }
    }
    if (asked.action().equals("dynamodb:PartiQLSelect")
        && policies.stream().anyMatch(policy -> policy.names(FULL_SCAN))) {
      var dynamo = platform.clients().get(DynamoDbClient.class, scope);
      boolean scan = LeadingKeys.isScan(dynamo, scope, asked);
      values.put(FULL_SCAN, List.of(Boolean.toString(scan)));
    }
  }
}
