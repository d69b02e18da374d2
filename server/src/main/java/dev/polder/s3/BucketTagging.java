package dev.polder.s3;

import dev.polder.kernel.Scope;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;

/// The tags of buckets.
final class BucketTagging {
  static final String TOO_MANY = "Bucket tag count cannot be greater than 50";

  private final S3Storage s3;

  BucketTagging(S3Storage s3) {
    this.s3 = s3;
  }

  GetBucketTaggingResponse get(Scope scope, GetBucketTaggingRequest r) {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    if (bucket.tags().isEmpty()) {
      throw S3Errors.missing("NoSuchTagSet", "The TagSet does not exist");
    }
    return GetBucketTaggingResponse.builder().tagSet(Tags.list(bucket.tags())).build();
  }

  PutBucketTaggingResponse put(Scope scope, PutBucketTaggingRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    if (r.tagging() == null) {
      throw S3Errors.malformedXml();
    }
    var tags = Tags.of(r.tagging().tagSet(), Tags.OF_BUCKET, TOO_MANY);
    s3.buckets().change(r.bucket(), bucket -> bucket.tagged(tags));
    return PutBucketTaggingResponse.builder().build();
  }

  DeleteBucketTaggingResponse delete(Scope scope, DeleteBucketTaggingRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    s3.buckets().change(r.bucket(), bucket -> bucket.tagged(Map.of()));
    return DeleteBucketTaggingResponse.builder().build();
  }
}
