/// Map runs: the items of a distributed Map state, each processed by a child execution. Items and
/// results are in the store; in memory are only counts, and the children that begin.
@NullMarked
package dev.polder.stepfunctions.maprun;

import org.jspecify.annotations.NullMarked;
