package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import org.jspecify.annotations.Nullable;

/// The ARN of a state machine, of a version of it, or of an alias.
///
/// @param qualifier a version's number or an alias's name, or null
record MachineArn(Scope scope, String machine, @Nullable String qualifier, String text) {

  static MachineArn parse(@Nullable String text, String member, Scope own) {
    Arn arn = Constraints.arn(text, member);
    String[] part = arn.resource().split(":", -1);
    if (!arn.service().equals("states") || !part[0].equals("stateMachine") || part.length < 2) {
      throw StepFunctionsErrors.invalidArn(
          arn.service().equals("states")
              ? "Resource type not valid in this context: " + part[0]
              : "Invalid ARN: " + text);
    }
    return new MachineArn(
        arn.scope(own), part[1], part.length > 2 ? part[2] : null, arn.toString());
  }

  boolean isVersion() {
    return qualifier != null && qualifier.matches("[0-9]+");
  }

  boolean isAlias() {
    return qualifier != null && !isVersion();
  }

  long version() {
    if (!isVersion()) {
      throw StepFunctionsErrors.invalidArn("Invalid ARN: " + text);
    }
    return Long.parseLong(String.valueOf(qualifier));
  }

  /// The ARN of a machine, with its version or alias where there is one.
  static String of(Scope scope, String machine, @Nullable Object qualifier) {
    return scope
        .arn("states", "stateMachine:" + machine + (qualifier == null ? "" : ":" + qualifier))
        .toString();
  }
}
