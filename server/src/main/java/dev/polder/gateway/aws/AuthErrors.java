package dev.polder.gateway.aws;

import dev.polder.gateway.auth.Denied;
import dev.polder.gateway.catalogue.Protocol;

/// The codes by which each protocol says that a signature was not accepted.
///
/// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
/// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
public final class AuthErrors {
  private AuthErrors() {}

  /// A denial in the words of a protocol.
  public static Failure of(Protocol protocol, Denied denied) {
    Failure failure =
        switch (protocol) {
          case AWS_JSON, REST_JSON -> json(denied);
          case QUERY -> query(denied);
          case REST_XML -> s3(denied);
        };
    // AWS JSON has no statuses of its own: every refusal of a request is a 400.
    return protocol == Protocol.AWS_JSON
        ? Failure.of(400, failure.code(), failure.message())
        : failure;
  }

  private static Failure json(Denied denied) {
    return switch (denied.reason()) {
      case MISSING -> Failure.of(403, "MissingAuthenticationTokenException", denied.message());
      case INCOMPLETE -> Failure.of(403, "IncompleteSignatureException", denied.message());
      case UNKNOWN_KEY, BAD_TOKEN ->
          Failure.of(403, "UnrecognizedClientException", denied.message());
      case SKEWED, EXPIRED, BODY_MISMATCH, WRONG_SIGNATURE ->
          Failure.of(403, "InvalidSignatureException", denied.message());
    };
  }

  private static Failure query(Denied denied) {
    return switch (denied.reason()) {
      case MISSING -> Failure.of(403, "MissingAuthenticationToken", denied.message());
      case INCOMPLETE -> Failure.of(400, "IncompleteSignature", denied.message());
      case UNKNOWN_KEY, BAD_TOKEN -> Failure.of(403, "InvalidClientTokenId", denied.message());
      case EXPIRED -> Failure.of(400, "RequestExpired", denied.message());
      case SKEWED, BODY_MISMATCH, WRONG_SIGNATURE ->
          Failure.of(403, "SignatureDoesNotMatch", denied.message());
    };
  }

  private static Failure s3(Denied denied) {
    return switch (denied.reason()) {
      case MISSING, EXPIRED -> Failure.of(403, "AccessDenied", denied.message());
      case INCOMPLETE -> Failure.of(400, "AuthorizationHeaderMalformed", denied.message());
      case UNKNOWN_KEY ->
          Failure.of(
              403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.");
      case BAD_TOKEN ->
          Failure.of(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
      case SKEWED ->
          Failure.of(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.");
      case BODY_MISMATCH -> Failure.of(400, "XAmzContentSHA256Mismatch", denied.message());
      case WRONG_SIGNATURE -> Failure.of(403, "SignatureDoesNotMatch", denied.message());
    };
  }
}
