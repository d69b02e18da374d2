/// How the work of tasks is done: functions, any operation of a service by its SDK's name, the
/// integrations that Step Functions is built for, and the jobs that they wait for.
@NullMarked
package dev.polder.stepfunctions.integration;

import org.jspecify.annotations.NullMarked;
