/// The expressions of DynamoDB: conditions and filters, key conditions, projections and updates,
/// with their placeholders, limits and messages; and the older parameters that say the same without
/// a language, translated to the same trees.
///
/// [Expressions] is where a request begins. Each text becomes a tree as written ([Syntax]), which
/// is checked as a whole, in the real service's order of complaints, and becomes a tree that can be
/// evaluated ([Condition], [Projection], [Update], [KeyConditions]).
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
@NullMarked
package dev.polder.dynamodb.expression;

import org.jspecify.annotations.NullMarked;
