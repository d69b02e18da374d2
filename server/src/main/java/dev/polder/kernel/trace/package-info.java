/// Where the time of a request goes: spans, what carries them from one process to the next, and
/// those that ended lately.
@NullMarked
package dev.polder.kernel.trace;

import org.jspecify.annotations.NullMarked;
