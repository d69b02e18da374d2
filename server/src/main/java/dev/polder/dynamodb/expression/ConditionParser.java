package dev.polder.dynamodb.expression;

import java.util.Set;

/// Reads conditions, filters and key conditions. `OR` binds least, then `AND`, then `NOT`.
final class ConditionParser {
  private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
  private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final Operands operands;

  private ConditionParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = new Operands(tokens, KEYWORDS);
  }

  /// The condition as written.
  ///
  /// @throws dev.polder.dynamodb.item.ValidationException where it is none
  static Syntax parse(String text) {
    var parser = new ConditionParser(Tokens.of(text));
    Syntax condition = parser.or();
    parser.requireCondition(condition);
    parser.tokens.expectEnd();
    parser.tokens.requireNoRedundantBrackets();
    return condition;
  }

  private Syntax or() {
    Syntax left = and();
    while (tokens.peek().keyword("OR")) {
      requireCondition(left);
      tokens.next();
      tokens.countOperator();
      Syntax right = and();
      requireCondition(right);
      left = new Syntax.Or(left, right);
    }
    return left;
  }

  private Syntax and() {
    Syntax left = not();
    while (tokens.peek().keyword("AND")) {
      requireCondition(left);
      tokens.next();
      tokens.countOperator();
      Syntax right = not();
      requireCondition(right);
      left = new Syntax.And(left, right);
    }
    return left;
  }

  private Syntax not() {
    int negations = 0;
    while (tokens.takeKeyword("NOT")) {
      tokens.countOperator();
      negations++;
    }
    Syntax operand = comparison();
    if (negations > 0) {
      requireCondition(operand);
    }
    for (int i = 0; i < negations; i++) {
      operand = new Syntax.Not(operand);
    }
    return operand;
  }

  /// A comparison, or what may be the left side of one: a function is a condition by itself, and a
  /// path or placeholder in brackets may still be followed by an operator outside of them.
  private Syntax comparison() {
    Syntax left = term();
    if (!operand(left)) {
      return left;
    }
    Token operator = tokens.peek();
    if (operator.kind() == Token.Kind.SYMBOL && COMPARATORS.contains(operator.text())) {
      tokens.next();
      tokens.countOperator();
      return new Syntax.Binary(operator.text(), left, operands.operand());
    }
    if (tokens.takeKeyword("BETWEEN")) {
      tokens.countOperator();
      return between(left);
    }
    if (tokens.takeKeyword("IN")) {
      tokens.countOperator();
      tokens.expect("(");
      return new Syntax.In(left, operands.list());
    }
    return left;
  }

  private Syntax between(Syntax operand) {
    Syntax low = operands.operand();
    if (!tokens.takeKeyword("AND")) {
      throw tokens.syntaxError();
    }
    return new Syntax.Between(operand, low, operands.operand());
  }

  /// An operand, or a condition or operand in brackets.
  private Syntax term() {
    if (!tokens.peek().symbol("(")) {
      return operands.bare();
    }
    int open = tokens.open();
    Syntax inner = or();
    tokens.close(open);
    return inner instanceof Syntax.Reference path ? operands.rest(path) : inner;
  }

  private static boolean operand(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Reference _, Syntax.Placeholder _, Syntax.Call _ -> true;
      case Syntax.Binary _, Syntax.Between _, Syntax.In _ -> false;
      case Syntax.And _, Syntax.Or _, Syntax.Not _ -> false;
    };
  }

  /// A path or a placeholder alone is no condition: something is missing where the reader is.
  private void requireCondition(Syntax syntax) {
    if (syntax instanceof Syntax.Reference || syntax instanceof Syntax.Placeholder) {
      throw tokens.syntaxError();
    }
  }
}
