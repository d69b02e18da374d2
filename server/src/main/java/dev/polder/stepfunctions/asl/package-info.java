/// The Amazon States Language: a definition as written (text, then a tree that knows where each
/// value stood), every problem in it, and the validated tree that executions run on. Pure: no
/// clock, no store, no SDK types.
@NullMarked
package dev.polder.stepfunctions.asl;

import org.jspecify.annotations.NullMarked;
