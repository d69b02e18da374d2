/// Amazon EventBridge Scheduler: schedules, their groups, and the firing of their targets.
///
/// Targets are Step Functions' StartExecution, Lambda's asynchronous invocation, and, as universal
/// targets, every operation of every service of this process. Not supported: other templated
/// targets, customer managed keys.
///
/// https://docs.aws.amazon.com/scheduler/latest/APIReference/Welcome.html
@NullMarked
package dev.polder.scheduler;

import org.jspecify.annotations.NullMarked;
