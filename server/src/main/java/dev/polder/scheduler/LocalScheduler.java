package dev.polder.scheduler;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.scheduler.Schedules.Found;
import dev.polder.shape.TagLists;
import dev.polder.store.Batch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsRequest;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.scheduler.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupState;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.Tag;
import software.amazon.awssdk.services.scheduler.model.TagResourceRequest;
import software.amazon.awssdk.services.scheduler.model.TagResourceResponse;
import software.amazon.awssdk.services.scheduler.model.UntagResourceRequest;
import software.amazon.awssdk.services.scheduler.model.UntagResourceResponse;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;

/// Scheduler as one account and region sees it.
final class LocalScheduler implements SchedulerClient {
  private final Scope scope;
  private final Platform platform;
  private final Schedules schedules;
  private final Dispatcher dispatcher;
  private final Definition definition;

  LocalScheduler(Scope scope, Platform platform, Schedules schedules, Dispatcher dispatcher) {
    this.scope = scope;
    this.platform = platform;
    this.schedules = schedules;
    this.dispatcher = dispatcher;
    this.definition = new Definition(scope, platform.calls());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  /// Creates a schedule. The same request again, with the same client token, changes nothing.
  @Override
  public CreateScheduleResponse createSchedule(CreateScheduleRequest request) {
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
      Batch batch = requireGroup(new Batch(), made.name().group());
      created = schedules.tryCommit(schedules.replace(batch, null, made));
    }
    dispatcher.wake();
    return CreateScheduleResponse.builder().scheduleArn(made.name().arn()).build();
  }

  private static boolean isRepeated(@Nullable String token, @Nullable String present) {
    return token != null && token.equals(present);
  }

  /// Replaces a schedule whole: what the request leaves out goes back to its default.
  @Override
  public UpdateScheduleResponse updateSchedule(UpdateScheduleRequest request) {
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
  @Override
  public DeleteScheduleResponse deleteSchedule(DeleteScheduleRequest request) {
    ScheduleName name = definition.name(request.groupName(), request.name());
    for (boolean deleted = false; !deleted; ) {
      deleted = schedules.tryCommit(schedules.replace(new Batch(), existing(name), null));
    }
    dispatcher.wake();
    return DeleteScheduleResponse.builder().build();
  }

  @Override
  public GetScheduleResponse getSchedule(GetScheduleRequest request) {
    return Answers.schedule(existing(definition.name(request.groupName(), request.name())).value());
  }

  /// Lists schedules in the order of group and name.
  @Override
  public ListSchedulesResponse listSchedules(ListSchedulesRequest request) {
    if (request.groupName() != null) {
      group(Definition.checkedName("scheduleGroup", request.groupName()));
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

  @Override
  public CreateScheduleGroupResponse createScheduleGroup(CreateScheduleGroupRequest request) {
    String name = Definition.checkedName("name", request.name());
    Instant now = now();
    var group = new ScheduleGroup(name, now, now, tags(request.tags()), request.clientToken());
    var batch = new Batch().require(Schedules.groupKey(scope, name), null);
    boolean isDefault = name.equals(ScheduleName.DEFAULT_GROUP);
    if (isDefault
        || !schedules.tryCommit(batch.put(Schedules.groupKey(scope, name), Records.write(group)))) {
      ScheduleGroup present = group(name);
      if (isDefault || !isRepeated(request.clientToken(), present.clientToken())) {
        throw SchedulerErrors.groupExists(name);
      }
    }
    return CreateScheduleGroupResponse.builder()
        .scheduleGroupArn(ScheduleName.groupArn(scope, name))
        .build();
  }

  @Override
  public GetScheduleGroupResponse getScheduleGroup(GetScheduleGroupRequest request) {
    ScheduleGroup group = group(Definition.checkedName("name", request.name()));
    return GetScheduleGroupResponse.builder()
        .name(group.name())
        .arn(ScheduleName.groupArn(scope, group.name()))
        .state(ScheduleGroupState.ACTIVE)
        .creationDate(group.created())
        .lastModificationDate(group.modified())
        .build();
  }

  /// Deletes a group and its schedules. They are gone when this returns.
  @Override
  public DeleteScheduleGroupResponse deleteScheduleGroup(DeleteScheduleGroupRequest request) {
    String name = Definition.checkedName("name", request.name());
    if (name.equals(ScheduleName.DEFAULT_GROUP)) {
      throw SchedulerErrors.invalid("The default schedule group cannot be deleted.");
    }
    group(name);
    // The group goes first, so that no schedule is added to it meanwhile.
    schedules.commit(new Batch().delete(Schedules.groupKey(scope, name)));
    while (true) {
      Optional<Schedule> next;
      try (var left = schedules.list(scope, name, null)) {
        next = left.findFirst();
      }
      if (next.isEmpty()) {
        dispatcher.wake();
        return DeleteScheduleGroupResponse.builder().build();
      }
      schedules
          .find(next.get().name())
          .ifPresent(found -> schedules.tryCommit(schedules.replace(new Batch(), found, null)));
    }
  }

  /// Lists groups in the order of their names. The default group is always there.
  @Override
  public ListScheduleGroupsResponse listScheduleGroups(ListScheduleGroupsRequest request) {
    group(ScheduleName.DEFAULT_GROUP);
    List<String> after = Page.after(request.nextToken(), 1);
    Stream<ScheduleGroup> listing =
        schedules
            .listGroups(scope, after.isEmpty() ? null : after.getFirst())
            .filter(group -> startsWith(group.name(), request.namePrefix()));
    Page<ScheduleGroup> page =
        Page.of(listing, request.maxResults(), group -> List.of(group.name()));
    return ListScheduleGroupsResponse.builder()
        .scheduleGroups(page.items().stream().map(group -> Answers.summary(scope, group)).toList())
        .nextToken(page.token())
        .build();
  }

  /// Adds tags to a group; schedules have none.
  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    Map<String, String> added = tags(request.tags());
    change(
        request.resourceArn(),
        tags -> {
          tags.putAll(added);
          return tags;
        });
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    change(
        request.resourceArn(),
        tags -> {
          request.tagKeys().forEach(tags::remove);
          return tags;
        });
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    ScheduleGroup group = group(groupOf(request.resourceArn()));
    return ListTagsForResourceResponse.builder()
        .tags(
            TagLists.of(group.tags(), (key, value) -> Tag.builder().key(key).value(value).build()))
        .build();
  }

  private void change(@Nullable String arn, UnaryOperator<Map<String, String>> tags) {
    String name = groupOf(arn);
    for (boolean changed = false; !changed; ) {
      group(name);
      Found<ScheduleGroup> old =
          schedules.findGroup(scope, name).orElseThrow(() -> SchedulerErrors.noGroup(name));
      ScheduleGroup present = old.value();
      Map<String, String> next = tags.apply(new LinkedHashMap<>(present.tags()));
      if (next.size() > 200) {
        throw SchedulerErrors.invalid("A schedule group has at most 200 tags.");
      }
      var group = new ScheduleGroup(name, present.created(), now(), next, present.clientToken());
      var batch = new Batch().require(Schedules.groupKey(scope, name), old.bytes());
      changed =
          schedules.tryCommit(batch.put(Schedules.groupKey(scope, name), Records.write(group)));
    }
  }

  private static Map<String, String> tags(List<Tag> given) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Tag tag : given) {
      if (tag.key() == null || tag.value() == null) {
        throw SchedulerErrors.missing("tags.member.key and value");
      }
      tags.put(tag.key(), tag.value());
    }
    return tags;
  }

