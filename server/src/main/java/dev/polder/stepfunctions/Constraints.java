package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Json;
import dev.polder.kernel.Violation;
import dev.polder.stepfunctions.execution.Payload;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What members of requests must be like.
final class Constraints {
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html:
  // no white space, brackets, wildcards, special or control characters.
  private static final Pattern NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}\\uFFFE\\uFFFF\\p{Cs}]+");
  private static final Pattern ALIAS =
      Pattern.compile("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$");
  static final int DEFINITION_LIMIT = 1_048_576;

  private Constraints() {}

  static String required(@Nullable String value, String member) {
    if (value == null) {
      throw failed(null, member, "Member must not be null");
    }
    return value;
  }

  /// A member that breaks a constraint of the model.
  static RuntimeException failed(@Nullable Object value, String member, String constraint) {
    return StepFunctionsErrors.validation(Violation.of(value, member, constraint));
  }

  static void length(@Nullable String value, String member, int least, int most) {
    if (value != null && value.length() < least) {
      throw failed(value, member, "Member must have length greater than or equal to " + least);
    }
    if (value != null && value.length() > most) {
      throw failed(value, member, "Member must have length less than or equal to " + most);
    }
  }

  /// The size of a page: 100 where none is asked for.
  static int page(@Nullable Integer maxResults) {
    if (maxResults == null || maxResults == 0) {
      return 100;
    }
    if (maxResults < 0) {
      throw failed(maxResults, "maxResults", "Member must have value greater than or equal to 0");
    }
    if (maxResults > 1000) {
      throw failed(maxResults, "maxResults", "Member must have value less than or equal to 1000");
    }
    return maxResults;
  }

  /// The name of a machine, an execution or an activity.
  static String name(@Nullable String name) {
    String given = required(name, "name");
    length(given, "name", 1, 80);
    if (!NAME.matcher(given).matches()) {
      throw StepFunctionsErrors.invalidName(given);
    }
    return given;
  }

  static String aliasName(@Nullable String name) {
    String given = required(name, "name");
    length(given, "name", 1, 80);
    if (!ALIAS.matcher(given).matches()) {
      throw failed(
          given,
          "name",
          "Member must satisfy regular expression pattern: "
              + "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$");
    }
    return given;
  }

  static Arn arn(@Nullable String text, String member) {
    String given = required(text, member);
    if (!given.startsWith("arn:")) {
      throw StepFunctionsErrors.invalidArn("Invalid ARN prefix: " + given);
    }
    return Arn.parse(given)
        .orElseThrow(() -> StepFunctionsErrors.invalidArn("Invalid ARN: " + given));
  }

  static String roleArn(@Nullable String text) {
    String given = required(text, "roleArn");
    boolean role =
        Arn.parse(given)
            .filter(a -> a.service().equals("iam") && a.resource().startsWith("role/"))
            .isPresent();
    if (!role) {
      throw StepFunctionsErrors.invalidRoleArn(given);
    }
    return given;
  }

  /// The input of an execution as given, or an empty object.
  static Payload input(@Nullable String input) {
    if (input == null) {
      return Payload.EMPTY;
    }
    if (input.isBlank()) {
      throw StepFunctionsErrors.invalidInput("Invalid execution input.");
    }
    Payload payload = Payload.ofText(input);
    if (payload.exceedsLimit()) {
      throw failed(
          "<input>", "input", "Member must have length less than or equal to " + Payload.LIMIT);
    }
    try {
      payload.compact();
    } catch (Json.Malformed e) {
      throw StepFunctionsErrors.invalidInput(withoutPlace(String.valueOf(e.getMessage())));
    }
    return payload;
  }

  /// Recorded: the message names what is wrong and not where.
  static String withoutPlace(String message) {
    return message.replaceFirst(" \\(line \\d+, column \\d+\\)$", "");
  }
}
