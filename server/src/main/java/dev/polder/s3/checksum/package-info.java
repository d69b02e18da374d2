/// The checksums of S3 objects: computing, combining, writing in base 64.
@NullMarked
package dev.polder.s3.checksum;

import org.jspecify.annotations.NullMarked;
