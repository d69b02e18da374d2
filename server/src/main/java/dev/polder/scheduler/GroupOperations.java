package dev.polder.scheduler;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.Time;
import dev.polder.scheduler.Schedules.Found;
import dev.polder.shape.TagLists;
import dev.polder.store.Batch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsRequest;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsResponse;
import software.amazon.awssdk.services.scheduler.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.scheduler.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupState;
import software.amazon.awssdk.services.scheduler.model.Tag;
import software.amazon.awssdk.services.scheduler.model.TagResourceRequest;
import software.amazon.awssdk.services.scheduler.model.TagResourceResponse;
import software.amazon.awssdk.services.scheduler.model.UntagResourceRequest;
import software.amazon.awssdk.services.scheduler.model.UntagResourceResponse;

/// Schedule groups and their tags.
final class GroupOperations {
  private static final int MOST_TAGS = 200;

  private final Scope scope;
  private final Time time;
  private final Schedules schedules;
  private final Dispatcher dispatcher;

  GroupOperations(Scope scope, Time time, Schedules schedules, Dispatcher dispatcher) {
    this.scope = scope;
    this.time = time;
    this.schedules = schedules;
    this.dispatcher = dispatcher;
  }

  CreateScheduleGroupResponse create(CreateScheduleGroupRequest request) {
    String name = Definition.checkedName("name", request.name());
    Instant now = now();
    var group = new ScheduleGroup(name, now, now, read(request.tags()), request.clientToken());
    var batch = new Batch().require(Schedules.groupKey(scope, name), null);
    boolean isDefault = name.equals(ScheduleName.DEFAULT_GROUP);
    if (isDefault
        || !schedules.tryCommit(batch.put(Schedules.groupKey(scope, name), Records.write(group)))) {
      ScheduleGroup present = group(name);
      if (isDefault
          || !ScheduleOperations.isRepeated(request.clientToken(), present.clientToken())) {
        throw SchedulerErrors.groupExists(name);
      }
    }
    return CreateScheduleGroupResponse.builder()
        .scheduleGroupArn(ScheduleName.groupArn(scope, name))
        .build();
  }

  GetScheduleGroupResponse get(GetScheduleGroupRequest request) {
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
  DeleteScheduleGroupResponse delete(DeleteScheduleGroupRequest request) {
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
  ListScheduleGroupsResponse list(ListScheduleGroupsRequest request) {
    group(ScheduleName.DEFAULT_GROUP);
    List<String> after = Page.after(request.nextToken(), 1);
    Stream<ScheduleGroup> listing =
        schedules
            .listGroups(scope, after.isEmpty() ? null : after.getFirst())
            .filter(group -> ScheduleOperations.startsWith(group.name(), request.namePrefix()));
    Page<ScheduleGroup> page =
        Page.of(listing, request.maxResults(), group -> List.of(group.name()));
    return ListScheduleGroupsResponse.builder()
        .scheduleGroups(page.items().stream().map(group -> Answers.summary(scope, group)).toList())
        .nextToken(page.token())
        .build();
  }

  /// Adds tags to a group; schedules have none.
  TagResourceResponse tag(TagResourceRequest request) {
    Map<String, String> added = read(request.tags());
    change(request.resourceArn(), tags -> tags.putAll(added));
    return TagResourceResponse.builder().build();
  }

  UntagResourceResponse untag(UntagResourceRequest request) {
    change(request.resourceArn(), tags -> request.tagKeys().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  ListTagsForResourceResponse tags(ListTagsForResourceRequest request) {
    ScheduleGroup group = group(groupOf(request.resourceArn()));
    return ListTagsForResourceResponse.builder()
        .tags(
            TagLists.of(group.tags(), (key, value) -> Tag.builder().key(key).value(value).build()))
        .build();
  }

  private void change(@Nullable String arn, Consumer<Map<String, String>> change) {
    String name = groupOf(arn);
    for (boolean changed = false; !changed; ) {
      group(name);
      Found<ScheduleGroup> old =
          schedules.findGroup(scope, name).orElseThrow(() -> SchedulerErrors.noGroup(name));
      ScheduleGroup present = old.value();
      Map<String, String> next = new LinkedHashMap<>(present.tags());
      change.accept(next);
      if (next.size() > MOST_TAGS) {
        throw SchedulerErrors.invalid("A schedule group has at most " + MOST_TAGS + " tags.");
      }
      var group = new ScheduleGroup(name, present.created(), now(), next, present.clientToken());
      var batch = new Batch().require(Schedules.groupKey(scope, name), old.bytes());
      changed =
          schedules.tryCommit(batch.put(Schedules.groupKey(scope, name), Records.write(group)));
    }
  }

  private static Map<String, String> read(List<Tag> given) {
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

  /// A group. The default one is put on record when somebody first asks for it.
  ScheduleGroup group(String name) {
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

  /// Lets a batch take effect only while a group is as it is now.
  Batch require(Batch batch, String name) {
    if (name.equals(ScheduleName.DEFAULT_GROUP)) {
      return batch;
    }
    Found<ScheduleGroup> group =
        schedules.findGroup(scope, name).orElseThrow(() -> SchedulerErrors.noGroup(name));
    return batch.require(Schedules.groupKey(scope, name), group.bytes());
  }

  private Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
