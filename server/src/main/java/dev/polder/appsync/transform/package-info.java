/// The schema transform: from a schema annotated with Amplify's directives to an API with types,
/// inputs, operations, resolvers and tables, as Amplify's own generator makes them. Pure: text in,
/// records out.
@NullMarked
package dev.polder.appsync.transform;

import org.jspecify.annotations.NullMarked;
