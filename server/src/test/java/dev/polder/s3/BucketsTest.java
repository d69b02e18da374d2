package dev.polder.s3;

import static dev.polder.s3.S3Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Tag;

/// Buckets, whose they are, and their settings.
final class BucketsTest {
  @TempDir Path directory;
  private S3Fixture fixture;

  @BeforeEach
  void open() {
    fixture = S3Fixture.withBucket(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aBucketBelongsToItsAccount() {
    var other = fixture.as("111111111111", "us-east-1");

    assertRefused("AccessDenied", 403, () -> other.headBucket(r -> r.bucket("lake")));
    assertRefused("AccessDenied", 403, () -> other.listObjectsV2(r -> r.bucket("lake")));
    assertRefused("AccessDenied", 403, () -> other.deleteBucket(r -> r.bucket("lake")));
    assertRefused("BucketAlreadyExists", 409, () -> other.createBucket(r -> r.bucket("lake")));
    assertRefused(
        "AccessDenied",
        403,
        () -> fixture.s3.headBucket(r -> r.bucket("lake").expectedBucketOwner("111111111111")));
    other.createBucket(r -> r.bucket("other"));
    assertThat(other.listBuckets().buckets()).map(Bucket::name).containsExactly("other");
    assertThat(fixture.s3.listBuckets().buckets()).map(Bucket::name).containsExactly("lake");
  }

  @Test
  void aBucketIsInItsRegion() {
    var eu = fixture.as("000000000000", "eu-west-1");
    eu.createBucket(
        r -> r.bucket("west").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));

    assertThat(eu.getBucketLocation(r -> r.bucket("west")).locationConstraintAsString())
        .isEqualTo("eu-west-1");
    assertThat(eu.getBucketLocation(r -> r.bucket("lake")).locationConstraint()).isNull();
    assertThat(fixture.s3.headBucket(r -> r.bucket("west")).bucketRegion()).isEqualTo("eu-west-1");
    assertRefused(
        "IllegalLocationConstraintException", 400, () -> eu.createBucket(r -> r.bucket("none")));
    assertRefused(
        "BucketAlreadyOwnedByYou",
        409,
        () ->
            eu.createBucket(r ->
                r.bucket("west")
                    .createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))));
    fixture.s3.createBucket(r -> r.bucket("lake"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Upper",
        "a..b",
        "-ab",
        "ab-",
        "192.168.0.1",
        "a_b",
        ".draft",
        "..",
        "a/b",
        "xn--x"
      })
  void badNamesAreRefused(String name) {
    assertRefused("InvalidBucketName", 400, () -> fixture.s3.createBucket(r -> r.bucket(name)));
    assertRefused("InvalidBucketName", 400, () -> fixture.s3.headBucket(r -> r.bucket(name)));
    assertThat(fixture.lake.hasBucket(name)).isFalse();
  }

  @Test
  void onlyAnEmptyBucketCanBeDeleted() throws Exception {
    fixture.put("a/b", "1");
    assertRefused("BucketNotEmpty", 409, () -> fixture.s3.deleteBucket(r -> r.bucket("lake")));
    fixture.s3.deleteObject(r -> r.bucket("lake").key("a/b"));
    Files.createDirectories(fixture.root.resolve("lake/left/by/hand"));
    fixture.s3.createMultipartUpload(r -> r.bucket("lake").key("never finished"));

    fixture.s3.deleteBucket(r -> r.bucket("lake"));

    assertThat(fixture.root.resolve("lake")).doesNotExist();
    assertThat(fixture.root.resolve(".upload")).isEmptyDirectory();
    assertRefused("NoSuchBucket", 404, () -> fixture.put("a", ""));
    assertThat(fixture.s3.listBuckets().buckets()).isEmpty();
    fixture.s3.createBucket(r -> r.bucket("lake"));
    assertThat(fixture.s3.listMultipartUploads(r -> r.bucket("lake")).uploads()).isEmpty();
  }

  @Test
  void bucketsAreListedInPages() {
    for (String name : List.of("cc1", "aa1", "bb1", "aa2")) {
      fixture.s3.createBucket(r -> r.bucket(name));
    }
    assertThat(fixture.s3.listBucketsPaginator(r -> r.maxBuckets(2)).stream())
        .flatMap(page -> page.buckets().stream().map(Bucket::name).toList())
        .containsExactly("aa1", "aa2", "bb1", "cc1", "lake");
    assertThat(fixture.s3.listBuckets(r -> r.prefix("aa1")).buckets())
        .map(Bucket::name)
        .containsExactly("aa1");
    assertThat(fixture.s3.listBuckets(r -> r.bucketRegion("eu-west-1")).buckets()).isEmpty();
  }

  @Test
  void aBucketHasTheTagsThatItWasGiven() {
    assertRefused("NoSuchTagSet", 404, () -> fixture.s3.getBucketTagging(r -> r.bucket("lake")));
    var tag = Tag.builder().key("team").value("traffic").build();
    fixture.s3.putBucketTagging(r -> r.bucket("lake").tagging(t -> t.tagSet(tag)));
    assertThat(fixture.s3.getBucketTagging(r -> r.bucket("lake")).tagSet()).containsExactly(tag);
    fixture.s3.deleteBucketTagging(r -> r.bucket("lake"));
    assertRefused("NoSuchTagSet", 404, () -> fixture.s3.getBucketTagging(r -> r.bucket("lake")));
  }

  @Test
  void settingsAreThoseOfANewBucketAndCannotBeChanged() {
    var s3 = fixture.s3;
    assertThat(s3.getBucketVersioning(r -> r.bucket("lake")).status()).isNull();
    assertThat(s3.getBucketAcl(r -> r.bucket("lake")).grants())
        .singleElement()
        .satisfies(grant -> assertThat(grant.permission()).isEqualTo(Permission.FULL_CONTROL));
    assertRefused("NoSuchBucketPolicy", 404, () -> s3.getBucketPolicy(r -> r.bucket("lake")));
    assertRefused("NoSuchCORSConfiguration", 404, () -> s3.getBucketCors(r -> r.bucket("lake")));
    assertRefused(
        "NoSuchLifecycleConfiguration",
        404,
        () -> s3.getBucketLifecycleConfiguration(r -> r.bucket("lake")));
    assertThat(s3.getBucketNotificationConfiguration(r -> r.bucket("lake")).topicConfigurations())
        .isEmpty();
    s3.putBucketAcl(r -> r.bucket("lake").acl("private"));
    assertRefused(
        "AccessControlListNotSupported",
        400,
        () -> s3.putBucketAcl(r -> r.bucket("lake").acl("public-read")));
    assertThatThrownBy(() ->
            s3.putBucketVersioning(r ->
                r.bucket("lake")
                    .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED))))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> s3.putBucketPolicy(r -> r.bucket("lake").policy("{}")))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
