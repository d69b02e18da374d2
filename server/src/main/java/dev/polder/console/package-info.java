/// What a person sees in a browser: pages that are clients of the public APIs.
@NullMarked
package dev.polder.console;

import org.jspecify.annotations.NullMarked;
