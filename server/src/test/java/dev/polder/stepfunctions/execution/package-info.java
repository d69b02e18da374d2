/// Tests of the engine of executions.
@NullMarked
package dev.polder.stepfunctions.execution;

import org.jspecify.annotations.NullMarked;
