package dev.polder.logs;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names of groups and streams, and what numbers may be.
final class LogNames {
  private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]+");
  private static final Pattern STREAM = Pattern.compile("[^:*]*");

  private LogNames() {}

  /// The name of a group that is to be created.
  static String group(@Nullable String name) {
    String given = required(name, "logGroupName");
    length(given, "logGroupName");
    if (!GROUP.matcher(given).matches()) {
      throw LogsErrors.constraint(
          "logGroupName",
          given,
          "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }
    return given;
  }

  /// The name of a stream that is to be created.
  static String stream(@Nullable String name) {
    String given = required(name, "logStreamName");
    length(given, "logStreamName");
    if (!STREAM.matcher(given).matches()) {
      throw LogsErrors.constraint(
          "logStreamName", given, "Member must satisfy regular expression pattern: [^:*]*");
    }
    return given;
  }

  private static void length(String given, String member) {
    if (given.isEmpty()) {
      throw LogsErrors.constraint(
          member, given, "Member must have length greater than or equal to 1");
    }
    if (given.length() > 512) {
      throw LogsErrors.constraint(
          member, given, "Member must have length less than or equal to 512");
    }
  }

  static <T> T required(@Nullable T value, String member) {
    if (value == null) {
      throw LogsErrors.missing(member);
    }
    return value;
  }

  /// The group that a request names, by its name or by its ARN.
  static String named(@Nullable String name, @Nullable String identifier, Scope scope) {
    if (name != null && identifier != null) {
      throw LogsErrors.invalid("LogGroup name and LogGroup ARN are mutually exclusive parameters.");
    }
    if (name != null) {
      return name;
    }
    String given = required(identifier, "logGroupName");
    return given.startsWith("arn:") ? ofArn(given, scope) : given;
  }

  /// The name in the ARN of a group, with or without `:*` at its end.
  static String ofArn(String text, Scope scope) {
    Arn arn =
        Arn.parse(text)
            .filter(a -> a.service().equals("logs") && a.resource().startsWith("log-group:"))
            .orElseThrow(() -> LogsErrors.invalid("Invalid ARN: " + text));
    if (!arn.scope(scope).equals(scope)) {
      throw LogsErrors.notSupported("A log group of another account or region");
    }
    String[] parts = arn.resource().split(":", -1);
    return parts[1];
  }

  /// The size of a page.
  static int limit(@Nullable Integer limit, int most) {
    if (limit == null) {
      return most;
    }
    if (limit < 1) {
      throw LogsErrors.constraint(
          "limit", limit, "Member must have value greater than or equal to 1");
    }
    if (limit > most) {
      throw LogsErrors.constraint(
          "limit", limit, "Member must have value less than or equal to " + most);
    }
    return limit;
  }
}
