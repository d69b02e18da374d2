package dev.polder.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/// Where a copy comes from and goes to. The SDK's older members for both are what the wire has, and
/// callers use them still.
@SuppressWarnings("deprecation") // See above.
final class CopySource {
  private CopySource() {}

  static Address of(CopyObjectRequest r) {
    return of(r.copySource(), r.sourceBucket(), r.sourceKey());
  }

  static Address of(UploadPartCopyRequest r) {
    return of(r.copySource(), r.sourceBucket(), r.sourceKey());
  }

  static Address target(CopyObjectRequest r) {
    return new Address(
        r.destinationBucket() != null ? r.destinationBucket() : r.bucket(),
        r.destinationKey() != null ? r.destinationKey() : r.key());
  }

  static Address target(UploadPartCopyRequest r) {
    return new Address(
        r.destinationBucket() != null ? r.destinationBucket() : r.bucket(),
        r.destinationKey() != null ? r.destinationKey() : r.key());
  }

  /// From the header `x-amz-copy-source`, which is `[/]bucket/key[?versionId=null]`,
  /// percent-encoded, or from the SDK's two members.
  private static Address of(
      @Nullable String header, @Nullable String bucket, @Nullable String key) {
    if (header == null) {
      if (bucket == null || key == null) {
        throw S3Errors.invalidArgument("Copy Source must mention the source bucket and key: ");
      }
      return new Address(bucket, key);
    }
    String path = header.startsWith("/") ? header.substring(1) : header;
    int version = path.indexOf("?versionId=");
    if (version >= 0 && !path.substring(version).equals("?versionId=null")) {
      throw S3Errors.invalidArgument("Invalid version id specified");
    }
    String decoded = decoded(version < 0 ? path : path.substring(0, version));
    int slash = decoded.indexOf('/');
    if (slash <= 0 || slash == decoded.length() - 1 || decoded.startsWith("arn:")) {
      throw S3Errors.invalidArgument(
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    return new Address(decoded.substring(0, slash), decoded.substring(slash + 1));
  }

  private static String decoded(String path) {
    try {
      return Percent.decode(path);
    } catch (IllegalArgumentException e) {
      throw S3Errors.because(e, S3Errors.invalidArgument("Invalid copy source encoding."));
    }
  }
}
