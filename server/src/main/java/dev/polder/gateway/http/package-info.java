/// The port behind which the HTTP server stands, and its adapter. Nothing outside this package
/// knows which server it is.
@NullMarked
package dev.polder.gateway.http;

import org.jspecify.annotations.NullMarked;
