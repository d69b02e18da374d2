package dev.polder.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which messages a filter takes.
///
/// Terms must all be there, those with `-` must not, and of those with `?` one is enough; a term in
/// double quotes may hold anything, one between `%` is a regular expression. A pattern in braces
/// looks at JSON messages ([JsonCondition]). Patterns in brackets, for messages of columns, are not
/// supported.
public final class FilterPattern {
  private final Predicate<String> accepts;

  private FilterPattern(Predicate<String> accepts) {
    this.accepts = accepts;
  }

  /// A pattern that says nothing or that Polder does not have.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /// Reads a pattern; an empty one takes everything.
  ///
  /// @throws Malformed if it cannot be read
  public static FilterPattern parse(String text) throws Malformed {
    String pattern = text.strip();
    if (pattern.startsWith("{")) {
      return new FilterPattern(JsonCondition.parse(pattern));
    }
    if (pattern.startsWith("[")) {
      throw new Malformed("Patterns for space-delimited messages are not supported");
    }
    return new FilterPattern(terms(pattern));
  }

  /// Whether the filter takes a message.
  public boolean accepts(String message) {
    return accepts.test(message);
  }

  private static Predicate<String> terms(String pattern) throws Malformed {
    List<Predicate<String>> all = new ArrayList<>();
    List<Predicate<String>> any = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      char sign = pattern.charAt(at);
      if (Character.isWhitespace(sign)) {
        at++;
        continue;
      }
      boolean signed = sign == '-' || sign == '?';
      int from = signed ? at + 1 : at;
      int end = end(pattern, from);
      Predicate<String> term = term(pattern.substring(from, end));
      if (sign == '?') {
        any.add(term);
      } else {
        all.add(sign == '-' ? term.negate() : term);
      }
      at = end;
    }
    return message ->
        all.stream().allMatch(each -> each.test(message))
            && (any.isEmpty() || !all.isEmpty() || any.stream().anyMatch(e -> e.test(message)));
  }

  private static int end(String pattern, int from) throws Malformed {
    char first = from < pattern.length() ? pattern.charAt(from) : ' ';
    if (first == '"' || first == '%') {
      for (int i = from + 1; i < pattern.length(); i++) {
        if (pattern.charAt(i) == '\\') {
          i++;
        } else if (pattern.charAt(i) == first) {
          return i + 1;
        }
      }
      throw new Malformed("A term is not closed: " + pattern.substring(from));
    }
    int end = from;
    while (end < pattern.length() && !Character.isWhitespace(pattern.charAt(end))) {
      end++;
    }
    if (end == from) {
      throw new Malformed("A sign without a term");
    }
    return end;
  }

  private static Predicate<String> term(String term) throws Malformed {
    if (term.startsWith("\"")) {
      String text = unescaped(term);
      return message -> message.contains(text);
    }
    if (term.startsWith("%")) {
      Pattern expression = expression(term.substring(1, term.length() - 1));
      return message -> expression.matcher(message).find();
    }
    return message -> message.contains(term);
  }

  static Pattern expression(String text) throws Malformed {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new Malformed("Invalid regular expression: " + text);
    }
  }

  /// What stands between double quotes.
  static String unescaped(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
