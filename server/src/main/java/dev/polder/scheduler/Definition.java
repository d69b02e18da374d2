package dev.polder.scheduler;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCalls;
import dev.polder.scheduler.expression.InvalidExpressionException;
import dev.polder.scheduler.expression.ScheduleExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.RetryPolicy;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;

/// Reads what a client says about a schedule, and refuses what is wrong with it.
///
/// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
final class Definition {
  private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]+");
  private static final int MAXIMUM_AGE = 86_400;
  private static final int MAXIMUM_RETRIES = 185;

  private final Scope scope;
  private final ServiceCalls calls;

  Definition(Scope scope, ServiceCalls calls) {
    this.scope = scope;
    this.calls = calls;
  }

  /// An update says everything that a creation says; what it leaves out falls back to its default.
  static CreateScheduleRequest asCreation(UpdateScheduleRequest request) {
    return CreateScheduleRequest.builder()
        .name(request.name())
        .groupName(request.groupName())
        .description(request.description())
        .scheduleExpression(request.scheduleExpression())
        .scheduleExpressionTimezone(request.scheduleExpressionTimezone())
        .startDate(request.startDate())
        .endDate(request.endDate())
        .flexibleTimeWindow(request.flexibleTimeWindow())
        .state(request.stateAsString())
        .actionAfterCompletion(request.actionAfterCompletionAsString())
        .target(request.target())
        .kmsKeyArn(request.kmsKeyArn())
        .clientToken(request.clientToken())
        .build();
  }

  /// The schedule that a request describes, without a due time.
  Schedule read(CreateScheduleRequest request, String incarnation, Instant created, Instant now) {
    if (request.kmsKeyArn() != null) {
      throw SchedulerErrors.notSupported("KmsKeyArn");
    }
    Instant start = millis(request.startDate());
    Instant end = millis(request.endDate());
    if (start != null && end != null && !end.isAfter(start)) {
      throw SchedulerErrors.invalid("EndDate must come after StartDate.");
    }
    String expression = expression(request.scheduleExpression());
    return new Schedule(
        name(request.groupName(), request.name()),
        incarnation,
        description(request.description()),
        expression,
        timezone(request.scheduleExpressionTimezone()),
        start,
        end,
        window(request.flexibleTimeWindow()),
        isEnabled(request.state(), request.stateAsString()),
        isDeleted(request.actionAfterCompletion(), request.actionAfterCompletionAsString()),
        target(request.target()),
        created,
        now,
        request.clientToken(),
        null);
  }

  /// The name of a schedule of this scope.
  ///
  /// @param group null for the default group
  ScheduleName name(@Nullable String group, @Nullable String name) {
    String checked = checkedName("name", name);
    return new ScheduleName(
        scope,
        group == null ? ScheduleName.DEFAULT_GROUP : checkedName("groupName", group),
        checked);
  }

  static String checkedName(String member, @Nullable String name) {
    if (name == null) {
      throw SchedulerErrors.missing(member);
    }
    if (!NAME.matcher(name).matches()) {
      throw SchedulerErrors.constraint(
          member, name, "Member must satisfy regular expression pattern: [0-9a-zA-Z-_.]+");
    }
    if (name.length() > 64) {
      throw SchedulerErrors.constraint(
          member, name, "Member must have length less than or equal to 64");
    }
    return name;
  }

  private static @Nullable Instant millis(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
  }

  private static @Nullable String description(@Nullable String text) {
    if (text != null && text.length() > 512) {
      throw SchedulerErrors.constraint(
          "description", text, "Member must have length less than or equal to 512");
    }
    return text;
  }

  private static String expression(@Nullable String text) {
    if (text == null) {
      throw SchedulerErrors.missing("scheduleExpression");
    }
    try {
      ScheduleExpression.parse(text);
      return text;
    } catch (InvalidExpressionException e) {
      throw SchedulerErrors.invalidExpression(text, String.valueOf(e.getMessage()));
    }
  }

  private static String timezone(@Nullable String name) {
    if (name == null) {
      return "UTC";
    }
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException e) {
      throw SchedulerErrors.invalid("Invalid Schedule Expression Timezone " + name + ".");
    }
  }

  private static int window(@Nullable FlexibleTimeWindow window) {
    if (window == null) {
      throw SchedulerErrors.missing("flexibleTimeWindow");
    }
    Integer minutes = window.maximumWindowInMinutes();
    FlexibleTimeWindowMode mode = window.mode();
    return switch (mode) {
      case null -> throw SchedulerErrors.missing("flexibleTimeWindow.mode");
      case OFF -> {
        if (minutes != null) {
          throw SchedulerErrors.invalid(
              "MaximumWindowInMinutes must not be set where FlexibleTimeWindow Mode is OFF.");
        }
        yield 0;
      }
      case FLEXIBLE -> {
        if (minutes == null) {
          throw SchedulerErrors.invalid(
              "MaximumWindowInMinutes must be set where FlexibleTimeWindow Mode is FLEXIBLE.");
        }
        yield between("flexibleTimeWindow.maximumWindowInMinutes", minutes, 1, 1440);
      }
      case UNKNOWN_TO_SDK_VERSION ->
          throw SchedulerErrors.constraint(
              "flexibleTimeWindow.mode",
              window.modeAsString(),
              "Member must satisfy enum value set: [OFF, FLEXIBLE]");
    };
  }

  private static boolean isEnabled(@Nullable ScheduleState state, @Nullable String text) {
    return switch (state) {
      case null -> true;
      case ENABLED -> true;
      case DISABLED -> false;
      case UNKNOWN_TO_SDK_VERSION ->
          throw SchedulerErrors.constraint(
              "state",
              String.valueOf(text),
              "Member must satisfy enum value set: [ENABLED, DISABLED]");
    };
  }

  private static boolean isDeleted(@Nullable ActionAfterCompletion action, @Nullable String text) {
    return switch (action) {
      case null -> false;
      case NONE -> false;
      case DELETE -> true;
      case UNKNOWN_TO_SDK_VERSION ->
          throw SchedulerErrors.constraint(
              "actionAfterCompletion",
              String.valueOf(text),
              "Member must satisfy enum value set: [NONE, DELETE]");
    };
  }

  private Target target(software.amazon.awssdk.services.scheduler.model.@Nullable Target given) {
    if (given == null) {
      throw SchedulerErrors.missing("target");
    }
    refuse("Target.EcsParameters", given.ecsParameters());
    refuse("Target.EventBridgeParameters", given.eventBridgeParameters());
    refuse("Target.KinesisParameters", given.kinesisParameters());
    refuse("Target.SageMakerPipelineParameters", given.sageMakerPipelineParameters());
    refuse("Target.SqsParameters", given.sqsParameters());
    RetryPolicy retry = given.retryPolicy();
    Integer age = retry == null ? null : retry.maximumEventAgeInSeconds();
    Integer retries = retry == null ? null : retry.maximumRetryAttempts();
    var target =
        new Target(
            required("target.arn", given.arn()),
            required("target.roleArn", given.roleArn()),
            given.input(),
            age == null
                ? MAXIMUM_AGE
                : between("target.retryPolicy.maximumEventAgeInSeconds", age, 60, MAXIMUM_AGE),
            retries == null
                ? MAXIMUM_RETRIES
                : between("target.retryPolicy.maximumRetryAttempts", retries, 0, MAXIMUM_RETRIES),
            given.deadLetterConfig() == null ? null : deadLetter(given.deadLetterConfig().arn()));
    check(target);
    return target;
  }

  private @Nullable String deadLetter(@Nullable String arn) {
    if (arn == null) {
      return null;
    }
    if (!calls.supports("sqs", "sendMessage")) {
      throw SchedulerErrors.notSupported("Target.DeadLetterConfig");
    }
    if (Arn.parse(arn).filter(queue -> queue.service().equals("sqs")).isEmpty()) {
      throw SchedulerErrors.invalid("Provided DeadLetterConfig Arn is not of an SQS queue: " + arn);
    }
    return arn;
  }

  private void check(Target target) {
    if (Arn.parse(target.arn()).isEmpty()) {
      throw SchedulerErrors.invalid("Provided Arn is not in correct format.");
    }
    if (Arn.parse(target.roleArn()).isEmpty()) {
      throw SchedulerErrors.invalid("Provided RoleArn is not in correct format.");
    }
    Target.Kind kind =
        target.kind().orElseThrow(() -> SchedulerErrors.notSupported("The target " + target.arn()));
    if (kind instanceof Target.Universal universal) {
      checkUniversal(universal, target.input());
    }
  }

  private void checkUniversal(Target.Universal universal, @Nullable String input) {
    if (!calls.supports(universal.service(), universal.action())) {
      throw SchedulerErrors.notSupported(
          "The operation " + universal.service() + ":" + universal.action());
    }
    if (input != null) {
      var sample =
          new Invocation(
              "00000000-0000-0000-0000-000000000000",
              new ScheduleName(scope, ScheduleName.DEFAULT_GROUP, "sample"),
              "",
              new Target("", "", input, 60, 0, null),
              Instant.EPOCH,
              1,
              Instant.EPOCH);
      try {
        Json.parseObject(Placeholders.fill(input, sample));
      } catch (Json.Malformed e) {
        throw SchedulerErrors.invalid("Invalid RequestJson provided. Reason: " + e.getMessage());
      }
    }
  }

  private static void refuse(String member, @Nullable Object value) {
    if (value != null) {
      throw SchedulerErrors.notSupported(member);
    }
  }

  private static String required(String member, @Nullable String value) {
    if (value == null) {
      throw SchedulerErrors.missing(member);
    }
    return value;
  }

  private static int between(String member, int value, int least, int most) {
    if (value < least) {
      throw SchedulerErrors.constraint(
          member, value, "Member must have value greater than or equal to " + least);
    }
    if (value > most) {
      throw SchedulerErrors.constraint(
          member, value, "Member must have value less than or equal to " + most);
    }
    return value;
  }
}
