/// Tests of GraphQL over HTTP.
@NullMarked
package dev.polder.graphql;

import org.jspecify.annotations.NullMarked;
