package dev.polder.stepfunctions.conformance;

import dev.polder.kernel.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether an answer is what was recorded. Members that were not recorded do not count, for the
/// real service has added some since; JSON in strings is compared as JSON.
final class Likeness {
  /// Members of a response that name one call or its time, which recordings made at different times
  /// hide in different ways.
  private static final Set<String> MADE_UP =
      Set.of(
          "x-amzn-RequestId",
          "x-amzn-requestid",
          "RequestId",
          "Date",
          "X-Amzn-Trace-Id",
          "x-amz-crc32",
          "Content-Length",
          "billedDurationInMilliseconds");

  private Likeness() {}

  /// The place of the first difference, or null.
  ///
  /// @param causes whether members named `cause` count
  static @Nullable String difference(
      String at, @Nullable Object expected, @Nullable Object actual, boolean causes) {
    if (expected instanceof String a
        && (a.equals("<date>") || a.startsWith("<Etag-"))
        && actual != null) {
      return null;
    }
    if (expected instanceof Map<?, ?> want) {
      if (!(parsed(actual) instanceof Map<?, ?> have)) {
        return told(at, expected, actual);
      }
      for (var entry : want.entrySet()) {
        String name = String.valueOf(entry.getKey());
        if ((name.equals("cause") && !causes) || MADE_UP.contains(name)) {
          continue;
        }
        if (entry.getValue() == null && !have.containsKey(name)) {
          return told(at + "/" + name, null, "(missing)");
        }
        String found = difference(at + "/" + name, entry.getValue(), have.get(name), causes);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    if (expected instanceof List<?> want) {
      if (!(parsed(actual) instanceof List<?> have) || have.size() != want.size()) {
        return told(at, expected, actual);
      }
      for (int i = 0; i < want.size(); i++) {
        String found = difference(at + "/" + i, want.get(i), have.get(i), causes);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    if (expected instanceof Number a && actual instanceof Number b) {
      boolean same = new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
      return same ? null : told(at, expected, actual);
    }
    if (expected instanceof Number && parsed(actual) instanceof Number b) {
      return difference(at, expected, b, causes);
    }
    if (expected instanceof String a && actual instanceof String b) {
      if (placeholders(a).equals(placeholders(b)) || standsFor(a, b)) {
        return null;
      }
      Object x = parsed(a);
      Object y = parsed(b);
      boolean both = !(x instanceof String) && !(y instanceof String);
      return both ? difference(at, x, y, causes) : told(at, expected, actual);
    }
    return Objects.equals(expected, actual) ? null : told(at, expected, actual);
  }

  // Which execution of several a placeholder means depends on what else was recorded with it.
  private static String placeholders(String text) {
    return text.replaceAll("<(ExecArnPart|m-d5-of-[a-z-]+|uuid|resource)[_:]\\d+(idx)?>", "<$1>");
  }

  private static boolean standsFor(String expected, String actual) {
    return expected.equals("generated-uuid")
        || (expected.matches("<uuid:\\d+>") && actual.matches("[0-9]+"))
        || expected.startsWith("<Etag-")
        || expected.equals("<date>")
        || (expected.contains("<MapRunArnPart")
            && actual.matches(
                Pattern.quote(expected)
                    .replaceAll("<MapRunArnPart\\d_\\d+idx>", "\\\\E[0-9a-f-]{36}\\\\Q")))
        || (expected.contains("ExecArn_Part")
            && (actual.contains(":express:") || !expected.startsWith("arn")));
  }

  private static @Nullable Object parsed(@Nullable Object value) {
    if (value instanceof String text) {
      try {
        return Json.parse(text);
      } catch (Json.Malformed e) {
        return value;
      }
    }
    return value;
  }

  private static String told(String at, @Nullable Object expected, @Nullable Object actual) {
    return at + ": expected " + shortened(expected) + " but was " + shortened(actual);
  }

  private static String shortened(@Nullable Object value) {
    String text = Json.write(value);
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }
}
