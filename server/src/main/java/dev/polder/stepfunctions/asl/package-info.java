/// The Amazon States Language: a definition as written (text, then a tree that knows where each
/// value stood), every problem in it, and the validated tree that executions run on. Pure: no
/// clock, no store, no SDK types.
///
/// [DefinitionParser] begins; each `…Parser` reads one part of the text through [Fields] and
/// reports to [Findings]. What comes out is a [StateMachineDefinition] of [State]s, whose data
/// passes by a [DataFlow] in one of the two query languages.
@NullMarked
package dev.polder.stepfunctions.asl;

import org.jspecify.annotations.NullMarked;
