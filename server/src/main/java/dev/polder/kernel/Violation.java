package dev.polder.kernel;

import org.jspecify.annotations.Nullable;

/// The words in which services tell that a member of a request breaks a constraint of their model.
public final class Violation {
  private Violation() {}

  /// @param value null where the member is not given
  /// @param member as the API spells it, such as `functionName`
  /// @param constraint such as `Member must have value less than or equal to 900`
  public static String of(@Nullable Object value, String member, String constraint) {
    return "1 validation error detected: Value "
        + (value == null ? "null" : "'" + value + "'")
        + " at '"
        + member
        + "' failed to satisfy constraint: "
        + constraint;
  }

  /// A member that has to be given and is not.
  public static String missing(String member) {
    return of(null, member, "Member must not be null");
  }

  /// A text that does not look as it must.
  public static String pattern(@Nullable Object value, String member, String pattern) {
    return of(value, member, "Member must satisfy regular expression pattern: " + pattern);
  }
}
