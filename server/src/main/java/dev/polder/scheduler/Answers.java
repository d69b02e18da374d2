package dev.polder.scheduler;

import dev.polder.kernel.Scope;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.DeadLetterConfig;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.RetryPolicy;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupState;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupSummary;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.TargetSummary;

/// Schedules and groups as the SDK's types.
final class Answers {
  private Answers() {}

  static GetScheduleResponse schedule(Schedule schedule) {
    return GetScheduleResponse.builder()
        .arn(schedule.name().arn())
        .groupName(schedule.name().group())
        .name(schedule.name().name())
        .description(schedule.description())
        .scheduleExpression(schedule.expression())
        .scheduleExpressionTimezone(schedule.timezone())
        .startDate(schedule.start())
        .endDate(schedule.end())
        .flexibleTimeWindow(window(schedule.window()))
        .state(state(schedule))
        .actionAfterCompletion(
            schedule.deleteAfter() ? ActionAfterCompletion.DELETE : ActionAfterCompletion.NONE)
        .target(target(schedule.target()))
        .creationDate(schedule.created())
        .lastModificationDate(schedule.modified())
        .build();
  }

  static ScheduleSummary summary(Schedule schedule) {
    return ScheduleSummary.builder()
        .arn(schedule.name().arn())
        .groupName(schedule.name().group())
        .name(schedule.name().name())
        .state(state(schedule))
        .target(TargetSummary.builder().arn(schedule.target().arn()).build())
        .creationDate(schedule.created())
        .lastModificationDate(schedule.modified())
        .build();
  }

  static ScheduleGroupSummary summary(Scope scope, ScheduleGroup group) {
    return ScheduleGroupSummary.builder()
        .arn(ScheduleName.groupArn(scope, group.name()))
        .name(group.name())
        .state(ScheduleGroupState.ACTIVE)
        .creationDate(group.created())
        .lastModificationDate(group.modified())
        .build();
  }

  private static ScheduleState state(Schedule schedule) {
    return schedule.enabled() ? ScheduleState.ENABLED : ScheduleState.DISABLED;
  }

  private static FlexibleTimeWindow window(int minutes) {
    return minutes == 0
        ? FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build()
        : FlexibleTimeWindow.builder()
            .mode(FlexibleTimeWindowMode.FLEXIBLE)
            .maximumWindowInMinutes(minutes)
            .build();
  }

  private static software.amazon.awssdk.services.scheduler.model.Target target(Target target) {
    return software.amazon.awssdk.services.scheduler.model.Target.builder()
        .arn(target.arn())
        .roleArn(target.roleArn())
        .input(target.input())
        .retryPolicy(
            RetryPolicy.builder()
                .maximumEventAgeInSeconds(target.maximumAge())
                .maximumRetryAttempts(target.maximumRetries())
                .build())
        .deadLetterConfig(
            target.deadLetterArn() == null
                ? null
                : DeadLetterConfig.builder().arn(target.deadLetterArn()).build())
        .build();
  }
}
