package dev.polder.dynamodb.item;

/// A request that breaks a rule, with the message of the real service. The facade answers it as the
/// error code `ValidationException`.
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
