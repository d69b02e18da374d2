package dev.polder.dynamodb.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts a statement into tokens and drops spaces and comments.
final class Scanner {
  private static final Set<String> PAIRS = Set.of("<<", ">>", "<=", ">=", "<>", "!=", "||");

  private final String text;
  private int at;

  private Scanner(String text) {
    this.text = text;
  }

  /// The tokens, with one of kind `END` at the end.
  static List<Lexeme> tokens(String text) {
    var scanner = new Scanner(text);
    List<Lexeme> tokens = new ArrayList<>();
    for (scanner.skip(); scanner.at < text.length(); scanner.skip()) {
      tokens.add(scanner.next());
    }
    tokens.add(new Lexeme(Lexeme.Kind.END, "", text.length(), text.length()));
    return tokens;
  }

  private void skip() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw Malformed.unreadable();
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private Lexeme next() {
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      return quoted(first);
    }
    if (letter(first)) {
      return take(Lexeme.Kind.WORD, wordEnd());
    }
    if (digit(at) || (first == '.' && digit(at + 1))) {
      return take(Lexeme.Kind.NUMBER, numberEnd());
    }
    if ("()[]{},.:?*=<>+-!|;".indexOf(first) < 0) {
      throw Malformed.unreadable();
    }
    boolean pair = at + 2 <= text.length() && PAIRS.contains(text.substring(at, at + 2));
    return take(Lexeme.Kind.SYMBOL, pair ? at + 2 : at + 1);
  }

  private Lexeme take(Lexeme.Kind kind, int end) {
    var token = new Lexeme(kind, text.substring(at, end), at, end);
    at = end;
    return token;
  }

  /// A string or a quoted name, in which the quote is doubled.
  private Lexeme quoted(char quote) {
    var content = new StringBuilder();
    int start = at;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != quote) {
        content.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        content.append(quote);
        at++;
      } else {
        at++;
        var kind = quote == '"' ? Lexeme.Kind.QUOTED : Lexeme.Kind.STRING;
        return new Lexeme(kind, content.toString(), start, at);
      }
    }
    throw Malformed.unreadable();
  }

  private int wordEnd() {
    int end = at;
    while (end < text.length() && (letter(text.charAt(end)) || digit(end))) {
      end++;
    }
    return end;
  }

  private int numberEnd() {
    int end = digits(at);
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(end + 1);
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int power = end + 1;
      if (power < text.length() && "+-".indexOf(text.charAt(power)) >= 0) {
        power++;
      }
      end = digit(power) ? digits(power) : end;
    }
    return end;
  }

  private int digits(int from) {
    int end = from;
    while (digit(end)) {
      end++;
    }
    return end;
  }

  private boolean digit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static boolean letter(char c) {
    return Character.isLetter(c) || c == '_' || c == '$';
  }
}
