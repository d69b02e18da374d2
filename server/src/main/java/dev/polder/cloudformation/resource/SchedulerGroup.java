package dev.polder.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/// `AWS::Scheduler::ScheduleGroup`. Other tags make a new group.
final class SchedulerGroup implements ResourceType {
  @Override
  public String name() {
    return "AWS::Scheduler::ScheduleGroup";
  }

  @Override
  public Shape.Struct properties() {
    return new Shape.Struct(Map.of("Name", Shape.SCALAR, "Tags", Shape.TAGS), Set.of());
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Set<String> replacing() {
    return Set.of("Name", "Tags");
  }

  @Override
  public Made create(ResourceCall call) {
    String name = call.name("Name", 64);
    var request =
        Shape.fill(CreateScheduleGroupRequest.builder(), call.properties()).name(name).build();
    String arn = call.scope().arn("scheduler", "schedule-group/" + name).toString();
    call.make(
        ConflictException.class,
        () -> call.client(SchedulerClient.class).createScheduleGroup(request));
    return Made.named(name, Map.of("Arn", arn));
  }

  @Override
  public void delete(ResourceCall call, Made made) {
    ResourceCall.remove(
        ResourceNotFoundException.class,
        () ->
            call.client(SchedulerClient.class).deleteScheduleGroup(b -> b.name(made.physicalId())));
  }
}
