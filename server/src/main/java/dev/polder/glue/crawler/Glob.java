package dev.polder.glue.crawler;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// An exclusion pattern over the path below the include path; see
/// https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html#crawler-data-stores-exclude
///
/// `*` and `?` stay within a folder, `**` crosses folders, `[a-z]` and `[!a-z]` are one character,
/// `{a,b}` one of several patterns, a backslash makes the next character ordinary. Leading dots are
/// ordinary.
public final class Glob {
  private static final String SPECIAL = "\\^$.|+()";

  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException naming what is wrong with it
  public static Glob of(String text) {
    try {
      return new Glob(Pattern.compile(regex(text), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("Invalid exclusion pattern " + text, e);
    }
  }

  /// True if a path, relative and without a slash at its beginning, is excluded.
  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  private static String regex(String text) {
    var regex = new StringBuilder();
    boolean group = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && group) {
        throw new IllegalArgumentException("Groups cannot be nested in " + text);
      }
      switch (c) {
        case '*' -> i = star(text, i, regex);
        case '?' -> regex.append("[^/]");
        case '[' -> i = bracket(text, i, regex);
        case '{' -> regex.append("(?:");
        case '}' -> regex.append(group ? ")" : "\\}");
        case ',' -> regex.append(group ? "|" : ",");
        case '\\' -> i = escape(text, i, regex);
        default -> regex.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
      group = c == '{' || (group && c != '}');
    }
    if (group) {
      throw new IllegalArgumentException("A group is not closed in " + text);
    }
    return regex.toString();
  }

  private static int star(String text, int at, StringBuilder regex) {
    boolean crosses = text.startsWith("**", at);
    regex.append(crosses ? ".*" : "[^/]*");
    return crosses ? at + 1 : at;
  }

  private static int escape(String text, int at, StringBuilder regex) {
    if (at + 1 == text.length()) {
      throw new IllegalArgumentException("Nothing follows the backslash in " + text);
    }
    regex.append(Pattern.quote(text.substring(at + 1, at + 2)));
    return at + 1;
  }

  /// Adds a bracket expression and answers where it ends.
  private static int bracket(String text, int begin, StringBuilder regex) {
    int close = text.indexOf(']', begin + 2);
    if (close < 0) {
      throw new IllegalArgumentException("A bracket is not closed in " + text);
    }
    String inside = text.substring(begin + 1, close);
    boolean negated = inside.startsWith("!");
    String set = negated ? inside.substring(1) : inside;
    // A dash that comes first stands for itself; everything else but a range's dash does anyway.
    String escaped = set.replaceAll("([\\\\\\[\\]^&~])", "\\\\$1");
    String safe = escaped.startsWith("-") ? "\\" + escaped : escaped;
    regex.append("(?!/)[").append(negated ? "^" : "").append(safe).append(']');
    return close;
  }
}
