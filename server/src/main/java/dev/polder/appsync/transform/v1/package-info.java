/// The transform of the first generation's directives (`@model`, `@key`, `@connection`,
/// `@function`, `@auth`, `@versioned`), with the SDL, the tables and the resolvers that Amplify
/// generated of them at the end of 2020.
@NullMarked
package dev.polder.appsync.transform.v1;

import org.jspecify.annotations.NullMarked;
