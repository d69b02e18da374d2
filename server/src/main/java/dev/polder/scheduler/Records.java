package dev.polder.scheduler;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
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
    return bytes(json);
  }

  static Schedule schedule(byte[] record) {
    Map<String, Object> json = parse(record);
    Instant due = instantOrNull(json, "due");
    Instant firing = instantOrNull(json, "firing");
    return new Schedule(
        name(json),
        string(json, "incarnation"),
        stringOrNull(json, "description"),
        string(json, "expression"),
        string(json, "timezone"),
        instantOrNull(json, "start"),
        instantOrNull(json, "end"),
        number(json, "window"),
        Boolean.TRUE.equals(json.get("enabled")),
        Boolean.TRUE.equals(json.get("deleteAfter")),
        target(json),
        instant(json, "created"),
        instant(json, "modified"),
        stringOrNull(json, "clientToken"),
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
    return bytes(json);
  }

  static Invocation invocation(byte[] record) {
    Map<String, Object> json = parse(record);
    return new Invocation(
        string(json, "id"),
        name(json),
        string(json, "incarnation"),
        target(json),
        instant(json, "time"),
        number(json, "attempt"),
        instant(json, "due"));
  }

  static byte[] write(ScheduleGroup group) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", group.name());
    json.put("created", group.created().toString());
    json.put("modified", group.modified().toString());
    json.put("tags", group.tags());
    json.put("clientToken", group.clientToken());
    return bytes(json);
  }

  static ScheduleGroup group(byte[] record) {
    Map<String, Object> json = parse(record);
    Map<String, String> tags = new LinkedHashMap<>();
    if (json.get("tags") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
    }
    return new ScheduleGroup(
        string(json, "name"),
        instant(json, "created"),
        instant(json, "modified"),
        tags,
        stringOrNull(json, "clientToken"));
  }

  private static Map<String, @Nullable Object> name(ScheduleName name) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", name.scope().account());
    json.put("region", name.scope().region());
    json.put("group", name.group());
    json.put("name", name.name());
    return json;
  }

  private static ScheduleName name(Map<String, Object> json) {
    var scope = new Scope(string(json, "account"), string(json, "region"));
    return new ScheduleName(scope, string(json, "group"), string(json, "name"));
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

  @SuppressWarnings("unchecked") // Written by the method above.
  private static Target target(Map<String, Object> record) {
    var json = (Map<String, Object>) record.getOrDefault("target", Map.of());
    return new Target(
        string(json, "arn"),
        string(json, "roleArn"),
        stringOrNull(json, "input"),
        number(json, "maximumAge"),
        number(json, "maximumRetries"),
        stringOrNull(json, "deadLetterArn"));
  }

  private static byte[] bytes(Map<String, @Nullable Object> json) {
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> parse(byte[] record) {
    return Json.parseObject(new String(record, StandardCharsets.UTF_8));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static String string(Map<String, Object> json, String name) {
    return String.valueOf(json.get(name));
  }

  private static @Nullable String stringOrNull(Map<String, Object> json, String name) {
    return json.get(name) instanceof String text ? text : null;
  }

  private static int number(Map<String, Object> json, String name) {
    return ((Number) json.getOrDefault(name, 0)).intValue();
  }

  private static Instant instant(Map<String, Object> json, String name) {
    return Instant.parse(string(json, name));
  }

  private static @Nullable Instant instantOrNull(Map<String, Object> json, String name) {
    return json.get(name) instanceof String text ? Instant.parse(text) : null;
  }
}
