package dev.polder.appsync.transform.check;

/// A word of a schema's text.
///
/// @param text as written, for a string without its quotes
/// @param start offset of its first character
/// @param end offset behind its last character
record Token(Kind kind, String text, int start, int end) {

  enum Kind {
    BEGIN("<SOF>"),
    END("<EOF>"),
    BANG("!"),
    DOLLAR("$"),
    AMP("&"),
    PAREN_OPEN("("),
    PAREN_CLOSE(")"),
    SPREAD("..."),
    COLON(":"),
    EQUALS("="),
    AT("@"),
    BRACKET_OPEN("["),
    BRACKET_CLOSE("]"),
    BRACE_OPEN("{"),
    PIPE("|"),
    BRACE_CLOSE("}"),
    NAME("Name"),
    INT("Int"),
    FLOAT("Float"),
    STRING("String"),
    BLOCK_STRING("BlockString");

    private final String written;

    Kind(String written) {
      this.written = written;
    }

    boolean punctuates() {
      return compareTo(BANG) >= 0 && compareTo(BRACE_CLOSE) <= 0;
    }

    /// How messages name the kind.
    String described() {
      return punctuates() ? "\"" + written + "\"" : written;
    }
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isString() {
    return kind == Kind.STRING || kind == Kind.BLOCK_STRING;
  }

  boolean isKeyword(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /// How messages name the token.
  String described() {
    return switch (kind) {
      case NAME, INT, FLOAT, STRING, BLOCK_STRING -> kind.described() + " \"" + text + "\"";
      default -> kind.described();
    };
  }
}
