package dev.polder.athena.engine;

import static dev.polder.athena.engine.JavaFunction.BOOL;
import static dev.polder.athena.engine.JavaFunction.LONG;
import static dev.polder.athena.engine.JavaFunction.TEXT;

import dev.polder.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Regular expressions, as Java has them, which are nearly those of Trino.
final class RegexpFunctions {
  private RegexpFunctions() {}

  static void add(Map<String, JavaFunction> all) {
    var patterns = new Patterns();
    all.put(
        "t_regexp_like",
        JavaFunction.of(BOOL, a -> patterns.of(a[1]).matcher((String) a[0]).find(), TEXT, TEXT));
    all.put(
        "t_regexp_extract",
        JavaFunction.of(
            TEXT,
            a -> {
              Matcher m = patterns.of(a[1]).matcher((String) a[0]);
              int group = group(m, (Long) a[2]);
              return m.find() ? m.group(group) : null;
            },
            TEXT,
            TEXT,
            LONG));
    all.put(
        "t_regexp_extract_all",
        JavaFunction.of(
            TEXT,
            a -> {
              Matcher m = patterns.of(a[1]).matcher((String) a[0]);
              int group = group(m, (Long) a[2]);
              List<@Nullable Object> found = new ArrayList<>();
              while (next(m, (String) a[0])) {
                found.add(m.group(group));
              }
              return Json.write(found);
            },
            TEXT,
            TEXT,
            LONG));
    all.put(
        "t_regexp_replace",
        JavaFunction.of(
            TEXT,
            a -> replaced(patterns.of(a[1]).matcher((String) a[0]), (String) a[2]),
            TEXT,
            TEXT,
            TEXT));
    all.put(
        "t_regexp_split",
        JavaFunction.of(
            TEXT,
            a -> pieces(patterns.of(a[1]).matcher((String) a[0]), (String) a[0]),
            TEXT,
            TEXT));
    all.put(
        "t_regexp_count",
        JavaFunction.of(
            LONG, a -> patterns.of(a[1]).matcher((String) a[0]).results().count(), TEXT, TEXT));
  }

  private static String pieces(Matcher m, String text) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    while (next(m, text)) {
      parts.add(text.substring(from, m.start()));
      from = m.end();
    }
    parts.add(text.substring(from));
    return Json.write(parts);
  }

  /// The next match; an empty one inside of a surrogate pair is none.
  private static boolean next(Matcher m, String text) {
    while (m.find()) {
      if (m.end() > m.start() || !insidePair(text, m.start())) {
        return true;
      }
    }
    return false;
  }

  private static boolean insidePair(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
  }

  private static int group(Matcher m, long group) {
    if (group < 0) {
      throw JavaFunction.bad("Group cannot be negative");
    }
    if (group > m.groupCount()) {
      throw JavaFunction.bad(
          "Pattern has " + m.groupCount() + " groups. Cannot access group " + group);
    }
    return (int) group;
  }

  private static String replaced(Matcher m, String by) {
    try {
      return m.replaceAll(by);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw JavaFunction.bad("Illegal replacement sequence: " + e.getMessage());
    }
  }

  /// The pattern that each thread used last.
  private static final class Patterns {
    private final ThreadLocal<@Nullable Pattern> last = new ThreadLocal<>();

    Pattern of(Object regex) {
      String text = (String) regex;
      Pattern known = last.get();
      if (known != null && known.pattern().equals(text)) {
        return known;
      }
      try {
        Pattern made = Pattern.compile(text);
        last.set(made);
        return made;
      } catch (PatternSyntaxException e) {
        throw JavaFunction.bad(String.valueOf(e.getMessage()));
      }
    }
  }
}
