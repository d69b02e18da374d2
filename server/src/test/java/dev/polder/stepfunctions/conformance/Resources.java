package dev.polder.stepfunctions.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts in place what a case says must be there.
final class Resources {
  private Resources() {}

  static void add(Rig rig, Map<String, @Nullable Object> resource) {
    String name = String.valueOf(resource.get("name"));
    switch (String.valueOf(resource.get("type"))) {
      case "lambda" -> rig.functions.add(name, behaviour(resource));
      case "s3_bucket" -> rig.buckets.buckets.put(name, new TreeMap<>());
      case "sns_topic" -> rig.calls.topics.add("arn:aws:sns:us-east-1:111111111111:" + name);
      case "dynamodb_table" -> rig.calls.tables.add(table(resource, name));
      case "activity_consumer_state_machine" -> consumer(rig, resource);
      default -> {}
    }
  }

  private static String behaviour(Map<String, @Nullable Object> resource) {
    if (resource.get("behaviour") instanceof String told) {
      return told;
    }
    return String.valueOf(resource.get("source")).contains("raise_exception")
        ? "raises Exception(\"Some exception was raised.\")"
        : "echo";
  }

  private static String table(Map<String, @Nullable Object> resource, String name) {
    return resource.get("args") instanceof Map<?, ?> args && args.get("table_name") != null
        ? String.valueOf(args.get("table_name"))
        : name;
  }

  private static void consumer(Rig rig, Map<String, @Nullable Object> resource) {
    String activity = String.valueOf(resource.get("activity_arn"));
    String name = activity.substring(activity.lastIndexOf(':') + 1);
    rig.client().createActivity(b -> b.name(name));
    String machine =
        rig.client()
            .createStateMachine(b ->
                b.name("consumer-" + name)
                    .definition(RecordedCase.python(resource.get("definition")))
                    .roleArn("arn:aws:iam::111111111111:role/consumer"))
            .stateMachineArn();
    rig.client()
        .startExecution(b ->
            b.stateMachineArn(machine).input(RecordedCase.python(Map.of("ActivityArn", activity))));
  }

  private static byte[] body(@Nullable Object value) {
    Object text = value;
    if (value instanceof Map<?, ?> m) {
      text = m.containsKey("$bytes") ? m.get("$bytes") : m.get("$opaque");
    }
    return String.valueOf(text)
        .replaceAll("^bytearray\\(b'(.*)'\\)$", "$1")
        .getBytes(StandardCharsets.UTF_8);
  }

  static void setUp(Rig rig, Map<String, @Nullable Object> call) {
    Map<?, ?> args = call.get("args") instanceof Map<?, ?> m ? m : Map.of();
    switch (call.get("service") + ":" + call.get("op")) {
      case "s3:put_object" -> {
        TreeMap<String, byte[]> bucket =
            rig.buckets.buckets.computeIfAbsent(
                String.valueOf(args.get("Bucket")), _ -> new TreeMap<>());
        bucket.put(String.valueOf(args.get("Key")), body(args.get("Body")));
      }
      case "sns:delete_topic" -> rig.calls.topics.remove(String.valueOf(args.get("TopicArn")));
      case "sns:subscribe" ->
          rig.calls.subscriptions.put(
              String.valueOf(args.get("TopicArn")), String.valueOf(args.get("Endpoint")));
      default -> {}
    }
  }
}
