package dev.polder.dynamodb.expression.partiql;

/// A token of a statement and where it stands.
///
/// @param text without quotes
/// @param start index of its first character, quotes included
/// @param end index behind its last character
record Lexeme(Kind kind, String text, int start, int end) {
  enum Kind {
    /// A name or a keyword.
    WORD,
    /// A name in double quotes, which is never a keyword.
    QUOTED,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  boolean symbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean word(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }
}
