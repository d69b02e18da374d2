package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Utf8;
import dev.polder.dynamodb.item.ValidationException;
import java.util.List;
import java.util.Set;

/// The tokens of one expression, read from left to right, and the refusals that need no more than
/// them.
final class Tokens {
  private static final int MAX_BYTES = 4096;
  private static final int MAX_OPERATORS = 300;
  private static final int MAX_DEPTH = 400;

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int operators;
  private int depth;
  private int lastOpen = -1;
  private int lastClose = -1;
  private boolean redundantBrackets;

  private Tokens(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /// The tokens of this text.
  ///
  /// @throws ValidationException where the text is empty or too long
  static Tokens of(String text) {
    int bytes = Utf8.length(text);
    if (bytes > MAX_BYTES) {
      throw new ValidationException(
          "Expression size has exceeded the maximum allowed size; expression size: " + bytes);
    }
    if (text.isBlank()) {
      throw new ValidationException("The expression can not be empty;");
    }
    return new Tokens(text, Lexer.tokens(text));
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    return tokens.get(at++);
  }

  boolean take(String symbol) {
    if (peek().symbol(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  boolean takeKeyword(String keyword) {
    if (peek().keyword(keyword)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!take(symbol)) {
      throw syntaxError();
    }
  }

  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw syntaxError();
    }
  }

  boolean keyword(Set<String> keywords) {
    return keywords.stream().anyMatch(peek()::keyword);
  }

  /// Counts an operator; brackets and functions are none.
  void countOperator() {
    operators++;
    if (operators > MAX_OPERATORS) {
      throw new ValidationException(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  /// Takes an opening bracket.
  ///
  /// @return where it stands, for [#close]
  int open() {
    expect("(");
    enter();
    return at - 1;
  }

  /// Takes the closing bracket of a pair, which is redundant where another pair is all that it
  /// holds.
  void close(int open) {
    int close = at;
    expect(")");
    leave();
    redundantBrackets |= lastOpen == open + 1 && lastClose == close - 1;
    lastOpen = open;
    lastClose = close;
  }

  /// Refuses an expression with a pair of brackets that holds nothing but another pair.
  void requireNoRedundantBrackets() {
    if (redundantBrackets) {
      throw redundant();
    }
  }

  /// Goes one level deeper. Nothing within the limit on operators is so deep but for redundant
  /// brackets, so that is what is said.
  void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw redundant();
    }
  }

  void leave() {
    depth--;
  }

  private static ValidationException redundant() {
    return new ValidationException("The expression has redundant parentheses;");
  }

  /// The complaint about the token that comes next, with the text from the token before it to the
  /// token after it.
  ValidationException syntaxError() {
    Token token = peek();
    int from = at == 0 ? token.start() : tokens.get(at - 1).start();
    int to = Math.max(token.end(), peekNext().end());
    if (token.kind() == Token.Kind.END) {
      to = at == 0 ? token.end() : tokens.get(at - 1).end();
    } else if (peekNext().kind() == Token.Kind.END) {
      to = token.end();
    }
    return new ValidationException(
        "Syntax error; token: \""
            + token.text()
            + "\", near: \""
            + text.substring(from, to)
            + "\"");
  }
}
