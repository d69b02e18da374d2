/// Tests of the expressions that select partitions.
@NullMarked
package dev.polder.glue.expression;

import org.jspecify.annotations.NullMarked;
