/// AWS X-Ray's API over the spans that this process remembers: traces as documents of segments, and
/// summaries of them.
@NullMarked
package dev.polder.xray;

import org.jspecify.annotations.NullMarked;
