package dev.polder.scheduler;

import dev.polder.kernel.Arn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a schedule calls, as it was given.
///
/// @param input a text with placeholders; null where the service makes one up
/// @param maximumAge in seconds, counted from the due time
/// @param maximumRetries after the first attempt
/// @param deadLetterArn of the SQS queue that takes what could not be delivered
record Target(
    String arn,
    String roleArn,
    @Nullable String input,
    int maximumAge,
    int maximumRetries,
    @Nullable String deadLetterArn) {

  /// What kind of call an ARN means.
  sealed interface Kind {}

  /// Starts an execution.
  record StateMachine(Arn arn) implements Kind {}

  /// Invokes a function asynchronously.
  record Function(Arn arn) implements Kind {}

  /// Calls an operation by its name.
  record Universal(String service, String action) implements Kind {}

  /// The kind of call; empty where this is none that Polder makes.
  Optional<Kind> kind() {
    return Arn.parse(arn).flatMap(Target::kind);
  }

  private static Optional<Kind> kind(Arn arn) {
    String resource = arn.resource();
    if (arn.service().equals("scheduler") && resource.startsWith("aws-sdk:")) {
      String[] part = resource.split(":", -1);
      return part.length == 3 ? Optional.of(new Universal(part[1], part[2])) : Optional.empty();
    }
    if (arn.service().equals("states") && resource.startsWith("stateMachine:")) {
      return Optional.of(new StateMachine(arn));
    }
    return arn.service().equals("lambda") && resource.startsWith("function:")
        ? Optional.of(new Function(arn))
        : Optional.empty();
  }
}
