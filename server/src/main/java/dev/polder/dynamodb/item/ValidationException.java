package dev.polder.dynamodb.item;

/// A request that breaks a rule, with the message of the real service. The facade answers it as the
/// error code `ValidationException`.
///
/// The words are those that the service has used all along. Since June 2026 most of its regions say
/// some of them anew, behind `1 validation error detected: ` and differing by operation; clients
/// and tests know the older ones, and some regions still use them.
public final class ValidationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ValidationException(String message) {
    super(message);
  }

  /// A value that breaks a rule, behind the words that the real service puts before most of them.
  public static ValidationException parameter(String reason) {
    return new ValidationException("One or more parameter values were invalid: " + reason);
  }

  /// The message. Never absent.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
