package dev.polder.appsync.auth;

/// Nobody could be identified, or one who may ask for nothing of this: the request is answered with
/// status 401 and nothing of it is run.
public final class UnauthorizedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The member `errorType` of the answer.
  public static final String TYPE = "UnauthorizedException";

  UnauthorizedException(String message) {
    super(message, null, false, false);
  }

  /// The member `message` of the answer.
  public String message() {
    return String.valueOf(getMessage());
  }

  /// A key, token or signature that is not accepted.
  static UnauthorizedException notAuthorized() {
    return new UnauthorizedException("You are not authorized to make this call.");
  }

  /// A signer whose policies do not allow what it asks.
  static UnauthorizedException denied() {
    return new UnauthorizedException("Permission denied");
  }

  /// Nothing to judge by.
  static UnauthorizedException missing() {
    return new UnauthorizedException("Valid authorization header not provided.");
  }

  /// No token that can be read, or none that this API accepts.
  static UnauthorizedException unreadable() {
    return new UnauthorizedException("Unable to parse JWT token.");
  }

  static UnauthorizedException expired() {
    return new UnauthorizedException("Token has expired.");
  }
}
