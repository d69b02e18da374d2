package dev.polder.scheduler;

import dev.polder.kernel.Json;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The input of a call: the schedule's text with its placeholders filled in, or what the service
/// says where the schedule has none.
///
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
final class Placeholders {
  private Placeholders() {}

  static String fill(String text, Invocation invocation) {
    return text.replace("<aws.scheduler.schedule-arn>", invocation.schedule().arn())
        .replace("<aws.scheduler.scheduled-time>", time(invocation))
        .replace("<aws.scheduler.execution-id>", invocation.id())
        .replace("<aws.scheduler.attempt-number>", Integer.toString(invocation.attempt()));
  }

  /// The input of a templated target.
  static String input(Invocation invocation) {
    String given = invocation.target().input();
    return given == null ? event(invocation) : fill(given, invocation);
  }

  private static String event(Invocation invocation) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", invocation.id());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.scheduler");
    event.put("account", invocation.scope().account());
    event.put("time", time(invocation));
    event.put("region", invocation.scope().region());
    event.put("resources", List.of(invocation.schedule().arn()));
    event.put("detail", "{}");
    return Json.write(event);
  }

  private static String time(Invocation invocation) {
    return invocation.time().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
