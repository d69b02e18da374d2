package dev.polder.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads updates: sections of actions with commas between them.
final class UpdateParser {
  private static final Set<String> KEYWORDS = Set.of("SET", "REMOVE", "ADD", "DELETE");

  private final Tokens tokens;
  private final Operands operands;

  private UpdateParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = new Operands(tokens, KEYWORDS);
  }

  /// The update as written.
  ///
  /// @throws dev.polder.dynamodb.item.ValidationException where it is none
  static UpdateSyntax parse(String text) {
    var parser = new UpdateParser(Tokens.of(text));
    List<UpdateSyntax.Clause> clauses = new ArrayList<>();
    do {
      clauses.add(parser.clause());
    } while (parser.tokens.keyword(KEYWORDS));
    parser.tokens.expectEnd();
    parser.tokens.requireNoRedundantBrackets();
    return new UpdateSyntax(clauses);
  }

  private UpdateSyntax.Clause clause() {
    UpdateSyntax.Section section = section().orElseThrow(tokens::syntaxError);
    tokens.next();
    List<UpdateSyntax.Action> actions = new ArrayList<>();
    do {
      actions.add(action(section));
    } while (tokens.take(","));
    return new UpdateSyntax.Clause(section, actions);
  }

  private Optional<UpdateSyntax.Section> section() {
    for (UpdateSyntax.Section section : UpdateSyntax.Section.values()) {
      if (tokens.peek().keyword(section.name())) {
        return Optional.of(section);
      }
    }
    return Optional.empty();
  }

  private UpdateSyntax.Action action(UpdateSyntax.Section section) {
    Syntax.Reference path = operands.path();
    return switch (section) {
      case SET -> {
        tokens.expect("=");
        yield new UpdateSyntax.Action.Assign(path, value());
      }
      case REMOVE -> new UpdateSyntax.Action.Remove(path);
      case ADD, DELETE -> new UpdateSyntax.Action.Change(path, placeholder());
    };
  }

  private Syntax.Placeholder placeholder() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.VALUE) {
      throw tokens.syntaxError();
    }
    tokens.next();
    return new Syntax.Placeholder(token.text());
  }

  /// An operand, or two with a sign between them, with or without brackets around the whole.
  private Syntax value() {
    Syntax left;
    if (tokens.peek().symbol("(")) {
      int open = tokens.open();
      left = value();
      tokens.close(open);
    } else {
      left = operands.bare();
    }
    return left instanceof Syntax.Binary ? left : sum(left);
  }

  private Syntax sum(Syntax left) {
    Token sign = tokens.peek();
    if (!sign.symbol("+") && !sign.symbol("-")) {
      return left;
    }
    tokens.next();
    tokens.countOperator();
    return new Syntax.Binary(sign.text(), left, operand());
  }

  private Syntax operand() {
    if (!tokens.peek().symbol("(")) {
      return operands.bare();
    }
    int open = tokens.open();
    Syntax inner = operand();
    tokens.close(open);
    return inner;
  }
}
