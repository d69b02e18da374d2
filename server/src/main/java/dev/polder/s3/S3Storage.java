package dev.polder.s3;

import dev.polder.kernel.Ids;
import dev.polder.kernel.time.Time;

/// What the operations work on.
record S3Storage(
    Buckets buckets, ObjectFiles objects, Listing listing, Uploads uploads, Time time, Ids ids) {}
