package dev.polder.appsync.transform;

import org.jspecify.annotations.Nullable;

/// The words of a schema, one after the other, with the errors that the reference implementation in
/// JavaScript, which Amplify parses with, finds in them.
final class SyntaxLexer {
  private static final String PUNCTUATORS = "!$&()[]{}:=@|";

  private final String text;
  private int at;
  private Token token;

  SyntaxLexer(String text) {
    this.text = text;
    this.token = new Token("<SOF>", null, 0);
  }

  /// A word.
  ///
  /// @param kind a punctuator, or `Name`, `String`, `BlockString`, `Int`, `Float`, `<EOF>`
  /// @param value of words that have one
  /// @param offset of its first character
  record Token(String kind, @Nullable String value, int offset) {
    boolean is(String wanted) {
      return kind.equals(wanted);
    }

    boolean isName(String name) {
      return kind.equals("Name") && name.equals(value);
    }

    boolean isText() {
      return kind.equals("String") || kind.equals("BlockString");
    }

    /// As errors name it.
    String described() {
      return describe(kind) + (value == null ? "" : " \"" + value + "\"");
    }
  }

  /// A kind of word, as errors name it.
  static String describe(String kind) {
    boolean word = Character.isLetter(kind.charAt(0)) || kind.startsWith("<");
    return word ? kind : "\"" + kind + "\"";
  }

  /// A place where the text is no schema.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int offset;

    Malformed(String message, int offset) {
      super(message);
      this.offset = offset;
    }
  }

  Token token() {
    return token;
  }

  /// Moves on to the next word.
  void advance() {
    token = next();
  }

  /// The next word, which stays the next one.
  Token lookahead() {
    int before = at;
    Token next = next();
    at = before;
    return next;
  }

  private Token next() {
    skipIgnored();
    int start = at;
    if (at >= text.length()) {
      return new Token("<EOF>", null, at);
    }
    char c = text.charAt(at);
    if (PUNCTUATORS.indexOf(c) >= 0) {
      at++;
      return new Token(String.valueOf(c), null, start);
    }
    if (text.startsWith("...", at)) {
      at += 3;
      return new Token("...", null, start);
    }
    if (isNameStart(c)) {
      while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
        at++;
      }
      return new Token("Name", text.substring(start, at), start);
    }
    if (isDigit(c) || c == '-') {
      return number(start);
    }
    return c == '"' ? string(start) : unexpected(c, start);
  }

  private void skipIgnored() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (" \t\n\r,\uFEFF".indexOf(c) >= 0) {
        at++;
      } else {
        return;
      }
    }
  }

  private Token unexpected(char c, int start) {
    if (c == '\'') {
      throw new Malformed(
          "Unexpected single quote character ('), did you mean to use a double quote (\")?", start);
    }
    throw new Malformed("Cannot parse the unexpected character " + shown(c) + ".", start);
  }

  private static String shown(char c) {
    return c < 0x7F && c >= 0x20 ? "\"" + c + "\"" : "\"\\u%04X\"".formatted((int) c);
  }

  private Token number(int start) {
    boolean fraction = false;
    if (text.charAt(at) == '-') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '0') {
      at++;
      if (at < text.length() && isDigit(text.charAt(at))) {
        throw new Malformed(
            "Invalid number, unexpected digit after 0: " + shown(text.charAt(at)) + ".", at);
      }
    } else {
      digits();
    }
    if (at < text.length() && text.charAt(at) == '.') {
      fraction = true;
      at++;
      digits();
    }
    if (at < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
      fraction = true;
      at++;
      if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      digits();
    }
    if (at < text.length() && (text.charAt(at) == '.' || isNameStart(text.charAt(at)))) {
      throw new Malformed(
          "Invalid number, expected digit but got: " + shown(text.charAt(at)) + ".", at);
    }
    return new Token(fraction ? "Float" : "Int", text.substring(start, at), start);
  }

  private void digits() {
    if (at >= text.length() || !isDigit(text.charAt(at))) {
      String found = at >= text.length() ? "<EOF>" : shown(text.charAt(at));
      throw new Malformed("Invalid number, expected digit but got: " + found + ".", at);
    }
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private Token string(int start) {
    if (text.startsWith("\"\"\"", start)) {
      return block(start);
    }
    at++;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return new Token("String", text.substring(start + 1, at - 1), start);
      }
      at += c == '\\' ? 2 : 1;
    }
    throw new Malformed("Unterminated string.", Math.min(at, text.length()));
  }

  private Token block(int start) {
    at += 3;
    while (at < text.length()) {
      if (text.startsWith("\"\"\"", at)) {
        at += 3;
        return new Token("BlockString", text.substring(start + 3, at - 3), start);
      }
      at += text.startsWith("\\\"\"\"", at) ? 4 : 1;
    }
    throw new Malformed("Unterminated string.", text.length());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
