package dev.polder.s3;

import dev.polder.kernel.Scope;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/// The settings of a bucket that nobody has changed, because they cannot be changed here: every
/// answer is that of a new bucket. Setting any of them is not supported; removing what is not there
/// succeeds, as in S3.
final class BucketSettings {
  private final S3Storage s3;

  BucketSettings(S3Storage s3) {
    this.s3 = s3;
  }

  private void open(Scope scope, String bucket, @Nullable String expectedOwner) {
    s3.buckets().open(bucket, scope, expectedOwner);
  }

  GetBucketPolicyResponse getBucketPolicy(Scope scope, GetBucketPolicyRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing("NoSuchBucketPolicy", "The bucket policy does not exist");
  }

  GetBucketPolicyStatusResponse getBucketPolicyStatus(Scope scope, GetBucketPolicyStatusRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing("NoSuchBucketPolicy", "The bucket policy does not exist");
  }

  GetBucketCorsResponse getBucketCors(Scope scope, GetBucketCorsRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing("NoSuchCORSConfiguration", "The CORS configuration does not exist");
  }

  GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
      Scope scope, GetBucketLifecycleConfigurationRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing(
        "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
  }

  GetBucketWebsiteResponse getBucketWebsite(Scope scope, GetBucketWebsiteRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing(
        "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration");
  }

  GetBucketReplicationResponse getBucketReplication(Scope scope, GetBucketReplicationRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing(
        "ReplicationConfigurationNotFoundError", "The replication configuration was not found");
  }

  GetObjectLockConfigurationResponse getObjectLockConfiguration(
      Scope scope, GetObjectLockConfigurationRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    throw S3Errors.missing(
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket");
  }

  GetBucketVersioningResponse getBucketVersioning(Scope scope, GetBucketVersioningRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketVersioningResponse.builder().build();
  }

  GetBucketNotificationConfigurationResponse getBucketNotificationConfiguration(
      Scope scope, GetBucketNotificationConfigurationRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketNotificationConfigurationResponse.builder().build();
  }

  GetBucketLoggingResponse getBucketLogging(Scope scope, GetBucketLoggingRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketLoggingResponse.builder().build();
  }

  GetBucketAccelerateConfigurationResponse getBucketAccelerateConfiguration(
      Scope scope, GetBucketAccelerateConfigurationRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketAccelerateConfigurationResponse.builder().build();
  }

  GetBucketRequestPaymentResponse getBucketRequestPayment(
      Scope scope, GetBucketRequestPaymentRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketRequestPaymentResponse.builder().payer(Payer.BUCKET_OWNER).build();
  }

  GetBucketOwnershipControlsResponse getBucketOwnershipControls(
      Scope scope, GetBucketOwnershipControlsRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketOwnershipControlsResponse.builder()
        .ownershipControls(all ->
            all.rules(
                OwnershipControlsRule.builder()
                    .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                    .build()))
        .build();
  }

  GetBucketEncryptionResponse getBucketEncryption(Scope scope, GetBucketEncryptionRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetBucketEncryptionResponse.builder()
        .serverSideEncryptionConfiguration(all ->
            all.rules(
                ServerSideEncryptionRule.builder()
                    .bucketKeyEnabled(false)
                    .applyServerSideEncryptionByDefault(
                        each -> each.sseAlgorithm(ServerSideEncryption.AES256))
                    .build()))
        .build();
  }

  GetPublicAccessBlockResponse getPublicAccessBlock(Scope scope, GetPublicAccessBlockRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return GetPublicAccessBlockResponse.builder()
        .publicAccessBlockConfiguration(all ->
            all.blockPublicAcls(true)
                .ignorePublicAcls(true)
                .blockPublicPolicy(true)
                .restrictPublicBuckets(true))
        .build();
  }

  DeleteBucketPolicyResponse deleteBucketPolicy(Scope scope, DeleteBucketPolicyRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return DeleteBucketPolicyResponse.builder().build();
  }

  DeleteBucketCorsResponse deleteBucketCors(Scope scope, DeleteBucketCorsRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return DeleteBucketCorsResponse.builder().build();
  }

  DeleteBucketLifecycleResponse deleteBucketLifecycle(Scope scope, DeleteBucketLifecycleRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return DeleteBucketLifecycleResponse.builder().build();
  }

  DeleteBucketWebsiteResponse deleteBucketWebsite(Scope scope, DeleteBucketWebsiteRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return DeleteBucketWebsiteResponse.builder().build();
  }

  DeleteBucketReplicationResponse deleteBucketReplication(
      Scope scope, DeleteBucketReplicationRequest r) {
    open(scope, r.bucket(), r.expectedBucketOwner());
    return DeleteBucketReplicationResponse.builder().build();
  }
}
