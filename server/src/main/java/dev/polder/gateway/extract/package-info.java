/// Runs in the build, and is left out of the jar: reads the table of operations out of the SDK's
/// jars.
@NullMarked
package dev.polder.gateway.extract;

import org.jspecify.annotations.NullMarked;
