package dev.polder.s3;

import dev.polder.kernel.Scope;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PutBucketAclRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAclResponse;
import software.amazon.awssdk.services.s3.model.PutObjectAclRequest;
import software.amazon.awssdk.services.s3.model.PutObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Type;

/// Access control lists as a bucket has them whose owner owns every object: the owner has full
/// control, and that cannot be changed.
///
/// @see <a
///   href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html">S3:
///   object ownership</a>
final class AccessLists {
  private final S3Storage s3;

  AccessLists(S3Storage s3) {
    this.s3 = s3;
  }

  GetBucketAclResponse get(Scope scope, GetBucketAclRequest r) {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    String owner = Hashing.canonicalUser(bucket.scope().account());
    return GetBucketAclResponse.builder()
        .owner(each -> each.id(owner))
        .grants(fullControl(owner))
        .build();
  }

  GetObjectAclResponse get(Scope scope, GetObjectAclRequest r) throws IOException {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    requireObject(new Address(r.bucket(), r.key()));
    String owner = Hashing.canonicalUser(bucket.scope().account());
    return GetObjectAclResponse.builder()
        .owner(each -> each.id(owner))
        .grants(fullControl(owner))
        .build();
  }

  private void requireObject(Address address) throws IOException {
    if (s3.objects().find(address).isEmpty()) {
      throw S3Errors.noSuchKey();
    }
  }

  private static List<Grant> fullControl(String owner) {
    return List.of(
        Grant.builder()
            .grantee(each -> each.id(owner).type(Type.CANONICAL_USER))
            .permission(Permission.FULL_CONTROL)
            .build());
  }

  /// Takes what changes nothing: `private`, and `bucket-owner-full-control`.
  PutBucketAclResponse put(Scope scope, PutBucketAclRequest r) {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    if (r.accessControlPolicy() != null || r.acl() == null) {
      throw S3Errors.aclsOff();
    }
    return PutBucketAclResponse.builder().build();
  }

  /// Takes what changes nothing: `private`, and `bucket-owner-full-control`.
  PutObjectAclResponse put(Scope scope, PutObjectAclRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    requireObject(new Address(r.bucket(), r.key()));
    if (r.accessControlPolicy() != null || r.acl() == null) {
      throw S3Errors.aclsOff();
    }
    return PutObjectAclResponse.builder().build();
  }
}
