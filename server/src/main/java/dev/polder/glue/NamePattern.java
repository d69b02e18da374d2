package dev.polder.glue;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The patterns by which GetTables and GetUserDefinedFunctions select names.
///
/// They are regular expressions over the whole name, without regard to case, in which a star that
/// has nothing to repeat stands for any characters, as in a Hive metastore: clients send both
/// `trino__.*` and `sales_*`.
final class NamePattern {
  private NamePattern() {}

  /// @param pattern null or empty for every name
  static Predicate<String> of(@Nullable String pattern) {
    if (pattern == null || pattern.isEmpty()) {
      return _ -> true;
    }
    Check.length(pattern, "expression", 0, 2048);
    var regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean repeats = i > 0 && ".)]}\\".indexOf(pattern.charAt(i - 1)) >= 0;
      regex.append(c == '*' && !repeats ? ".*" : String.valueOf(c));
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      throw GlueErrors.invalid("Invalid expression '" + pattern + "': " + e.getDescription(), e);
    }
  }
}
