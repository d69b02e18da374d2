/// Step Functions: state machines in the Amazon States Language, their executions, and the API.
@NullMarked
package dev.polder.stepfunctions;

import org.jspecify.annotations.NullMarked;
