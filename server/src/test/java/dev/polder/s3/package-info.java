/// S3 as its callers see it: in process, over a socket, through the tools.
@NullMarked
package dev.polder.s3;

import org.jspecify.annotations.NullMarked;
