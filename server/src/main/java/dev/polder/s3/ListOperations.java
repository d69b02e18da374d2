package dev.polder.s3;

import dev.polder.kernel.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The lists of a bucket's objects.
///
/// Keys are answered as they are even where the request asks for URL encoding: that is how the
/// SDK's own client hands them to its caller. The encoding is on the wire.
final class ListOperations {
  private final S3Storage s3;

  ListOperations(S3Storage s3) {
    this.s3 = s3;
  }

  ListObjectsV2Response list(Scope scope, ListObjectsV2Request r) throws IOException {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    int most = Listing.pageSize(r.maxKeys(), "maxKeys");
    var from =
        r.continuationToken() != null
            ? PageToken.decode(r.continuationToken())
            : new Listing.Position(text(r.startAfter()), "");
    var page =
        s3.listing()
            .page(
                new Listing.Wanted(r.bucket(), text(r.prefix()), text(r.delimiter()), from, most));
    String owner = Boolean.TRUE.equals(r.fetchOwner()) ? owner(bucket) : null;
    return ListObjectsV2Response.builder()
        .name(r.bucket())
        .prefix(text(r.prefix()))
        .delimiter(r.delimiter())
        .encodingType(r.encodingTypeAsString())
        .maxKeys(most)
        .startAfter(r.startAfter())
        .continuationToken(r.continuationToken())
        .nextContinuationToken(page.next().map(PageToken::encode).orElse(null))
        .isTruncated(page.next().isPresent())
        .keyCount(page.objects().size() + page.groups().size())
        .contents(page.objects().stream().map(each -> object(each, owner)).toList())
        .commonPrefixes(prefixes(page))
        .build();
  }

  ListObjectsResponse list(Scope scope, ListObjectsRequest r) throws IOException {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    int most = Listing.pageSize(r.maxKeys(), "maxKeys");
    var from = marker(text(r.marker()), text(r.prefix()), text(r.delimiter()));
    var page =
        s3.listing()
            .page(
                new Listing.Wanted(r.bucket(), text(r.prefix()), text(r.delimiter()), from, most));
    boolean tells = !text(r.delimiter()).isEmpty();
    String owner = owner(bucket);
    return ListObjectsResponse.builder()
        .name(r.bucket())
        .prefix(text(r.prefix()))
        .marker(text(r.marker()))
        .delimiter(r.delimiter())
        .encodingType(r.encodingTypeAsString())
        .maxKeys(most)
        .isTruncated(page.next().isPresent())
        .nextMarker(tells ? page.next().map(Listing.Position::after).orElse(null) : null)
        .contents(page.objects().stream().map(each -> object(each, owner)).toList())
        .commonPrefixes(prefixes(page))
        .build();
  }

  /// Without versioning each object is its only version, named `null`.
  ListObjectVersionsResponse list(Scope scope, ListObjectVersionsRequest r) throws IOException {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    int most = Listing.pageSize(r.maxKeys(), "maxKeys");
    if (r.versionIdMarker() != null && text(r.keyMarker()).isEmpty()) {
      throw S3Errors.invalidArgument(
          "A version-id marker cannot be specified without a key marker.");
    }
    var from = marker(text(r.keyMarker()), text(r.prefix()), text(r.delimiter()));
    var page =
        s3.listing()
            .page(
                new Listing.Wanted(r.bucket(), text(r.prefix()), text(r.delimiter()), from, most));
    String owner = owner(bucket);
    boolean ofGroup = page.next().filter(each -> !each.group().isEmpty()).isPresent();
    return ListObjectVersionsResponse.builder()
        .name(r.bucket())
        .prefix(text(r.prefix()))
        .keyMarker(text(r.keyMarker()))
        .versionIdMarker(text(r.versionIdMarker()))
        .delimiter(r.delimiter())
        .encodingType(r.encodingTypeAsString())
        .maxKeys(most)
        .isTruncated(page.next().isPresent())
        .nextKeyMarker(page.next().map(Listing.Position::after).orElse(null))
        .nextVersionIdMarker(page.next().isPresent() && !ofGroup ? "null" : null)
        .versions(page.objects().stream().map(each -> version(each, owner)).toList())
        .commonPrefixes(prefixes(page))
        .build();
  }

  /// A marker within a group passes over all of the group.
  private static Listing.Position marker(String marker, String prefix, String delimiter) {
    int at =
        delimiter.isEmpty() || !marker.startsWith(prefix)
            ? -1
            : marker.indexOf(delimiter, prefix.length());
    return new Listing.Position(marker, at < 0 ? "" : marker.substring(0, at + delimiter.length()));
  }

  private static S3Object object(StoredObject object, @Nullable String owner) {
    var answer =
        S3Object.builder()
            .key(object.address().key())
            .size(object.size())
            .eTag(object.etag())
            .lastModified(object.lastModified())
            .storageClass(storageClass(object));
    if (owner != null) {
      answer.owner(each -> each.id(owner));
    }
    var sum = object.metadata().checksum();
    if (sum != null) {
      answer
          .checksumAlgorithmWithStrings(sum.algorithm().name())
          .checksumType(ObjectAnswers.type(sum));
    }
    return answer.build();
  }

  private static ObjectVersion version(StoredObject object, String owner) {
    return ObjectVersion.builder()
        .key(object.address().key())
        .versionId("null")
        .isLatest(true)
        .size(object.size())
        .eTag(object.etag())
        .lastModified(object.lastModified())
        .storageClass(storageClass(object))
        .owner(each -> each.id(owner))
        .build();
  }

  private static String storageClass(StoredObject object) {
    return object.metadata().header(ObjectMetadata.STORAGE_CLASS).orElse("STANDARD");
  }

  private static List<CommonPrefix> prefixes(Listing.Page page) {
    return page.groups().stream().map(each -> CommonPrefix.builder().prefix(each).build()).toList();
  }

  private static String owner(Bucket bucket) {
    return Hashing.canonicalUser(bucket.scope().account());
  }

  private static String text(@Nullable String given) {
    return Objects.requireNonNullElse(given, "");
  }
}
