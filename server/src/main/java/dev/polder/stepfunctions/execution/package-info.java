/// How executions run. The heart is a function from the state of an execution and something that
/// happened to new entries of its log and commands; the state is a fold over the log. The
/// [dev.polder.stepfunctions.execution.Runner] around it stores what was decided and only then
/// carries the commands out.
@NullMarked
package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.NullMarked;
