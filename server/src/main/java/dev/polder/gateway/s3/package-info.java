/// S3's own protocol: XML where there is structure, plain streams where there are objects, buckets
/// in the host name or in the path.
@NullMarked
package dev.polder.gateway.s3;

import org.jspecify.annotations.NullMarked;
