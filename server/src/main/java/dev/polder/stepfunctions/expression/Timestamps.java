package dev.polder.stepfunctions.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moments in text.
public final class Timestamps {
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private Timestamps() {}

  /// The moment, if the text is of the profile of ISO-8601 that the language asks for: RFC 3339
  /// with a capital T and a capital Z or a numeric offset. Null if it is not.
  public static @Nullable Instant strict(@Nullable Object value) {
    return value instanceof String text && RFC_3339.matcher(text).matches() ? lenient(text) : null;
  }

  /// The moment, if the text is an ISO-8601 extended offset date-time; null if it is not.
  public static @Nullable Instant lenient(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
