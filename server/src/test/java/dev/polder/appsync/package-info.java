/// Tests of AppSync with tables.
@NullMarked
package dev.polder.appsync;

import org.jspecify.annotations.NullMarked;
