/// Tests of Glue from outside: through the SDK's client interface.
@NullMarked
package dev.polder.glue;

import org.jspecify.annotations.NullMarked;
