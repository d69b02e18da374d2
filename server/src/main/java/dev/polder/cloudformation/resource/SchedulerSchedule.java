package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;

/// `AWS::Scheduler::Schedule`.
final class SchedulerSchedule implements ResourceType {
  @Override
  public String name() {
    return "AWS::Scheduler::Schedule";
  }

  @Override
  public Shape.Struct properties() {
    return Shape.of(CreateScheduleRequest.builder())
        .without("ClientToken", "ActionAfterCompletion")
        .requiring("FlexibleTimeWindow", "ScheduleExpression", "Target");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("Name", "GroupName");
  }

  static String group(ResourceCall call) {
    return call.has("GroupName") ? call.text("GroupName") : "default";
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("Name", 64);
    var request =
        Shape.fill(CreateScheduleRequest.builder(), call.properties())
            .name(name)
            .groupName(group(call))
            .build();
    call.make(
        ConflictException.class, () -> call.client(SchedulerClient.class).createSchedule(request));
    String arn = call.scope().arn("scheduler", "schedule/" + group(call) + "/" + name).toString();
    return Made.named(name, Map.of("Arn", arn));
  }

  @Override
  public Made update(ResourceCall call, Made before, Map<String, Object> old) {
    var request =
        Shape.fill(UpdateScheduleRequest.builder(), call.properties())
            .name(before.physicalId())
            .groupName(group(call))
            .build();
    call.client(SchedulerClient.class).updateSchedule(request);
    return before;
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(SchedulerClient.class)
                .deleteSchedule(b -> b.name(made.physicalId()).groupName(group(call))));
  }
}
