/// The durable state of the process: one ordered keyspace with atomic batches.
@NullMarked
package dev.polder.store;

import org.jspecify.annotations.NullMarked;
