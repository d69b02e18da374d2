/// AWS Step Functions: state machines, their executions, activities.
///
/// The facade [dev.polder.stepfunctions.LocalStepFunctions] speaks the SDK's types; what it stands
/// on does not: the language in `asl` and `expression`, executions in `execution`, and the work of
/// tasks in `integration`.
@NullMarked
package dev.polder.stepfunctions;

import org.jspecify.annotations.NullMarked;
