package dev.polder.gateway.s3;

/// A request that goes no further than the protocol.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Refused(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /// Something that S3 has and Polder has not.
  static Refused notImplemented(String what) {
    return new Refused(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented: " + what);
  }

  static Refused malformedXml(Throwable cause) {
    var refused =
        new Refused(
            400,
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published"
                + " schema");
    refused.initCause(cause);
    return refused;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
