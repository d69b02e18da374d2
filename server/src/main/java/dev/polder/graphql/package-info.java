/// GraphQL over HTTP and WebSocket: what lets clients reach the APIs of AppSync. Knows the gateway
/// and AppSync's entry, and nothing of schemas.
@NullMarked
package dev.polder.graphql;

import org.jspecify.annotations.NullMarked;
