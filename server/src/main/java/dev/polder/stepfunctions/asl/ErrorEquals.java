package dev.polder.stepfunctions.asl;

import java.util.List;

/// The errors that a retrier or a catcher is for.
///
/// `States.ALL` means every error but `States.Runtime` and `States.DataLimitExceeded`, and
/// `States.TaskFailed` every error but `States.Timeout`
/// (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html). A heartbeat
/// that did not come in time is both `States.HeartbeatTimeout` and `States.Timeout`.
public record ErrorEquals(List<String> names) {
  static final String ALL = "States.ALL";

  public ErrorEquals {
    names = List.copyOf(names);
  }

  /// Whether an error of this name is meant.
  public boolean matches(String error) {
    for (String name : names) {
      if (name.equals(error) || covers(name, error)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(String name, String error) {
    return switch (name) {
      case ALL -> !error.equals("States.Runtime") && !error.equals("States.DataLimitExceeded");
      case "States.TaskFailed" -> isTaskFailure(error);
      case "States.Timeout" -> error.equals("States.HeartbeatTimeout");
      default -> false;
    };
  }

  private static boolean isTaskFailure(String error) {
    return switch (error) {
      case "States.Timeout",
          "States.HeartbeatTimeout",
          "States.Runtime",
          "States.DataLimitExceeded" ->
          false;
      default -> true;
    };
  }
}
