/// Tests of the expressions of DynamoDB.
@NullMarked
package dev.polder.dynamodb.expression;

import org.jspecify.annotations.NullMarked;
