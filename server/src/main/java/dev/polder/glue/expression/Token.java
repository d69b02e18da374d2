package dev.polder.glue.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One word of an expression.
sealed interface Token {

  /// A bare word: a column or a key word. Key words have no case.
  record Word(String text) implements Token {
    boolean is(String keyword) {
      return text.toUpperCase(Locale.ROOT).equals(keyword);
    }
  }

  /// A column in double quotes or back quotes.
  record Quoted(String text) implements Token {}

  /// A string in single quotes; a quote within is doubled.
  record Text(String text) implements Token {}

  /// A number, its sign included.
  record Numeral(String text) implements Token {}

  /// A comparison, bracket or comma.
  record Symbol(String text) implements Token {}

  /// The words of a text, or empty where a character or an open quote does not belong.
  static Optional<List<Token>> all(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      int end = end(text, at);
      if (end < 0) {
        return Optional.empty();
      }
      tokens.add(token(text.substring(at, end)));
      at = end;
    }
    return Optional.of(tokens);
  }

  private static Token token(String text) {
    char first = text.charAt(0);
    return switch (first) {
      case '\'' -> new Text(text.substring(1, text.length() - 1).replace("''", "'"));
      case '"', '`' -> new Quoted(text.substring(1, text.length() - 1));
      case '(', ')', ',', '=', '<', '>', '!' -> new Symbol(text);
      default -> Character.isLetter(first) || first == '_' ? new Word(text) : new Numeral(text);
    };
  }

  private static int end(String text, int at) {
    char first = text.charAt(at);
    return switch (first) {
      case '\'' -> quoted(text, at + 1);
      case '"', '`' -> {
        int close = text.indexOf(first, at + 1);
        yield close < 0 ? -1 : close + 1;
      }
      case '(', ')', ',', '=' -> at + 1;
      case '<', '>', '!' -> symbol(text, at);
      default -> word(text, at);
    };
  }

  private static int quoted(String text, int at) {
    int from = at;
    while (true) {
      int close = text.indexOf('\'', from);
      if (close < 0) {
        return -1;
      }
      if (close + 1 >= text.length() || text.charAt(close + 1) != '\'') {
        return close + 1;
      }
      from = close + 2;
    }
  }

  private static int symbol(String text, int at) {
    String two = text.substring(at, Math.min(at + 2, text.length()));
    return switch (two) {
      case "<>", "<=", ">=", "!=" -> at + 2;
      default -> text.charAt(at) == '!' ? -1 : at + 1;
    };
  }

  private static int word(String text, int at) {
    char first = text.charAt(at);
    boolean numeral = Character.isDigit(first) || first == '-' || first == '+' || first == '.';
    if (!numeral && !Character.isLetter(first) && first != '_') {
      return -1;
    }
    int end = at + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean exponent =
          numeral && (c == '-' || c == '+') && "eE".indexOf(text.charAt(end - 1)) >= 0;
      if (!Character.isLetterOrDigit(c) && c != '_' && !(numeral && c == '.') && !exponent) {
        break;
      }
      end++;
    }
    return end;
  }
}
