package dev.polder.s3;

/// The operations by their subjects.
record S3Operations(
    BucketOperations buckets,
    ObjectOperations objects,
    ObjectAttributesOperation attributes,
    MultipartOperations multipart,
    UploadListing uploads,
    ListOperations lists,
    ObjectTagging objectTags,
    BucketTagging bucketTags,
    AccessLists acls,
    BucketSettings settings) {

  static S3Operations on(S3Storage s3) {
    return new S3Operations(
        new BucketOperations(s3),
        new ObjectOperations(s3),
        new ObjectAttributesOperation(s3),
        new MultipartOperations(s3),
        new UploadListing(s3),
        new ListOperations(s3),
        new ObjectTagging(s3),
        new BucketTagging(s3),
        new AccessLists(s3),
        new BucketSettings(s3));
  }
}
