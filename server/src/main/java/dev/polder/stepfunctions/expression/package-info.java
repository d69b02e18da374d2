/// What a state machine computes with: JSONPath and reference paths, payload templates, intrinsic
/// functions, JSONata, comparison rules, variables and the context object. Expressions are compiled
/// once with the definition and evaluated against [Data]. Values are those of
/// [dev.polder.kernel.Json].
///
/// [Templates] compiles a field of a definition to an [Expression]: a [Literal], a path ([Path] and
/// the kinds of it), an [Intrinsic], a template ([ObjectTemplate], [ListTemplate]) or a
/// [JsonataExpression]. [JsonataReferences] and its parser only find out what an expression refers
/// to; the JSONata library evaluates it.
@NullMarked
package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.NullMarked;
