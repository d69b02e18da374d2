package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.check.Token.Kind;
import java.util.Locale;

/// Splits a schema into tokens; what cannot be one is refused as the GraphQL reference
/// implementation does.
final class Lexer {
  private static final int NONE = -1;

  private final String body;

  Lexer(String body) {
    this.body = body;
  }

  /// The first token at or behind an offset.
  Token next(int from) {
    int at = from;
    while (at < body.length()) {
      int code = body.charAt(at);
      if (code == 0xfeff
          || code == '\t'
          || code == ' '
          || code == ','
          || code == '\n'
          || code == '\r') {
        at++;
      } else if (code == '#') {
        at = afterComment(at);
      } else {
        return read(at, code);
      }
    }
    return new Token(Kind.END, "", body.length(), body.length());
  }

  private int code(int at) {
    return at < body.length() ? body.charAt(at) : NONE;
  }

  private int afterComment(int start) {
    int at = start + 1;
    while (code(at) > 0x1f || code(at) == '\t') {
      at++;
    }
    return at;
  }

  private Token read(int at, int code) {
    return switch (code) {
      case '!' -> mark(Kind.BANG, at);
      case '$' -> mark(Kind.DOLLAR, at);
      case '&' -> mark(Kind.AMP, at);
      case '(' -> mark(Kind.PAREN_OPEN, at);
      case ')' -> mark(Kind.PAREN_CLOSE, at);
      case ':' -> mark(Kind.COLON, at);
      case '=' -> mark(Kind.EQUALS, at);
      case '@' -> mark(Kind.AT, at);
      case '[' -> mark(Kind.BRACKET_OPEN, at);
      case ']' -> mark(Kind.BRACKET_CLOSE, at);
      case '{' -> mark(Kind.BRACE_OPEN, at);
      case '|' -> mark(Kind.PIPE, at);
      case '}' -> mark(Kind.BRACE_CLOSE, at);
      case '"' -> body.startsWith("\"\"\"", at) ? blockString(at) : string(at);
      default -> word(at, code);
    };
  }

  private Token mark(Kind kind, int at) {
    return new Token(kind, body.substring(at, at + 1), at, at + 1);
  }

  private Token word(int at, int code) {
    if (body.startsWith("...", at)) {
      return new Token(Kind.SPREAD, "...", at, at + 3);
    }
    if (code == '-' || digit(code)) {
      return number(at);
    }
    if (nameStart(code)) {
      int end = at + 1;
      while (nameStart(code(end)) || digit(code(end))) {
        end++;
      }
      return new Token(Kind.NAME, body.substring(at, end), at, end);
    }
    throw new SyntaxError(at, unexpected(code));
  }

  private static String unexpected(int code) {
    if (code < 0x20) {
      return "Cannot contain the invalid character " + printed(code) + ".";
    }
    if (code == '\'') {
      return "Unexpected single quote character ('), did you mean to use a double quote (\")?";
    }
    return "Cannot parse the unexpected character " + printed(code) + ".";
  }

  private static String printed(int code) {
    if (code == NONE) {
      return "<EOF>";
    }
    return code < 0x7f
        ? Texts.quoted(Character.toString(code))
        : String.format(Locale.ROOT, "\"\\u%04X\"", code);
  }

  private Token number(int start) {
    int at = start;
    boolean real = false;
    if (code(at) == '-') {
      at++;
    }
    if (code(at) == '0') {
      at++;
      if (digit(code(at))) {
        throw new SyntaxError(
            at, "Invalid number, unexpected digit after 0: " + printed(code(at)) + ".");
      }
    } else {
      at = digits(at);
    }
    if (code(at) == '.') {
      real = true;
      at = digits(at + 1);
    }
    if (code(at) == 'E' || code(at) == 'e') {
      real = true;
      at++;
      at = digits(code(at) == '+' || code(at) == '-' ? at + 1 : at);
    }
    if (code(at) == '.' || nameStart(code(at))) {
      throw noDigit(at);
    }
    return new Token(real ? Kind.FLOAT : Kind.INT, body.substring(start, at), start, at);
  }

  private int digits(int from) {
    int at = from;
    if (!digit(code(at))) {
      throw noDigit(at);
    }
    while (digit(code(at))) {
      at++;
    }
    return at;
  }

  private SyntaxError noDigit(int at) {
    return new SyntaxError(
        at, "Invalid number, expected digit but got: " + printed(code(at)) + ".");
  }

  private Token string(int start) {
    StringBuilder value = new StringBuilder();
    int at = start + 1;
    while (code(at) != NONE && code(at) != '\n' && code(at) != '\r') {
      int code = code(at);
      if (code == '"') {
        return new Token(Kind.STRING, value.toString(), start, at + 1);
      }
      if (code == '\\') {
        at = escape(at + 1, value);
      } else {
        checkInString(at, code);
        value.append((char) code);
        at++;
      }
    }
    throw new SyntaxError(at, "Unterminated string.");
  }

  private static void checkInString(int at, int code) {
    if (code < 0x20 && code != '\t' && code != '\n' && code != '\r') {
      throw new SyntaxError(at, "Invalid character within String: " + printed(code) + ".");
    }
  }

  private int escape(int at, StringBuilder value) {
    int code = code(at);
    switch (code) {
      case '"', '/', '\\' -> value.append((char) code);
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> {
        value.append(unicode(at));
        return at + 5;
      }
      default ->
          throw new SyntaxError(
              at,
              "Invalid character escape sequence: \\"
                  + (code == NONE ? "\0" : Character.toString(code))
                  + ".");
    }
    return at + 1;
  }

  private char unicode(int at) {
    String digits =
        body.substring(Math.min(at + 1, body.length()), Math.min(at + 5, body.length()));
    if (!digits.matches("[0-9A-Fa-f]{4}")) {
      throw new SyntaxError(at, "Invalid character escape sequence: \\u" + digits + ".");
    }
    return (char) Integer.parseInt(digits, 16);
  }

  private Token blockString(int start) {
    int at = start + 3;
    while (at < body.length()) {
      if (body.startsWith("\"\"\"", at)) {
        return new Token(
            Kind.BLOCK_STRING,
            Texts.dedented(body.substring(start + 3, at).replace("\\\"\"\"", "\"\"\"")),
            start,
            at + 3);
      }
      checkInString(at, code(at));
      at += body.startsWith("\\\"\"\"", at) ? 4 : 1;
    }
    throw new SyntaxError(at, "Unterminated string.");
  }

  private static boolean digit(int code) {
    return code >= '0' && code <= '9';
  }

  private static boolean nameStart(int code) {
    return code == '_' || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
  }
}
