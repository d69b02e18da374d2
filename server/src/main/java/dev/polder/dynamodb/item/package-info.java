/// What a table holds: attribute values with DynamoDB's rules for numbers, sets, order and size,
/// and their two binary forms, one that keeps the order of keys and one that is small and quick to
/// read.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
@NullMarked
package dev.polder.dynamodb.item;

import org.jspecify.annotations.NullMarked;
