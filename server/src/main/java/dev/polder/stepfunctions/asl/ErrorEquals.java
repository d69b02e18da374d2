package dev.polder.stepfunctions.asl;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/// The errors that a retrier or a catcher is for.
///
/// `States.ALL` means every error, also `States.DataLimitExceeded` (recorded, other than
/// documented); `States.TaskFailed` every error but timeouts. `States.Runtime` ends the execution
/// whatever retriers and catchers say, even by its name (recorded). A heartbeat that did not come
/// in time is both `States.HeartbeatTimeout` and `States.Timeout`. See
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html.
public record ErrorEquals(List<String> names) {
  static final String ALL = "States.ALL";
  private static final String TIMEOUT = "States.Timeout";
  private static final String HEARTBEAT = "States.HeartbeatTimeout";

  public ErrorEquals {
    names = List.copyOf(names);
  }

  /// Whether an error of this name is meant. For a missed heartbeat ask with
  /// `States.HeartbeatTimeout`.
  public boolean matches(String error) {
    if (error.equals("States.Runtime")) {
      return false;
    }
    for (String name : names) {
      if (name.equals(error) || covers(name, error)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(String name, String error) {
    return switch (name) {
      case ALL -> true;
      case "States.TaskFailed" -> !error.equals(TIMEOUT) && !error.equals(HEARTBEAT);
      case TIMEOUT -> error.equals(HEARTBEAT);
      default -> false;
    };
  }

  /// The position of the first element whose errors match.
  static <T> OptionalInt first(
      List<T> elements, Function<? super T, ErrorEquals> errors, String error) {
    for (int i = 0; i < elements.size(); i++) {
      if (errors.apply(elements.get(i)).matches(error)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
