/// Who asks, and what they may do: API keys, tokens, signed requests and authorising functions on
/// the one side, the rules of `@auth` and the directives `@aws_*` on the other.
@NullMarked
package dev.polder.appsync.auth;

import org.jspecify.annotations.NullMarked;
