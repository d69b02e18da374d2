package dev.polder.s3;

import dev.polder.kernel.Scope;
import dev.polder.kernel.checksum.Checksum;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.StorageClass;

/// The lists of open uploads and their parts.
final class UploadListing {
  private final S3Storage s3;

  UploadListing(S3Storage s3) {
    this.s3 = s3;
  }

  ListPartsResponse parts(Scope scope, ListPartsRequest r) {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    Upload upload = s3.uploads().find(new Address(r.bucket(), r.key()), r.uploadId());
    int most = Listing.pageSize(r.maxParts(), "max-parts");
    int after = Objects.requireNonNullElse(r.partNumberMarker(), 0);
    List<Part> found = s3.uploads().parts(upload.id(), after, most + 1);
    boolean more = found.size() > most;
    List<Part> page = more ? found.subList(0, most) : found;
    Checksum algorithm = upload.algorithm();
    return ListPartsResponse.builder()
        .bucket(r.bucket())
        .key(r.key())
        .uploadId(upload.id())
        .partNumberMarker(after)
        .nextPartNumberMarker(page.isEmpty() ? after : page.getLast().number())
        .maxParts(most)
        .isTruncated(more && most > 0)
        .parts(page.stream().map(each -> part(each, algorithm)).toList())
        .initiator(each -> each.id(Hashing.canonicalUser(scope.account())))
        .owner(each -> each.id(Hashing.canonicalUser(bucket.scope().account())))
        .storageClass(storageClass(upload))
        .checksumAlgorithm(algorithm == null ? null : algorithm.name())
        .checksumType(algorithm == null ? null : upload.composite() ? "COMPOSITE" : "FULL_OBJECT")
        .build();
  }

  private static software.amazon.awssdk.services.s3.model.Part part(
      Part part, @Nullable Checksum algorithm) {
    var answer =
        software.amazon.awssdk.services.s3.model.Part.builder()
            .partNumber(part.number())
            .size(part.size())
            .eTag('"' + part.etag() + '"')
            .lastModified(seconds(part.modified()));
    if (algorithm != null) {
      ChecksumMembers.set(answer, algorithm, part.checksum());
    }
    return answer.build();
  }

  ListMultipartUploadsResponse uploads(Scope scope, ListMultipartUploadsRequest r) {
    Bucket bucket = s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    var page = new Page(r);
    page.read();
    String owner = Hashing.canonicalUser(bucket.scope().account());
    return ListMultipartUploadsResponse.builder()
        .bucket(r.bucket())
        .prefix(r.prefix())
        .delimiter(r.delimiter())
        .encodingType(r.encodingTypeAsString())
        .keyMarker(page.marker)
        .uploadIdMarker(page.idMarker)
        .maxUploads(page.most)
        .isTruncated(page.more)
        .nextKeyMarker(page.more ? page.lastKey : null)
        .nextUploadIdMarker(page.more && !page.lastId.isEmpty() ? page.lastId : null)
        .uploads(page.uploads.stream().map(each -> upload(each, owner)).toList())
        .commonPrefixes(
            page.groups.stream().map(each -> CommonPrefix.builder().prefix(each).build()).toList())
        .build();
  }

  /// The uploads of a page, those of one group as one.
  private final class Page {
    private final String bucket;
    private final int most;
    private final String prefix;
    private final String delimiter;
    private final String marker;
    private final String idMarker;
    private final List<Upload> uploads = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private String lastKey;
    private String lastId = "";
    private boolean more;

    Page(ListMultipartUploadsRequest r) {
      bucket = r.bucket();
      most = Listing.pageSize(r.maxUploads(), "max-uploads");
      prefix = Objects.requireNonNullElse(r.prefix(), "");
      delimiter = Objects.requireNonNullElse(r.delimiter(), "");
      marker = Objects.requireNonNullElse(r.keyMarker(), "");
      idMarker = marker.isEmpty() ? "" : Objects.requireNonNullElse(r.uploadIdMarker(), "");
      lastKey = marker;
    }

    void read() {
      try (var scan = s3.uploads().scan(bucket, marker, idMarker, prefix)) {
        boolean goesOn = true;
        while (goesOn && scan.hasNext()) {
          Upload upload = Uploads.upload(bucket, scan.next());
          String key = upload.address().key();
          goesOn = key.startsWith(prefix) ? take(upload, key) : KeyOrder.compare(key, prefix) <= 0;
        }
      }
    }

    /// False if the page is full.
    private boolean take(Upload upload, String key) {
      String group = group(key);
      if (group != null && isKnown(group)) {
        return true;
      }
      if (uploads.size() + groups.size() == most) {
        more = most > 0;
        return false;
      }
      if (group != null) {
        groups.add(group);
      } else {
        uploads.add(upload);
      }
      lastKey = group != null ? group : key;
      lastId = group != null ? "" : upload.id();
      return true;
    }

    private boolean isKnown(String group) {
      return !groups.isEmpty() && groups.getLast().equals(group) || marker.startsWith(group);
    }

    private @Nullable String group(String key) {
      int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      return at < 0 ? null : key.substring(0, at + delimiter.length());
    }
  }

  private static MultipartUpload upload(Upload upload, String owner) {
    Checksum algorithm = upload.algorithm();
    return MultipartUpload.builder()
        .key(upload.address().key())
        .uploadId(upload.id())
        .initiated(seconds(upload.begun()))
        .storageClass(storageClass(upload))
        .owner(each -> each.id(owner))
        .initiator(each -> each.id(owner))
        .checksumAlgorithm(algorithm == null ? null : algorithm.name())
        .checksumType(algorithm == null ? null : upload.composite() ? "COMPOSITE" : "FULL_OBJECT")
        .build();
  }

  private static String storageClass(Upload upload) {
    return upload
        .metadata()
        .header(ObjectMetadata.STORAGE_CLASS)
        .orElse(StorageClass.STANDARD.toString());
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
