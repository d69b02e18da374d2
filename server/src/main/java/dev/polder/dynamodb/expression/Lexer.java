package dev.polder.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts an expression into tokens. What is no token of the language becomes a symbol that no rule
/// takes, so that the parser complains of it in its place.
final class Lexer {
  private static final Set<String> PAIRS = Set.of("<=", ">=", "<>");

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /// The tokens, with one of kind `END` at the end.
  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    for (lexer.skipSpace(); lexer.at < text.length(); lexer.skipSpace()) {
      tokens.add(lexer.next());
    }
    tokens.add(new Token(Token.Kind.END, "<EOF>", text.length()));
    return tokens;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Token next() {
    char first = text.charAt(at);
    if (letter(first)) {
      return take(Token.Kind.WORD, wordEnd(at + 1));
    }
    if (digit(first)) {
      return take(Token.Kind.NUMBER, digitsEnd(at));
    }
    if (first == '#' || first == ':') {
      int end = wordEnd(at + 1);
      if (end > at + 1) {
        return take(first == '#' ? Token.Kind.NAME : Token.Kind.VALUE, end);
      }
    }
    return take(Token.Kind.SYMBOL, symbolEnd());
  }

  private int symbolEnd() {
    boolean pair = at + 2 <= text.length() && PAIRS.contains(text.substring(at, at + 2));
    return pair ? at + 2 : at + Character.charCount(text.codePointAt(at));
  }

  private Token take(Token.Kind kind, int end) {
    var token = new Token(kind, text.substring(at, end), at);
    at = end;
    return token;
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < text.length() && part(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int digitsEnd(int from) {
    int end = from;
    while (end < text.length() && digit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean part(char c) {
    return letter(c) || digit(c) || c == '_';
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
