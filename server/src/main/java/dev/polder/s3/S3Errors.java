package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import dev.polder.shape.ServiceErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The errors of S3: codes, status and wording as the real service gives them.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3: error
///   responses</a>
final class S3Errors {
  private S3Errors() {}

  static S3Exception noSuchBucket() {
    return filled(
        NoSuchBucketException.builder(),
        404,
        "NoSuchBucket",
        "The specified bucket does not exist");
  }

  static S3Exception noSuchKey() {
    return filled(
        NoSuchKeyException.builder(), 404, "NoSuchKey", "The specified key does not exist.");
  }

  static S3Exception noSuchUpload() {
    return filled(
        NoSuchUploadException.builder(),
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.");
  }

  static S3Exception bucketAlreadyExists() {
    return filled(
        BucketAlreadyExistsException.builder(),
        409,
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of"
            + " the system. Please select a different name and try again.");
  }

  static S3Exception bucketAlreadyOwnedByYou() {
    return filled(
        BucketAlreadyOwnedByYouException.builder(),
        409,
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.");
  }

  static S3Exception bucketNotEmpty() {
    return error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
  }

  static S3Exception invalidBucketName() {
    return error(400, "InvalidBucketName", "The specified bucket is not valid.");
  }

  static S3Exception illegalLocation(String region) {
    return error(
        400,
        "IllegalLocationConstraintException",
        "The "
            + region
            + " location constraint is incompatible for the region specific endpoint this request"
            + " was sent to.");
  }

  static S3Exception invalidLocation() {
    return error(
        400, "InvalidLocationConstraint", "The specified location-constraint is not valid");
  }

  static S3Exception accessDenied() {
    return error(403, "AccessDenied", "Access Denied");
  }

  static S3Exception invalidUri() {
    return error(400, "InvalidURI", "Couldn't parse the specified URI.");
  }

  static S3Exception keyTooLong(int size, int most) {
    return error(
        400, "KeyTooLongError", "Your key is too long (" + size + " bytes, at most " + most + ")");
  }

  static S3Exception preconditionFailed() {
    return error(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }

  static S3Exception notModified() {
    return error(304, "NotModified", "Not Modified");
  }

  static S3Exception invalidRange() {
    return error(416, "InvalidRange", "The requested range is not satisfiable");
  }

  static S3Exception invalidPartNumber() {
    return error(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
  }

  static S3Exception badDigest() {
    return error(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
  }

  static S3Exception badDigest(Checksum algorithm) {
    return error(
        400,
        "BadDigest",
        "The " + algorithm + " you specified did not match the calculated checksum.");
  }

  static S3Exception invalidDigest() {
    return error(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
  }

  static S3Exception incompleteBody(long size, long expected) {
    return error(
        400,
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header ("
            + size
            + " of "
            + expected
            + ")");
  }

  static S3Exception tooManyBytes() {
    return error(
        400, "InvalidRequest", "The body is longer than the Content-Length HTTP header says.");
  }

  static S3Exception entityTooLarge(long size) {
    return error(
        400,
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size (" + size + " bytes)");
  }

  static S3Exception entityTooSmall(int part, long size) {
    return error(
        400,
        "EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size (part "
            + part
            + " has "
            + size
            + " bytes)");
  }

  static S3Exception invalidPart(int part) {
    return error(
        400,
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been"
            + " uploaded, or the specified entity tag may not match the part's entity tag. (part "
            + part
            + ")");
  }

  static S3Exception invalidPartOrder() {
    return error(
        400,
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.");
  }

  static S3Exception malformedXml() {
    return error(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  static S3Exception metadataTooLarge() {
    return error(
        400,
        "MetadataTooLarge",
        "Your metadata headers exceed the maximum allowed metadata size (2048 bytes)");
  }

  static S3Exception invalidTag(String message) {
    return error(400, "InvalidTag", message);
  }

  static S3Exception tooManyTags(String message) {
    return error(400, "BadRequest", message);
  }

  static S3Exception invalidStorageClass() {
    return error(400, "InvalidStorageClass", "The storage class you specified is not valid");
  }

  static S3Exception aclsOff() {
    return error(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
  }

  static S3Exception invalidArgument(String message) {
    return error(400, "InvalidArgument", message);
  }

  static S3Exception invalidRequest(String message) {
    return error(400, "InvalidRequest", message);
  }

  static S3Exception missing(String code, String message) {
    return error(404, code, message);
  }

  /// Something that S3 has and Polder has not.
  static S3Exception notImplemented(String what) {
    return error(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented: " + what);
  }

  /// The same with what it came of, for logs.
  static S3Exception because(Throwable cause, S3Exception error) {
    return (S3Exception) error.toBuilder().cause(cause).build();
  }

  /// The disk refused. Not the caller's fault, and not told to him.
  static UncheckedIOException disk(IOException e) {
    return new UncheckedIOException(e);
  }

  private static S3Exception error(int status, String code, String message) {
    return filled(S3Exception.builder(), status, code, message);
  }

  private static S3Exception filled(
      S3Exception.Builder builder, int status, String code, String message) {
    return (S3Exception) ServiceErrors.filled(builder, "S3", code, status, message).build();
  }
}
