package dev.polder.scheduler;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.scheduler.Schedules.Found;
import dev.polder.store.Batch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;

/// Schedules.
final class ScheduleOperations {
  private final Scope scope;
  private final Platform platform;
  private final Schedules schedules;
  private final Dispatcher dispatcher;
  private final GroupOperations groups;
  private final Definition definition;

  ScheduleOperations(
      Scope scope,
      Platform platform,
      Schedules schedules,
      Dispatcher dispatcher,
      GroupOperations groups) {
    this.scope = scope;
    this.platform = platform;
    this.schedules = schedules;
    this.dispatcher = dispatcher;
    this.groups = groups;
    this.definition = new Definition(scope, platform.calls());
  }

  /// Creates a schedule. The same request again, with the same client token, changes nothing.
  CreateScheduleResponse create(CreateScheduleRequest request) {
    Instant now = now();
    Schedule made = definition.read(request, platform.ids().uuid(), now, now).begin();
    for (boolean created = false; !created; ) {
      Optional<Found<Schedule>> present = schedules.find(made.name());
      if (present.isPresent()) {
        if (!isRepeated(made.clientToken(), present.get().value().clientToken())) {
          throw SchedulerErrors.scheduleExists(made.name().name());
        }
        break;
      }
      Batch batch = groups.require(new Batch(), made.name().group());
      created = schedules.tryCommit(schedules.replace(batch, null, made));
    }
    dispatcher.wake();
    return CreateScheduleResponse.builder().scheduleArn(made.name().arn()).build();
  }

  /// Replaces a schedule whole: what the request leaves out goes back to its default.
  UpdateScheduleResponse update(UpdateScheduleRequest request) {
    ScheduleName name = definition.name(request.groupName(), request.name());
    for (boolean changed = false; !changed; ) {
      Found<Schedule> old = existing(name);
      Schedule present = old.value();
      Schedule next =
          definition
              .read(Definition.asCreation(request), present.incarnation(), present.created(), now())
              .begin();
      changed = schedules.tryCommit(schedules.replace(new Batch(), old, next));
    }
    dispatcher.wake();
    return UpdateScheduleResponse.builder().scheduleArn(name.arn()).build();
  }

  /// Deletes a schedule. An invocation that has begun is not taken back.
  DeleteScheduleResponse delete(DeleteScheduleRequest request) {
    ScheduleName name = definition.name(request.groupName(), request.name());
    for (boolean deleted = false; !deleted; ) {
      deleted = schedules.tryCommit(schedules.replace(new Batch(), existing(name), null));
    }
    dispatcher.wake();
    return DeleteScheduleResponse.builder().build();
  }

  GetScheduleResponse get(GetScheduleRequest request) {
    return Answers.schedule(existing(definition.name(request.groupName(), request.name())).value());
  }

  /// Lists schedules in the order of group and name.
  ListSchedulesResponse list(ListSchedulesRequest request) {
    if (request.groupName() != null) {
      groups.group(Definition.checkedName("scheduleGroup", request.groupName()));
    }
    ScheduleState state = request.state();
    if (state == ScheduleState.UNKNOWN_TO_SDK_VERSION) {
      throw SchedulerErrors.constraint(
          "state",
          request.stateAsString(),
          "Member must satisfy enum value set: [ENABLED, DISABLED]");
    }
    List<String> after = Page.after(request.nextToken(), 2);
    Stream<Schedule> listing =
        schedules
            .list(
                scope,
                request.groupName(),
                after.isEmpty() ? null : new ScheduleName(scope, after.get(0), after.get(1)))
            .filter(schedule -> startsWith(schedule.name().name(), request.namePrefix()))
            .filter(schedule ->
                state == null || schedule.enabled() == (state == ScheduleState.ENABLED));
    Page<Schedule> page =
        Page.of(
            listing,
            request.maxResults(),
            schedule -> List.of(schedule.name().group(), schedule.name().name()));
    return ListSchedulesResponse.builder()
        .schedules(page.items().stream().map(Answers::summary).toList())
        .nextToken(page.token())
        .build();
  }

  private Found<Schedule> existing(ScheduleName name) {
    return schedules.find(name).orElseThrow(() -> SchedulerErrors.noSchedule(name.name()));
  }

  /// True for a request that was made before.
  static boolean isRepeated(@Nullable String token, @Nullable String present) {
    return token != null && token.equals(present);
  }

  static boolean startsWith(String name, @Nullable String prefix) {
    return prefix == null || name.startsWith(prefix);
  }

  private Instant now() {
    return platform.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
