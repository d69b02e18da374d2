/// Who sends a request, and whether the signature says so too.
@NullMarked
package dev.polder.gateway.auth;

import org.jspecify.annotations.NullMarked;
