/// Amazon S3 over plain files.
///
/// A bucket is a folder, an object is a file whose path is its key, so that SQL engines read the
/// same bytes in place. What S3 knows of an object beside its bytes (ETag, headers, tags,
/// checksums) is in one extended attribute of the file. Versions, object lock, policies and
/// encryption keys are not supported and are refused by name.
@NullMarked
package dev.polder.s3;

import org.jspecify.annotations.NullMarked;
