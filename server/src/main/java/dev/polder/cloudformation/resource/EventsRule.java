package dev.polder.cloudformation.resource;

import dev.polder.cloudformation.template.Values;
import dev.polder.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;

/// `AWS::Events::Rule` with a schedule and one target. It is kept as a schedule of the scheduler in
/// the default group, whose target receives what a rule would send it. Rules that match events are
/// not supported.
final class EventsRule implements ResourceType {
  @Override
  public String name() {
    return "AWS::Events::Rule";
  }

  @Override
  public Shape.Struct properties() {
    Shape target =
        new Shape.Struct(
            Map.of(
                "Arn", Shape.SCALAR,
                "Id", Shape.SCALAR,
                "Input", Shape.SCALAR,
                "RoleArn", Shape.SCALAR),
            Set.of("Arn", "Id"));
    return new Shape.Struct(
        Map.of(
            "Name", Shape.SCALAR,
            "Description", Shape.SCALAR,
            "ScheduleExpression", Shape.SCALAR,
            "State", Shape.SCALAR,
            "Targets", new Shape.ListOf(target)),
        Set.of("ScheduleExpression", "Targets"));
  }

  @Override
  public List<String> problems(Map<String, Object> written) {
    return written.get("Targets") instanceof List<?> targets && targets.size() != 1
        ? List.of("#/Targets: exactly one target is supported")
        : List.of();
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("Name");
  }

  private static String arn(ResourceCall call, String name) {
    return call.scope().arn("events", "rule/" + name).toString();
  }

  private static Map<String, Object> schedule(ResourceCall call, String name) {
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("Name", name);
    schedule.put("GroupName", "default");
    schedule.put("ScheduleExpression", call.text("ScheduleExpression"));
    schedule.put("State", call.has("State") ? call.text("State") : "ENABLED");
    schedule.put("FlexibleTimeWindow", Map.of("Mode", "OFF"));
    if (call.has("Description")) {
      schedule.put("Description", call.text("Description"));
    }
    Map<String, Object> target = new LinkedHashMap<>();
    if (call.properties().get("Targets") instanceof List<?> targets
        && targets.getFirst() instanceof Map<?, ?> given) {
      target.put("Arn", Values.text(given.get("Arn")));
      Object role = given.get("RoleArn");
      target.put(
          "RoleArn",
          role == null
              ? "arn:aws:iam::" + call.scope().account() + ":role/events"
              : Values.text(role));
      Object input = given.get("Input");
      target.put("Input", input == null ? event(call, name) : Values.text(input));
    }
    schedule.put("Target", target);
    return schedule;
  }

  /// What a rule with a schedule sends.
  /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
  private static String event(ResourceCall call, String name) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", "<aws.scheduler.execution-id>");
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", call.scope().account());
    event.put("time", "<aws.scheduler.scheduled-time>");
    event.put("region", call.scope().region());
    event.put("resources", List.of(arn(call, name)));
    event.put("detail", Map.of());
    return Json.write(event);
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("Name", 64);
    call.make(
        ConflictException.class,
        () ->
            call.client(SchedulerClient.class)
                .createSchedule(
                    Shape.fill(CreateScheduleRequest.builder(), schedule(call, name)).build()));
    return Made.named(name, Map.of("Arn", arn(call, name)));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    call.client(SchedulerClient.class)
        .updateSchedule(
            Shape.fill(UpdateScheduleRequest.builder(), schedule(call, before.physicalId()))
                .build());
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(SchedulerClient.class)
                .deleteSchedule(b -> b.name(made.physicalId()).groupName("default")));
  }
}
