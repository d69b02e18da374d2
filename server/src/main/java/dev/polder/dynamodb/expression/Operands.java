package dev.polder.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads document paths, placeholders and functions, which all expressions share.
final class Operands {
  private final Tokens tokens;
  private final Set<String> keywords;

  /// @param keywords that are no names in this kind of expression, in capitals
  Operands(Tokens tokens, Set<String> keywords) {
    this.tokens = tokens;
    this.keywords = keywords;
  }

  /// A path, a placeholder or a function, with or without brackets around it.
  Syntax operand() {
    if (!tokens.peek().symbol("(")) {
      return bare();
    }
    int open = tokens.open();
    Syntax inner = operand();
    tokens.close(open);
    return inner instanceof Syntax.Reference path ? rest(path) : inner;
  }

  Syntax bare() {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.VALUE) {
      tokens.next();
      return new Syntax.Placeholder(token.text());
    }
    boolean function = token.kind() == Token.Kind.WORD && tokens.peekNext().symbol("(");
    return function && !tokens.keyword(keywords) ? call() : path();
  }

  private Syntax.Call call() {
    String function = tokens.next().text();
    tokens.expect("(");
    tokens.enter();
    List<Syntax> arguments = list();
    tokens.leave();
    return new Syntax.Call(function, arguments);
  }

  /// Operands with commas between them, to the closing bracket.
  List<Syntax> list() {
    List<Syntax> list = new ArrayList<>();
    do {
      list.add(operand());
    } while (tokens.take(","));
    tokens.expect(")");
    return list;
  }

  Syntax.Reference path() {
    return rest(new Syntax.Reference(List.of(name())));
  }

  /// The steps that follow a path, which may have stood in brackets.
  Syntax.Reference rest(Syntax.Reference path) {
    List<Syntax.Step> steps = new ArrayList<>(path.steps());
    while (true) {
      if (tokens.take(".")) {
        steps.add(name());
      } else if (tokens.take("[")) {
        steps.add(index());
        tokens.expect("]");
      } else {
        return new Syntax.Reference(steps);
      }
    }
  }

  private Syntax.Step name() {
    Token token = tokens.peek();
    boolean name = token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.WORD;
    if (!name || tokens.keyword(keywords)) {
      throw tokens.syntaxError();
    }
    tokens.next();
    return new Syntax.Step.Name(token.text());
  }

  private Syntax.Step index() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.NUMBER) {
      throw tokens.syntaxError();
    }
    tokens.next();
    try {
      return new Syntax.Step.Index(Integer.parseInt(token.text()));
    } catch (NumberFormatException e) {
      return new Syntax.Step.Index(Integer.MAX_VALUE);
    }
  }
}
