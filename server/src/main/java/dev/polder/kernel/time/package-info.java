/// Time as a dependency: one clock, its timers, and a count of what is running.
@NullMarked
package dev.polder.kernel.time;

import org.jspecify.annotations.NullMarked;
