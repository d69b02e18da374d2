/// Tests of DynamoDB.
@NullMarked
package dev.polder.dynamodb;

import org.jspecify.annotations.NullMarked;
