/// Tests of PartiQL.
@NullMarked
package dev.polder.dynamodb.expression.partiql;

import org.jspecify.annotations.NullMarked;
