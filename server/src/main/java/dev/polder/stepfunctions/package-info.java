/// AWS Step Functions: state machines, their executions, activities.
///
/// The facade [dev.polder.stepfunctions.LocalStepFunctions] speaks the SDK's types; what it stands
/// on does not: the language in `asl` and `expression`, executions in `execution`, the work of
/// tasks in `integration`, and the items of distributed maps in `maprun`.
@NullMarked
package dev.polder.stepfunctions;

import org.jspecify.annotations.NullMarked;
