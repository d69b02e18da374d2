/// The language of GetPartitions' `Expression`: tokens, a sealed tree, a typed evaluator.
@NullMarked
package dev.polder.glue.expression;

import org.jspecify.annotations.NullMarked;
