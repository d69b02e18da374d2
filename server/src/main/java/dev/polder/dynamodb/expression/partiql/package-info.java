/// PartiQL: one statement over one table, read into the conditions, projections and updates that
/// the other operations use.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html
@NullMarked
package dev.polder.dynamodb.expression.partiql;

import org.jspecify.annotations.NullMarked;