  private String groupOf(@Nullable String arn) {
    if (arn == null) {
      throw SchedulerErrors.missing("resourceArn");
    }
    String prefix = "schedule-group/";
    return Arn.parse(arn)
        .filter(parsed -> parsed.service().equals("scheduler"))
        .filter(parsed -> parsed.scope(scope).equals(scope))
        .filter(parsed -> parsed.resource().startsWith(prefix))
        .map(parsed -> parsed.resource().substring(prefix.length()))
        .orElseThrow(() -> SchedulerErrors.invalid("Invalid ScheduleGroup arn " + arn + "."));
  }

  private Found<Schedule> existing(ScheduleName name) {
    return schedules.find(name).orElseThrow(() -> SchedulerErrors.noSchedule(name.name()));
  }

  /// A group. The default one is put on record when somebody first asks for it.
  private ScheduleGroup group(String name) {
    Optional<Found<ScheduleGroup>> found = schedules.findGroup(scope, name);
    if (found.isPresent()) {
      return found.get().value();
    }
    if (!name.equals(ScheduleName.DEFAULT_GROUP)) {
      throw SchedulerErrors.noGroup(name);
    }
    Instant now = now();
    var group = new ScheduleGroup(name, now, now, Map.of(), null);
    var batch = new Batch().require(Schedules.groupKey(scope, name), null);
    schedules.tryCommit(batch.put(Schedules.groupKey(scope, name), Records.write(group)));
    return schedules.findGroup(scope, name).orElseThrow().value();
  }

  private Batch requireGroup(Batch batch, String name) {
    if (name.equals(ScheduleName.DEFAULT_GROUP)) {
      return batch;
    }
    Found<ScheduleGroup> group =
        schedules.findGroup(scope, name).orElseThrow(() -> SchedulerErrors.noGroup(name));
    return batch.require(Schedules.groupKey(scope, name), group.bytes());
  }

  private static boolean startsWith(String name, @Nullable String prefix) {
    return prefix == null || name.startsWith(prefix);
  }

  private Instant now() {
    return platform.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
