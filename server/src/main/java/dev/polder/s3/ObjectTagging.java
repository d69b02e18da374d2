package dev.polder.s3;

import dev.polder.kernel.Scope;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;

/// The tags of objects.
final class ObjectTagging {
  private final S3Storage s3;

  ObjectTagging(S3Storage s3) {
    this.s3 = s3;
  }

  GetObjectTaggingResponse get(Scope scope, GetObjectTaggingRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    StoredObject object =
        s3.objects().find(new Address(r.bucket(), r.key())).orElseThrow(S3Errors::noSuchKey);
    return GetObjectTaggingResponse.builder().tagSet(Tags.list(object.metadata().tags())).build();
  }

  PutObjectTaggingResponse put(Scope scope, PutObjectTaggingRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    if (r.tagging() == null) {
      throw S3Errors.malformedXml();
    }
    var tags =
        Tags.of(r.tagging().tagSet(), Tags.OF_OBJECT, "Object tags cannot be greater than 10");
    set(new Address(r.bucket(), r.key()), tags);
    return PutObjectTaggingResponse.builder().build();
  }

  DeleteObjectTaggingResponse delete(Scope scope, DeleteObjectTaggingRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    set(new Address(r.bucket(), r.key()), Map.of());
    return DeleteObjectTaggingResponse.builder().build();
  }

  private void set(Address address, Map<String, String> tags) throws IOException {
    s3.objects().describe(address, metadata -> metadata.tagged(tags));
  }
}
