/// Refusal of wrong schemas in the words of Amplify's own tool: the syntax errors and validation
/// rules of the GraphQL library that it is built on, and the checks of each of its directives, in
/// its order.
@NullMarked
package dev.polder.appsync.transform.check;

import org.jspecify.annotations.NullMarked;
