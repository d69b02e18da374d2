package dev.polder.dynamodb.expression;

import java.util.Locale;

/// A token of an expression and where it stands.
///
/// @param start index of its first character
record Token(Kind kind, String text, int start) {
  enum Kind {
    /// A name, a keyword or a function.
    WORD,
    /// `#name`.
    NAME,
    /// `:value`.
    VALUE,
    NUMBER,
    SYMBOL,
    END
  }

  int end() {
    return kind == Kind.END ? start : start + text.length();
  }

  boolean symbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /// Whether this is a keyword, which may be written in any case.
  boolean keyword(String keyword) {
    return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(keyword);
  }
}
