/// X-Ray's filter expressions: read, and asked of the documents of a trace. Plain Java.
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
@NullMarked
package dev.polder.xray.filter;

import org.jspecify.annotations.NullMarked;
