package dev.polder.dynamodb.item;

/// A request that breaks a rule, with the message of the real service. The facade answers it as the
/// error code `ValidationException`.
///
/// Some rules have two wordings: the real service has said them in new words since 2026, in some
/// operations but not in all.
public final class ValidationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String current;

  /// A rule with one wording.
  public ValidationException(String message) {
    this(message, message);
  }

  private ValidationException(String message, String current) {
    super(message);
    this.current = current;
  }

  /// A rule with two wordings.
  public static ValidationException of(String older, String current) {
    return new ValidationException(older, current);
  }

  /// A value that breaks a rule, behind the words that the real service puts before most of them.
  public static ValidationException parameter(String reason) {
    return parameter(reason, reason);
  }

  static ValidationException parameter(String older, String current) {
    String behind = "One or more parameter values were invalid: ";
    return new ValidationException(behind + older, behind + current);
  }

  /// The message, in the older words where there are two. Never absent.
  public String reason() {
    return String.valueOf(getMessage());
  }

  /// The message, in the newer words where there are two.
  public String current() {
    return current;
  }
}
