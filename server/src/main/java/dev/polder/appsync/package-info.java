/// AppSync: GraphQL APIs made of annotated schemas, stored durably and served. `AppSyncService` is
/// the entry; `transform` makes APIs of schemas, `run` executes requests, `auth` knows who asks.
@NullMarked
package dev.polder.appsync;

import org.jspecify.annotations.NullMarked;
