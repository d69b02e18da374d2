/// How executions run. The heart is a function from the state of an execution and something that
/// happened to new entries of its log and commands; the state is a fold over the log. The
/// [dev.polder.stepfunctions.execution.Runner] around it stores what was decided and only then
/// carries the commands out.
///
/// Where is what:
/// - deciding: [Interpreter] in a [Turn], with `…Step` for each kind of state; [ExecutionState] and
///   its [Branch]es with what each stands still for ([Standing])
/// - what happens and what is to be done: [Trigger], [Entry] (with [Detail]), [Command]
/// - running: [Runner] for Standard executions by their [Mailboxes], [Express] for the others
/// - on disk: [ExecutionStore]; the `…Codec`s are its bytes, [Timers] its clock
@NullMarked
package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.NullMarked;
