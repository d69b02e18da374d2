/// The checksums of S3 objects: computing, combining, writing in base 64.
@NullMarked
package dev.polder.kernel.checksum;

import org.jspecify.annotations.NullMarked;
