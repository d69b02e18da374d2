package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.stepfunctions.execution.Execution;
import dev.polder.stepfunctions.execution.Payload;
import dev.polder.stepfunctions.execution.Standing;
import java.time.Instant;

/// One call of a task.
///
/// @param idempotency the same text whenever the same scheduled task is called
/// @param again whether it may have been called before, by a process that has ended
record TaskCall(Execution execution, Standing.Tasking task, String idempotency, boolean again) {

  /// Where the call goes: the account of the role in `Credentials`, or the execution's own.
  Scope scope() {
    Scope own = execution.scope();
    String role = task.roleArn();
    return role == null
        ? own
        : Arn.parse(role).map(arn -> new Scope(arn.account(), own.region())).orElse(own);
  }

  /// When the task was scheduled; never later.
  Instant scheduledAt() {
    return Instant.ofEpochMilli(task.scheduledAt());
  }

  Payload payload() {
    Payload given = task.arguments();
    return given == null ? Payload.EMPTY : given;
  }

  Arguments arguments() {
    return Arguments.of(payload().value());
  }
}
