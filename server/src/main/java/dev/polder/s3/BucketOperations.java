package dev.polder.s3;

import dev.polder.kernel.Scope;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/// Buckets: create, head, list, locate, delete.
final class BucketOperations {
  private static final int LARGEST_PAGE = 10_000;

  private final S3Storage s3;

  BucketOperations(S3Storage s3) {
    this.s3 = s3;
  }

  CreateBucketResponse create(Scope scope, CreateBucketRequest r) throws IOException {
    Members.of(r);
    var asked = Optional.ofNullable(r.createBucketConfiguration());
    if (asked.isPresent() && (asked.get().location() != null || asked.get().bucket() != null)) {
      throw S3Errors.notImplemented("CreateBucketConfiguration with Location or Bucket");
    }
    String ownership = r.objectOwnershipAsString();
    if (ownership != null && !ownership.equals("BucketOwnerEnforced")) {
      throw S3Errors.notImplemented("x-amz-object-ownership: " + ownership);
    }
    String region = region(scope, asked.map(each -> each.locationConstraintAsString()));
    Map<String, String> tags =
        asked
            .map(each -> Tags.of(each.tags(), Tags.OF_BUCKET, BucketTagging.TOO_MANY))
            .orElse(Map.of());
    var owner = new Scope(scope.account(), region);
    s3.buckets().create(Buckets.made(r.bucket(), owner, s3.time().instant(), tags));
    return CreateBucketResponse.builder()
        .location("/" + r.bucket())
        .bucketArn("arn:aws:s3:::" + r.bucket())
        .build();
  }

  /// The region of a new bucket. The endpoint of us-east-1 makes buckets anywhere, every other one
  /// in its own region only, which must be named.
  private static String region(Scope scope, Optional<String> constraint) {
    boolean anywhere = scope.region().equals(Scope.DEFAULT.region());
    String asked = constraint.filter(each -> !each.isEmpty()).orElse(null);
    if (asked == null) {
      if (!anywhere) {
        throw S3Errors.illegalLocation("unspecified");
      }
      return scope.region();
    }
    String region = asked.equals("EU") ? "eu-west-1" : asked;
    if (!Scope.isRegion(region)) {
      throw S3Errors.invalidLocation();
    }
    if (!anywhere && !region.equals(scope.region())) {
      throw S3Errors.illegalLocation(asked);
    }
    return region;
  }

  HeadBucketResponse head(Scope scope, HeadBucketRequest r) {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    return HeadBucketResponse.builder()
        .bucketRegion(bucket.scope().region())
        .bucketArn("arn:aws:s3:::" + r.bucket())
        .accessPointAlias(false)
        .build();
  }

  GetBucketLocationResponse location(Scope scope, GetBucketLocationRequest r) {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    String region = bucket.scope().region();
    return GetBucketLocationResponse.builder()
        .locationConstraint(region.equals(Scope.DEFAULT.region()) ? null : region)
        .build();
  }

  ListBucketsResponse list(Scope scope, ListBucketsRequest r) {
    int most = Objects.requireNonNullElse(r.maxBuckets(), LARGEST_PAGE);
    if (most < 1 || most > LARGEST_PAGE) {
      throw S3Errors.invalidArgument("Argument max-buckets must be an integer between 1 and 10000");
    }
    String prefix = Objects.requireNonNullElse(r.prefix(), "");
    String after =
        r.continuationToken() == null ? "" : PageToken.decode(r.continuationToken()).after();
    List<Bucket> found =
        s3.buckets().list(scope.account(), prefix, r.bucketRegion(), after, most + 1);
    boolean more = found.size() > most;
    List<Bucket> page = more ? found.subList(0, most) : found;
    return ListBucketsResponse.builder()
        .buckets(page.stream().map(BucketOperations::shown).toList())
        .owner(each -> each.id(Hashing.canonicalUser(scope.account())))
        .prefix(r.prefix())
        .continuationToken(
            more ? PageToken.encode(new Listing.Position(page.getLast().name(), "")) : null)
        .build();
  }

  private static software.amazon.awssdk.services.s3.model.Bucket shown(Bucket bucket) {
    return software.amazon.awssdk.services.s3.model.Bucket.builder()
        .name(bucket.name())
        .creationDate(bucket.created().truncatedTo(ChronoUnit.SECONDS))
        .bucketRegion(bucket.scope().region())
        .bucketArn("arn:aws:s3:::" + bucket.name())
        .build();
  }

  DeleteBucketResponse delete(Scope scope, DeleteBucketRequest r) throws IOException {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    List<Upload> unfinished = s3.uploads().of(bucket.name());
    s3.buckets().delete(bucket);
    s3.uploads().abandon(unfinished);
    return DeleteBucketResponse.builder().build();
  }
}
