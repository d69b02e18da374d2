/// Reading of parsed schemas, for transforms and checks alike.
@NullMarked
package dev.polder.appsync.transform.ast;

import org.jspecify.annotations.NullMarked;
