package dev.polder.cloudformation.sam;

import static dev.polder.cloudformation.sam.ServerlessResource.attribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events of a serverless resource, which can be schedules: `Schedule`, a rule of EventBridge,
/// and `ScheduleV2`, a schedule of EventBridge Scheduler.
///
/// @param target the ARN of what is scheduled
/// @param action what the scheduler must be allowed to do with it
/// @param suffix of a rule's target id
record Schedules(
    ServerlessResource source, Map<String, Object> target, String action, String suffix) {
  private static final Set<String> RULE =
      Set.of("Schedule", "Input", "Name", "Description", "Enabled", "State", "RoleArn");
  private static final Set<String> SCHEDULE =
      Set.of(
          "ScheduleExpression",
          "ScheduleExpressionTimezone",
          "FlexibleTimeWindow",
          "Name",
          "OmitName",
          "State",
          "Input",
          "StartDate",
          "EndDate",
          "Description",
          "GroupName",
          "RetryPolicy",
          "RoleArn");

  Map<String, Object> events() {
    Map<String, Object> resources = new LinkedHashMap<>();
    if (source.properties().get("Events") instanceof Map<?, ?> events) {
      events.forEach((name, event) -> add(String.valueOf(name), event, resources));
    }
    return resources;
  }

  private void add(String name, @Nullable Object event, Map<String, Object> resources) {
    String type = event instanceof Map<?, ?> map ? String.valueOf(map.get("Type")) : "";
    Map<String, Object> given = new LinkedHashMap<>();
    if (event instanceof Map<?, ?> map && map.get("Properties") instanceof Map<?, ?> properties) {
      properties.forEach((property, value) -> given.put(String.valueOf(property), value));
    }
    switch (type) {
      case "Schedule" -> rule(name, given, resources);
      case "ScheduleV2" -> schedule(name, given, resources);
      default ->
          throw ServerlessTransform.invalid(
              source.id(),
              "Event with id [" + name + "] has a type that is not supported: " + type);
    }
  }

  private void allowOnly(String event, Map<String, Object> given, Set<String> known) {
    for (String property : given.keySet()) {
      if (!known.contains(property)) {
        throw ServerlessTransform.invalid(
            source.id(),
            "Event with id [" + event + "] has a property that is not supported: " + property);
      }
    }
  }

  private void rule(String event, Map<String, Object> given, Map<String, Object> resources) {
    allowOnly(event, given, RULE);
    String id = source.id() + event;
    Map<String, Object> rule = new LinkedHashMap<>();
    put(rule, "Name", given.get("Name"));
    put(rule, "Description", given.get("Description"));
    put(rule, "ScheduleExpression", given.get("Schedule"));
    put(rule, "State", given.get("State"));
    if (given.get("Enabled") instanceof Boolean enabled) {
      rule.put("State", enabled ? "ENABLED" : "DISABLED");
    }
    Map<String, Object> to = new LinkedHashMap<>();
    to.put("Id", shortened(id + suffix));
    to.put("Arn", target);
    put(to, "Input", given.get("Input"));
    boolean lambda = action.startsWith("lambda:");
    if (!lambda) {
      to.put("RoleArn", role(id, given, "events.amazonaws.com", resources));
    }
    rule.put("Targets", List.of(to));
    resources.put(id, source.derived("AWS::Events::Rule", rule));
    if (lambda) {
      resources.put(id + "Permission", ServerlessFunction.permission(source, id));
    }
  }

  private static String shortened(String id) {
    return id.length() > 64 ? id.substring(0, 64) : id;
  }

  private void schedule(String event, Map<String, Object> given, Map<String, Object> resources) {
    allowOnly(event, given, SCHEDULE);
    String id = source.id() + event;
    Map<String, Object> schedule = new LinkedHashMap<>();
    if (!Boolean.TRUE.equals(given.get("OmitName"))) {
      Object name = given.get("Name");
      schedule.put("Name", name == null ? id : name);
    }
    for (String property :
        List.of(
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "State",
            "StartDate",
            "EndDate",
            "Description",
            "GroupName")) {
      put(schedule, property, given.get(property));
    }
    Object window = given.get("FlexibleTimeWindow");
    schedule.put("FlexibleTimeWindow", window == null ? Map.of("Mode", "OFF") : window);
    Map<String, Object> to = new LinkedHashMap<>();
    to.put("Arn", target);
    to.put("RoleArn", role(id, given, "scheduler.amazonaws.com", resources));
    put(to, "Input", given.get("Input"));
    put(to, "RetryPolicy", given.get("RetryPolicy"));
    schedule.put("Target", to);
    resources.put(id, source.derived("AWS::Scheduler::Schedule", schedule));
  }

  private Object role(
      String id, Map<String, Object> given, String service, Map<String, Object> resources) {
    Object own = given.get("RoleArn");
    if (own != null) {
      return own;
    }
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", "Allow");
    statement.put("Action", action);
    statement.put("Resource", target);
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("PolicyName", id + "Policy");
    policy.put("PolicyDocument", ServerlessRole.document(statement));
    Map<String, Object> role = new LinkedHashMap<>();
    role.put("AssumeRolePolicyDocument", ServerlessRole.trust(service));
    role.put("Policies", List.of(policy));
    resources.put(id + "Role", source.derived("AWS::IAM::Role", role));
    return attribute(id + "Role", "Arn");
  }

  private static void put(Map<String, Object> to, String name, @Nullable Object value) {
    if (value != null) {
      to.put(name, value);
    }
  }
}
