/// A GraphQL API ready to be served: what a transform makes of an annotated schema, and all that
/// the run time needs to know. Plain records, free of SDK types and of I/O.
@NullMarked
package dev.polder.appsync.api;

import org.jspecify.annotations.NullMarked;
