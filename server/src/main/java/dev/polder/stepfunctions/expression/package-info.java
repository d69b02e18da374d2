/// What a state machine computes with: JSONPath and reference paths, payload templates, intrinsic
/// functions, JSONata, comparison rules, variables and the context object. Expressions are compiled
/// once with the definition and evaluated against [Data]. Values are those of
/// [dev.polder.kernel.Json].
@NullMarked
package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.NullMarked;
