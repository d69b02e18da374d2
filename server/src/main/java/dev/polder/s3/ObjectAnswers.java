package dev.polder.s3;

import static dev.polder.s3.ObjectMetadata.CACHE_CONTROL;
import static dev.polder.s3.ObjectMetadata.CONTENT_DISPOSITION;
import static dev.polder.s3.ObjectMetadata.CONTENT_ENCODING;
import static dev.polder.s3.ObjectMetadata.CONTENT_LANGUAGE;
import static dev.polder.s3.ObjectMetadata.CONTENT_TYPE;
import static dev.polder.s3.ObjectMetadata.ENCRYPTION;
import static dev.polder.s3.ObjectMetadata.EXPIRES;
import static dev.polder.s3.ObjectMetadata.STORAGE_CLASS;

import dev.polder.shape.Shapes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.utils.DateUtils;

/// Objects in the SDK's words.
final class ObjectAnswers {
  private static final String UNKNOWN_TYPE = "binary/octet-stream";

  private ObjectAnswers() {}

  static PutObjectResponse put(ObjectMetadata metadata, long size) {
    var answer =
        PutObjectResponse.builder()
            .eTag('"' + metadata.etag() + '"')
            .serverSideEncryption(metadata.headers().get(ENCRYPTION));
    return ChecksumMembers.set(answer, metadata.checksum()).build();
  }

  static CopyObjectResponse copy(ObjectMetadata metadata, Instant now) {
    var result =
        CopyObjectResult.builder()
            .eTag('"' + metadata.etag() + '"')
            .lastModified(now.truncatedTo(ChronoUnit.SECONDS));
    return CopyObjectResponse.builder()
        .copyObjectResult(ChecksumMembers.set(result, metadata.checksum()).build())
        .serverSideEncryption(metadata.headers().get(ENCRYPTION))
        .build();
  }

  @SuppressWarnings("deprecation") // The older member for Expires is still what callers read.
  static GetObjectResponse get(StoredObject object, Slice slice, Members asked) {
    ObjectMetadata metadata = object.metadata();
    var answer =
        GetObjectResponse.builder()
            .acceptRanges("bytes")
            .contentLength(slice.range().length())
            .contentRange(slice.whole() ? null : slice.range().header(object.size()))
            .partsCount(slice.parts().orElse(null))
            .eTag(object.etag())
            .lastModified(object.lastModified())
            .metadata(metadata.user())
            .contentType(header(metadata, CONTENT_TYPE, asked, "ResponseContentType", UNKNOWN_TYPE))
            .cacheControl(header(metadata, CACHE_CONTROL, asked, "ResponseCacheControl", null))
            .contentDisposition(
                header(metadata, CONTENT_DISPOSITION, asked, "ResponseContentDisposition", null))
            .contentEncoding(
                header(metadata, CONTENT_ENCODING, asked, "ResponseContentEncoding", null))
            .contentLanguage(
                header(metadata, CONTENT_LANGUAGE, asked, "ResponseContentLanguage", null))
            .expires(expires(metadata, asked))
            .expiresString(expiresText(metadata, asked))
            .serverSideEncryption(metadata.headers().get(ENCRYPTION))
            .storageClass(shownClass(metadata))
            .tagCount(metadata.tags().isEmpty() ? null : metadata.tags().size());
    return ChecksumMembers.set(answer, shownSum(metadata, slice, asked)).build();
  }

  /// What [#get] answers.
  static HeadObjectResponse head(StoredObject object, Slice slice, Members asked) {
    return Shapes.copy(get(object, slice, asked), HeadObjectResponse.builder()).build();
  }

  /// S3 leaves the header out for its ordinary class.
  private static @Nullable String shownClass(ObjectMetadata metadata) {
    return metadata.header(STORAGE_CLASS).filter(each -> !each.equals("STANDARD")).orElse(null);
  }

  /// A checksum is told to who asks, and of the whole alone.
  private static ObjectMetadata.@Nullable Sum shownSum(
      ObjectMetadata metadata, Slice slice, Members asked) {
    boolean wanted = asked.text("ChecksumMode").equals(Optional.of("ENABLED"));
    return wanted && slice.whole() ? metadata.checksum() : null;
  }

  private static @Nullable String header(
      ObjectMetadata metadata,
      String name,
      Members asked,
      String override,
      @Nullable String otherwise) {
    return asked.text(override).or(() -> metadata.header(name)).orElse(otherwise);
  }

  private static @Nullable String expiresText(ObjectMetadata metadata, Members asked) {
    return asked
        .time("ResponseExpires")
        .map(DateUtils::formatRfc822Date)
        .or(() -> metadata.header(EXPIRES))
        .orElse(null);
  }

  private static @Nullable Instant expires(ObjectMetadata metadata, Members asked) {
    String text = expiresText(metadata, asked);
    try {
      return text == null ? null : DateUtils.parseRfc822Date(text);
    } catch (DateTimeException _) {
      return null; // Kept as it was given.
    }
  }

  static ChecksumType type(ObjectMetadata.Sum sum) {
    return sum.composite() ? ChecksumType.COMPOSITE : ChecksumType.FULL_OBJECT;
  }
}
