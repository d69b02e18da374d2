/// Tests of the execution of GraphQL requests.
@NullMarked
package dev.polder.appsync.run;

import org.jspecify.annotations.NullMarked;
