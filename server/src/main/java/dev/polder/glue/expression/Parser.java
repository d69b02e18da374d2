package dev.polder.glue.expression;

import dev.polder.glue.expression.Condition.Column;
import dev.polder.glue.expression.Condition.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an expression into a [Condition] by recursive descent. The grammar is that of a `WHERE`
/// clause: `OR` binds least, then `AND`, then `NOT`; brackets may stand around anything, a column,
/// a literal and even a lone `AND` or `OR` (recorded).
final class Parser {
  private static final int DEEPEST = 200;

  private final String text;
  private final List<PartitionKey> keys;
  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(String text, List<PartitionKey> keys, List<Token> tokens) {
    this.text = text;
    this.keys = keys;
    this.tokens = tokens;
  }

  static Condition parse(String text, List<PartitionKey> keys) {
    List<Token> tokens = Token.all(text).orElseThrow(() -> unsupported(text));
    var parser = new Parser(text, keys, tokens);
    Condition condition = parser.or();
    if (parser.at < tokens.size()) {
      throw unsupported(text);
    }
    return condition;
  }

  private static InvalidExpressionException unsupported(String text) {
    return new InvalidExpressionException("Unsupported expression '" + text + "'");
  }

  private Condition or() {
    Condition left = and();
    while (takeOperator("OR")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (takeOperator("AND")) {
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() {
    if (take("NOT")) {
      return new Condition.Not(nested());
    }
    int before = at;
    if (takeSymbol("(")) {
      // Brackets hold either a condition or one side of a comparison; only what follows tells.
      if (opensCondition(before)) {
        Condition condition = nestedOr();
        expectSymbol(")");
        return condition;
      }
      at = before;
    }
    return predicate();
  }

  private Condition nested() {
    enter();
    Condition condition = not();
    depth--;
    return condition;
  }

  private Condition nestedOr() {
    enter();
    Condition condition = or();
    depth--;
    return condition;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw unsupported(text);
    }
  }

  /// True unless the bracket that opens at `open` holds a lone operand, itself in any brackets.
  private boolean opensCondition(int open) {
    int inner = open;
    while (isSymbol(inner, "(")) {
      inner++;
    }
    for (int i = 1; i <= inner - open; i++) {
      if (!isSymbol(inner + i, ")")) {
        return true;
      }
    }
    return false;
  }

  private Condition predicate() {
    Token operand = operand();
    Column column = column(operand);
    if (column == null) {
      Comparison comparison = comparison();
      Column right = column(operand());
      if (comparison == null || right == null) {
        throw unsupported(text);
      }
      return new Condition.Compare(right, comparison.exchanged(), literal(right, operand));
    }
    Comparison comparison = comparison();
    if (comparison != null) {
      return new Condition.Compare(column, comparison, literal(column, operand()));
    }
    if (take("IS")) {
      boolean negated = take("NOT");
      expect("NULL");
      return negated(new Condition.IsNull(column), negated);
    }
    boolean negated = take("NOT");
    return negated(test(column), negated);
  }

  private static Condition negated(Condition condition, boolean negated) {
    return negated ? new Condition.Not(condition) : condition;
  }

  private Condition test(Column column) {
    if (take("IN")) {
      return in(column);
    }
    if (take("BETWEEN")) {
      Comparable<?> low = literal(column, operand());
      expect("AND");
      return new Condition.Between(column, low, literal(column, operand()));
    }
    expect("LIKE");
    if (column.type() != KeyType.STRING) {
      throw new InvalidExpressionException(
          column.type().title() + " data type doesn't support operation 'LIKE'");
    }
    return new Condition.Like(column, pattern(raw(operand())));
  }

  private Condition in(Column column) {
    List<Comparable<?>> literals = new ArrayList<>();
    expectSymbol("(");
    do {
      literals.add(literal(column, operand()));
    } while (takeSymbol(","));
    expectSymbol(")");
    return new Condition.In(column, literals);
  }

  /// A column or a literal in any number of brackets.
  private Token operand() {
    int brackets = 0;
    while (takeSymbol("(")) {
      brackets++;
    }
    Token token = next();
    if (token instanceof Token.Word word
        && (word.is("DATE") || word.is("TIMESTAMP"))
        && at < tokens.size()
        && tokens.get(at) instanceof Token.Text) {
      token = next();
    }
    for (; brackets > 0; brackets--) {
      expectSymbol(")");
    }
    return token;
  }

  private @Nullable Column column(Token token) {
    return switch (token) {
      case Token.Word(String name) -> named(name);
      case Token.Quoted(String name) -> named(name);
      case Token.Text _, Token.Numeral _ -> null;
      case Token.Symbol _ -> throw unsupported(text);
    };
  }

  private Column named(String name) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).name().equalsIgnoreCase(name)) {
        return new Column(i, KeyType.of(keys.get(i).type()));
      }
    }
    throw new InvalidExpressionException("Invalid partition expression!");
  }

  private Comparable<?> literal(Column column, Token token) {
    try {
      return column.type().parse(raw(token));
    } catch (IllegalArgumentException e) {
      throw new InvalidExpressionException(String.valueOf(e.getMessage()));
    }
  }

  private String raw(Token token) {
    return switch (token) {
      case Token.Text(String value) -> value;
      case Token.Numeral(String value) -> value;
      case Token.Word _, Token.Quoted _, Token.Symbol _ -> throw unsupported(text);
    };
  }

  private static Pattern pattern(String like) {
    var regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      switch (c) {
        case '%' -> regex.append(".*");
        case '_' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private @Nullable Comparison comparison() {
    if (at >= tokens.size() || !(tokens.get(at) instanceof Token.Symbol(String symbol))) {
      return null;
    }
    Comparison comparison =
        switch (symbol) {
          case "=" -> Comparison.EQUAL;
          case "<>", "!=" -> Comparison.UNEQUAL;
          case "<" -> Comparison.LESS;
          case "<=" -> Comparison.LESS_OR_EQUAL;
          case ">" -> Comparison.GREATER;
          case ">=" -> Comparison.GREATER_OR_EQUAL;
          default -> null;
        };
    if (comparison != null) {
      at++;
    }
    return comparison;
  }

  private boolean takeOperator(String keyword) {
    if (isSymbol(at, "(") && isWord(at + 1, keyword) && isSymbol(at + 2, ")")) {
      at += 3;
      return true;
    }
    return take(keyword);
  }

  private boolean take(String keyword) {
    boolean taken = isWord(at, keyword);
    at += taken ? 1 : 0;
    return taken;
  }

  private boolean takeSymbol(String symbol) {
    boolean taken = isSymbol(at, symbol);
    at += taken ? 1 : 0;
    return taken;
  }

  private void expect(String keyword) {
    if (!take(keyword)) {
      throw unsupported(text);
    }
  }

  private void expectSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw unsupported(text);
    }
  }

  private Token next() {
    if (at >= tokens.size()) {
      throw unsupported(text);
    }
    return tokens.get(at++);
  }

  private boolean isWord(int index, String keyword) {
    return index < tokens.size()
        && tokens.get(index) instanceof Token.Word word
        && word.is(keyword);
  }

  private boolean isSymbol(int index, String symbol) {
    return index < tokens.size() && tokens.get(index).equals(new Token.Symbol(symbol));
  }
}
