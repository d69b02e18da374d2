/// Tests of what a table holds.
@NullMarked
package dev.polder.dynamodb.item;

import org.jspecify.annotations.NullMarked;
