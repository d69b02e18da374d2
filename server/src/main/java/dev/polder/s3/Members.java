package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.utils.DateUtils;

/// The members of a request by the API's names, for what many operations have in common.
final class Members {
  private static final int USER_METADATA_BYTES = 2048;

  /// Storage classes whose objects can be read at once. The others would have to be restored first.
  private static final Set<String> CLASSES =
      Set.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER_IR");

  private static final Map<String, String> HEADERS =
      Map.of(
          "ContentType", ObjectMetadata.CONTENT_TYPE,
          "CacheControl", ObjectMetadata.CACHE_CONTROL,
          "ContentDisposition", ObjectMetadata.CONTENT_DISPOSITION,
          "ContentEncoding", ObjectMetadata.CONTENT_ENCODING,
          "ContentLanguage", ObjectMetadata.CONTENT_LANGUAGE,
          "Expires", ObjectMetadata.EXPIRES,
          "StorageClass", ObjectMetadata.STORAGE_CLASS,
          "ServerSideEncryption", ObjectMetadata.ENCRYPTION);

  private final Map<String, Object> values = new LinkedHashMap<>();

  private Members(S3Request request) {
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      if (value != null) {
        values.put(field.memberName(), value);
      }
    }
  }

  /// The members of a request that are set. Refuses the request by name if one of them asks for
  /// something that Polder does not have.
  static Members of(S3Request request) {
    var members = new Members(request);
    members.values.forEach(Members::check);
    return members;
  }

  private static void check(String name, Object value) {
    switch (name) {
      case "ACL" -> checkAcl((String) value);
      case "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP" ->
          throw S3Errors.aclsOff();
      case "VersionId", "SourceVersionId" -> checkVersion((String) value);
      case "ServerSideEncryption" -> checkEncryption((String) value);
      case "StorageClass" -> checkClass((String) value);
      case "BucketKeyEnabled", "BypassGovernanceRetention", "ObjectLockEnabledForBucket" -> {
        if (Boolean.TRUE.equals(value)) {
          throw S3Errors.notImplemented(name);
        }
      }
      case "SSECustomerAlgorithm",
          "SSECustomerKey",
          "SSECustomerKeyMD5",
          "CopySourceSSECustomerAlgorithm",
          "CopySourceSSECustomerKey",
          "CopySourceSSECustomerKeyMD5",
          "SSEKMSKeyId",
          "SSEKMSEncryptionContext",
          "WebsiteRedirectLocation",
          "MFA",
          "WriteOffsetBytes",
          "IfMatchLastModifiedTime",
          "IfMatchSize" ->
          throw S3Errors.notImplemented(name);
      case "ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus" ->
          throw S3Errors.invalidRequest("Bucket is missing Object Lock Configuration");
      default -> {
        // All other members mean nothing here, or are read by the operation that has them.
      }
    }
  }

  private static void checkAcl(String acl) {
    if (!acl.equals("private") && !acl.equals("bucket-owner-full-control")) {
      throw S3Errors.aclsOff();
    }
  }

  /// Without versioning every object is the version `null`.
  private static void checkVersion(String version) {
    if (!version.equals("null")) {
      throw S3Errors.invalidArgument("Invalid version id specified");
    }
  }

  /// The keys of `AES256` are the server's own affair, so it is taken and told back; at rest the
  /// bytes are as safe as the volume.
  private static void checkEncryption(String encryption) {
    if (!encryption.equals("AES256")) {
      throw S3Errors.notImplemented("x-amz-server-side-encryption: " + encryption);
    }
  }

  private static void checkClass(String storageClass) {
    if (!CLASSES.contains(storageClass)) {
      throw S3Errors.invalidStorageClass();
    }
  }

  /// A member's text.
  Optional<String> text(String name) {
    return Optional.ofNullable((String) values.get(name));
  }

  /// A member that is a time.
  Optional<Instant> time(String name) {
    return Optional.ofNullable((Instant) values.get(name));
  }

  /// What the request says of the object's headers, metadata and tags.
  ObjectMetadata metadata() {
    var headers = new LinkedHashMap<String, String>();
    HEADERS.forEach((member, header) ->
        header(values.get(member)).ifPresent(text -> headers.put(header, text)));
    String encoding = headers.get(ObjectMetadata.CONTENT_ENCODING);
    if (encoding != null) {
      setEncoding(headers, encoding);
    }
    return new ObjectMetadata(
        "", headers, user(), Tags.ofHeader(text("Tagging").orElse("")), null, List.of());
  }

  private static Optional<String> header(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Instant time -> Optional.of(DateUtils.formatRfc822Date(time));
      case String text when text.isEmpty() -> Optional.empty();
      default -> Optional.of(value.toString());
    };
  }

  /// `aws-chunked` is how the bytes came, not what they are.
  private static void setEncoding(Map<String, String> headers, String given) {
    String kept =
        Arrays.stream(given.split(","))
            .map(String::strip)
            .filter(each -> !each.equalsIgnoreCase("aws-chunked") && !each.isEmpty())
            .collect(Collectors.joining(","));
    if (kept.isEmpty()) {
      headers.remove(ObjectMetadata.CONTENT_ENCODING);
    } else {
      headers.put(ObjectMetadata.CONTENT_ENCODING, kept);
    }
  }

  private Map<String, String> user() {
    var user = new LinkedHashMap<String, String>();
    int bytes = 0;
    if (values.get("Metadata") instanceof Map<?, ?> given) {
      for (var entry : given.entrySet()) {
        String name = ((String) entry.getKey()).toLowerCase(Locale.ROOT);
        String value = (String) entry.getValue();
        user.put(name, value);
        bytes += name.length() + value.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    if (bytes > USER_METADATA_BYTES) {
      throw S3Errors.metadataTooLarge();
    }
    return user;
  }

  /// The checksum that the request gives or asks for, and the MD5 that it gives.
  GivenDigests digests() {
    GivenDigests given = new GivenDigests(null, null, text("ContentMD5").orElse(null));
    for (Checksum algorithm : Checksum.values()) {
      var value = text("Checksum" + algorithm);
      if (value.isPresent()) {
        if (given.value() != null) {
          throw S3Errors.invalidRequest(
              "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        given = new GivenDigests(algorithm, value.get(), given.md5());
      }
    }
    return given.algorithm() == null
        ? new GivenDigests(algorithm().orElse(null), null, given.md5())
        : given;
  }

  /// The checksum algorithm that the request names.
  Optional<Checksum> algorithm() {
    return text("ChecksumAlgorithm")
        .map(name ->
            Checksum.named(name)
                .orElseThrow(() ->
                    S3Errors.invalidRequest(
                        "Checksum algorithm provided is unsupported. Please try again with"
                            + " any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1,"
                            + " SHA256]")));
  }
}
