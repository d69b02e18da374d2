package dev.polder.stepfunctions.expression;

import java.util.Set;

/// Cuts a JSONata expression into tokens. Only as exact as the analysis of references needs: texts
/// that are not JSONata have been refused before.
final class JsonataLexer {
  private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
  private static final Set<String> PAIRS =
      Set.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");

  private final String text;
  private int at;

  enum Kind {
    OPERATOR,
    NAME,
    VARIABLE,
    STRING,
    NUMBER,
    REGEX,
    END
  }

  /// @param end the position after the token
  record Token(Kind kind, String text, int end) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  JsonataLexer(String text) {
    this.text = text;
  }

  /// @param prefix whether an operand is expected: then a slash begins a regular expression
  Token next(boolean prefix) {
    blanks();
    if (at >= text.length()) {
      return new Token(Kind.END, "", at);
    }
    char c = text.charAt(at);
    if (c == '/' && prefix) {
      return regex();
    }
    if (c == '"' || c == '\'') {
      return quoted(c, Kind.STRING);
    }
    if (c == '`') {
      return quoted(c, Kind.NAME);
    }
    if (Character.isDigit(c)) {
      return number();
    }
    if (OPERATORS.indexOf(c) >= 0) {
      String pair = text.substring(at, Math.min(at + 2, text.length()));
      String operator = PAIRS.contains(pair) ? pair : String.valueOf(c);
      at += operator.length();
      return new Token(Kind.OPERATOR, operator, at);
    }
    return word();
  }

  private void blanks() {
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  private Token quoted(char quote, Kind kind) {
    var value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      if (text.charAt(at) == '\\' && kind == Kind.STRING && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    at++;
    return new Token(kind, value.toString(), at);
  }

  private Token regex() {
    int depth = 0;
    int start = at;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == '/' && depth <= 0) {
        break;
      }
    }
    at++;
    while (at < text.length() && (text.charAt(at) == 'i' || text.charAt(at) == 'm')) {
      at++;
    }
    return new Token(Kind.REGEX, text.substring(start, Math.min(at, text.length())), at);
  }

  private Token number() {
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at + 1 < text.length()
        && text.charAt(at) == '.'
        && Character.isDigit(text.charAt(at + 1))) {
      at++;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    if (text.substring(at).matches("(?s)[eE][-+]?\\d.*")) {
      at += 2;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    return new Token(Kind.NUMBER, text.substring(start, at), at);
  }

  private Token word() {
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && OPERATORS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.startsWith("$")) {
      return new Token(Kind.VARIABLE, word.substring(1), at);
    }
    return switch (word) {
      case "and", "or", "in" -> new Token(Kind.OPERATOR, word, at);
      case "true", "false", "null" -> new Token(Kind.NUMBER, word, at);
      default -> new Token(Kind.NAME, word, at);
    };
  }
}
