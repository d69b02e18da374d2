package dev.polder.s3;

import dev.polder.kernel.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Checksum;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.ObjectPart;

/// What there is to know of an object, as far as it is asked for.
final class ObjectAttributesOperation {
  private static final Set<String> KNOWN =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

  private final S3Storage s3;

  ObjectAttributesOperation(S3Storage s3) {
    this.s3 = s3;
  }

  GetObjectAttributesResponse get(Scope scope, GetObjectAttributesRequest r) throws IOException {
    s3.buckets().open(r.bucket(), scope, r.expectedBucketOwner());
    Members.of(r);
    List<String> asked = r.objectAttributesAsStrings();
    if (asked.isEmpty() || !KNOWN.containsAll(asked)) {
      throw S3Errors.invalidArgument("Invalid attribute name specified.");
    }
    StoredObject object =
        s3.objects().find(new Address(r.bucket(), r.key())).orElseThrow(S3Errors::noSuchKey);
    ObjectMetadata metadata = object.metadata();
    var answer = GetObjectAttributesResponse.builder().lastModified(object.lastModified());
    for (String each : asked) {
      switch (each) {
        case "ETag" -> answer.eTag(metadata.etag());
        case "ObjectSize" -> answer.objectSize(object.size());
        case "StorageClass" ->
            answer.storageClass(metadata.header(ObjectMetadata.STORAGE_CLASS).orElse("STANDARD"));
        case "Checksum" -> answer.checksum(checksum(metadata.checksum()));
        case "ObjectParts" -> answer.objectParts(parts(r, metadata));
        default -> throw new IllegalStateException(each);
      }
    }
    return answer.build();
  }

  private static software.amazon.awssdk.services.s3.model.@Nullable Checksum checksum(
      ObjectMetadata.@Nullable Sum sum) {
    return sum == null ? null : ChecksumMembers.set(Checksum.builder(), sum).build();
  }

  /// The parts, one by one only where they have checksums, as in S3.
  private static @Nullable GetObjectAttributesParts parts(
      GetObjectAttributesRequest r, ObjectMetadata metadata) {
    List<ObjectMetadata.PartSize> all = metadata.parts();
    var sum = metadata.checksum();
    if (all.isEmpty()) {
      return null;
    }
    var answer = GetObjectAttributesParts.builder().totalPartsCount(all.size());
    if (sum == null) {
      return answer.build();
    }
    int after = Objects.requireNonNullElse(r.partNumberMarker(), 0);
    int most = Listing.pageSize(r.maxParts(), "max-parts");
    int end = (int) Math.min(all.size(), (long) after + most);
    var page = new ArrayList<ObjectPart>();
    for (int number = after + 1; number <= end; number++) {
      var part = all.get(number - 1);
      var shown = ObjectPart.builder().partNumber(number).size(part.size());
      page.add(ChecksumMembers.set(shown, sum.algorithm(), text(part.checksum())).build());
    }
    return answer
        .partNumberMarker(after)
        .nextPartNumberMarker(Math.max(after, end))
        .maxParts(most)
        .isTruncated(end < all.size())
        .parts(page)
        .build();
  }

  private static String text(@Nullable String checksum) {
    return Objects.requireNonNullElse(checksum, "");
  }
}
