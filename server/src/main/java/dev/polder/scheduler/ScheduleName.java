package dev.polder.scheduler;

import dev.polder.kernel.Scope;

/// What a schedule is known by.
record ScheduleName(Scope scope, String group, String name) {
  static final String DEFAULT_GROUP = "default";

  String arn() {
    return scope.arn("scheduler", "schedule/" + group + "/" + name).toString();
  }

  static String groupArn(Scope scope, String group) {
    return scope.arn("scheduler", "schedule-group/" + group).toString();
  }
}
