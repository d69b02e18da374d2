package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.List;
import java.util.Set;

/// The tokens of one statement, read from left to right, and the parameters that its question marks
/// stand for.
final class Lexemes {
  private static final Set<String> KEYWORDS =
      Set.of("SELECT", "FROM", "WHERE", "ORDER", "BY", "SET", "REMOVE", "RETURNING", "VALUE");
  private static final Set<String> OPERATORS =
      Set.of("IS", "LIKE", "IN", "BETWEEN", "AND", "OR", "=", "<>", "!=", "<", "<=", ">", ">=");
  private static final int MAX_DEPTH = 200;

  private final String text;
  private final List<Lexeme> tokens;
  private final List<Value> parameters;
  private int at;
  private int used;
  private int depth;

  Lexemes(String text, List<Value> parameters) {
    this.text = text;
    this.tokens = Scanner.tokens(text);
    this.parameters = parameters;
  }

  Lexeme peek() {
    return tokens.get(at);
  }

  Lexeme peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Lexeme next() {
    Lexeme token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean take(String symbol) {
    boolean found = peek().symbol(symbol);
    if (found) {
      next();
    }
    return found;
  }

  boolean takeWord(String word) {
    boolean found = peek().word(word);
    if (found) {
      next();
    }
    return found;
  }

  void expect(String symbol) {
    if (!take(symbol)) {
      throw Malformed.because("Expected " + symbol);
    }
  }

  void expectWord(String word) {
    if (!takeWord(word)) {
      throw Malformed.because("Expected " + word);
    }
  }

  /// Goes one bracket deeper, if there is an end to it.
  void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw Malformed.because("Expression is nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  /// The value of the next question mark.
  Value parameter() {
    if (used == parameters.size()) {
      throw parameterCount();
    }
    return parameters.get(used++);
  }

  /// Refuses what follows a whole statement, and parameters that it does not use.
  void expectEnd() {
    take(";");
    if (peek().kind() != Lexeme.Kind.END) {
      throw Malformed.leftover();
    }
    if (used != parameters.size()) {
      throw parameterCount();
    }
  }

  private static ValidationException parameterCount() {
    return new ValidationException("Number of parameters in request and statement don't match.");
  }

  /// Whether a word is part of the statement's frame and so no name.
  boolean keyword() {
    return KEYWORDS.stream().anyMatch(peek()::word);
  }

  /// The refusal of the next token where a term should begin.
  ValidationException noTerm() {
    Lexeme token = peek();
    if (keyword()) {
      return Malformed.because("Unexpected keyword");
    }
    boolean operator = OPERATORS.stream().anyMatch(o -> token.word(o) || token.symbol(o));
    return Malformed.because(operator ? "Unexpected operator" : "Unexpected term");
  }

  boolean operator() {
    return OPERATORS.stream().anyMatch(o -> peek().word(o) || peek().symbol(o));
  }

  /// Where a token stands, as messages say it: line, column and length, from 1.
  String place(Lexeme token) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < token.start(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return line + ":" + (token.start() - lineStart + 1) + ":" + (token.end() - token.start());
  }
}
