package dev.polder.scheduler;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Schedules and invocations as the store keeps them: JSON.
final class Records {
  private Records() {}

  static byte[] write(Schedule schedule) {
    Map<String, @Nullable Object> json = name(schedule.name());
    json.put("incarnation", schedule.incarnation());
    json.put("description", schedule.description());
    json.put("expression", schedule.expression());
    json.put("timezone", schedule.timezone());
    json.put("start", text(schedule.start()));
    json.put("end", text(schedule.end()));
    json.put("window", schedule.window());
    json.put("enabled", schedule.enabled());
    json.put("deleteAfter", schedule.deleteAfter());
    json.put("target", target(schedule.target()));
    json.put("created", schedule.created().toString());
    json.put("modified", schedule.modified().toString());
    json.put("clientToken", schedule.clientToken());
    Schedule.Due next = schedule.next();
    json.put("due", next == null ? null : next.time().toString());
    json.put("firing", next == null ? null : next.firing().toString());
    return JsonObject.bytes(json);
  }

  static Schedule schedule(byte[] record) {
    JsonObject json = JsonObject.of(record);
    Instant due = json.optionalInstant("due");
    Instant firing = json.optionalInstant("firing");
    return new Schedule(
        name(json),
        json.text("incarnation"),
        json.optionalText("description"),
        json.text("expression"),
        json.text("timezone"),
        json.optionalInstant("start"),
        json.optionalInstant("end"),
        json.whole("window"),
        json.flag("enabled"),
        json.flag("deleteAfter"),
        target(json.object("target")),
        json.instant("created"),
        json.instant("modified"),
        json.optionalText("clientToken"),
        due == null || firing == null ? null : new Schedule.Due(due, firing));
  }

  static byte[] write(Invocation invocation) {
    Map<String, @Nullable Object> json = name(invocation.schedule());
    json.put("id", invocation.id());
    json.put("incarnation", invocation.incarnation());
    json.put("target", target(invocation.target()));
    json.put("time", invocation.time().toString());
    json.put("attempt", invocation.attempt());
    json.put("due", invocation.due().toString());
    return JsonObject.bytes(json);
  }

  static Invocation invocation(byte[] record) {
    JsonObject json = JsonObject.of(record);
    return new Invocation(
        json.text("id"),
        name(json),
        json.text("incarnation"),
        target(json.object("target")),
        json.instant("time"),
        json.whole("attempt"),
        json.instant("due"));
  }

  static byte[] write(ScheduleGroup group) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", group.name());
    json.put("created", group.created().toString());
    json.put("modified", group.modified().toString());
    json.put("tags", group.tags());
    json.put("clientToken", group.clientToken());
    return JsonObject.bytes(json);
  }

  static ScheduleGroup group(byte[] record) {
    JsonObject json = JsonObject.of(record);
    return new ScheduleGroup(
        json.text("name"),
        json.instant("created"),
        json.instant("modified"),
        json.texts("tags"),
        json.optionalText("clientToken"));
  }

  private static Map<String, @Nullable Object> name(ScheduleName name) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", name.scope().account());
    json.put("region", name.scope().region());
    json.put("group", name.group());
    json.put("name", name.name());
    return json;
  }

  private static ScheduleName name(JsonObject json) {
    var scope = new Scope(json.text("account"), json.text("region"));
    return new ScheduleName(scope, json.text("group"), json.text("name"));
  }

  private static Map<String, @Nullable Object> target(Target target) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("arn", target.arn());
    json.put("roleArn", target.roleArn());
    json.put("input", target.input());
    json.put("maximumAge", target.maximumAge());
    json.put("maximumRetries", target.maximumRetries());
    json.put("deadLetterArn", target.deadLetterArn());
    return json;
  }

  private static Target target(JsonObject json) {
    return new Target(
        json.text("arn"),
        json.text("roleArn"),
        json.optionalText("input"),
        json.whole("maximumAge"),
        json.whole("maximumRetries"),
        json.optionalText("deadLetterArn"));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
