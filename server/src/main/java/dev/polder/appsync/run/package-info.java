/// Execution of GraphQL requests: what a deployed API answers. Knows tables and functions as SDK
/// interfaces; knows nothing of HTTP.
@NullMarked
package dev.polder.appsync.run;

import org.jspecify.annotations.NullMarked;
