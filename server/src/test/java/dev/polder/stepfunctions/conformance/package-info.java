/// Cases recorded from the real service, run against Polder's, and a table of what passes.
@NullMarked
package dev.polder.stepfunctions.conformance;

import org.jspecify.annotations.NullMarked;
