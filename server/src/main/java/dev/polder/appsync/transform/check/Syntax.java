package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.check.Token.Kind;
import java.util.Set;

/// Recognises GraphQL documents by the grammar of the reference implementation, of which the
/// messages are. It builds no tree: what passes here is parsed by the library that also executes.
final class Syntax {
  private static final Set<String> LOCATIONS =
      Set.of(
          "QUERY",
          "MUTATION",
          "SUBSCRIPTION",
          "FIELD",
          "FRAGMENT_DEFINITION",
          "FRAGMENT_SPREAD",
          "INLINE_FRAGMENT",
          "VARIABLE_DEFINITION",
          "SCHEMA",
          "SCALAR",
          "OBJECT",
          "FIELD_DEFINITION",
          "ARGUMENT_DEFINITION",
          "INTERFACE",
          "UNION",
          "ENUM",
          "ENUM_VALUE",
          "INPUT_OBJECT",
          "INPUT_FIELD_DEFINITION");

  private final Lexer lexer;
  private Token token = new Token(Kind.BEGIN, "", 0, 0);

  private Syntax(String body) {
    this.lexer = new Lexer(body);
  }

  /// @throws SyntaxError at the first token that does not fit
  static void check(String body) {
    Syntax syntax = new Syntax(body);
    syntax.advance();
    do {
      syntax.definition();
    } while (!syntax.token.is(Kind.END));
  }

  private void advance() {
    token = lexer.next(token.end());
  }

  private Token lookahead() {
    return token.is(Kind.END) ? token : lexer.next(token.end());
  }

  private boolean take(Kind kind) {
    if (!token.is(kind)) {
      return false;
    }
    advance();
    return true;
  }

  private void expect(Kind kind) {
    if (!take(kind)) {
      throw new SyntaxError(
          token.start(), "Expected " + kind.described() + ", found " + token.described() + ".");
    }
  }

  private boolean takeKeyword(String word) {
    if (!token.isKeyword(word)) {
      return false;
    }
    advance();
    return true;
  }

  private void expectKeyword(String word) {
    if (!takeKeyword(word)) {
      throw new SyntaxError(
          token.start(), "Expected \"" + word + "\", found " + token.described() + ".");
    }
  }

  private static SyntaxError unexpected(Token at) {
    return new SyntaxError(at.start(), "Unexpected " + at.described() + ".");
  }

  private void name() {
    expect(Kind.NAME);
  }

  private void description() {
    if (token.isString()) {
      advance();
    }
  }

  /// One or more items in brackets.
  private void many(Kind open, Runnable item, Kind close) {
    expect(open);
    do {
      item.run();
    } while (!take(close));
  }

  /// One or more items in brackets, or no brackets.
  ///
  /// @return true if there were brackets
  private boolean optionalMany(Kind open, Runnable item, Kind close) {
    boolean present = token.is(open);
    if (present) {
      many(open, item, close);
    }
    return present;
  }

  /// Any number of items in brackets.
  private void any(Kind open, Runnable item, Kind close) {
    expect(open);
    while (!take(close)) {
      item.run();
    }
  }

  private void delimited(Kind delimiter, Runnable item) {
    take(delimiter);
    do {
      item.run();
    } while (take(delimiter));
  }

  private void definition() {
    if (token.is(Kind.BRACE_OPEN)) {
      selections();
    } else if (token.isString()) {
      typeSystem();
    } else if (token.is(Kind.NAME)) {
      switch (token.text()) {
        case "query", "mutation", "subscription" -> operation();
        case "fragment" -> fragment();
        case "schema", "scalar", "type", "interface", "union", "enum", "input", "directive" ->
            typeSystem();
        case "extend" -> extension();
        default -> throw unexpected(token);
      }
    } else {
      throw unexpected(token);
    }
  }

  private void operation() {
    advance();
    take(Kind.NAME);
    optionalMany(Kind.PAREN_OPEN, this::variableDefinition, Kind.PAREN_CLOSE);
    directives(false);
    selections();
  }

  private void variableDefinition() {
    variable();
    expect(Kind.COLON);
    type();
    if (take(Kind.EQUALS)) {
      value(true);
    }
    directives(true);
  }

  private void variable() {
    expect(Kind.DOLLAR);
    name();
  }

  private void selections() {
    many(Kind.BRACE_OPEN, this::selection, Kind.BRACE_CLOSE);
  }

  private void selection() {
    if (!take(Kind.SPREAD)) {
      field();
    } else if (takeKeyword("on")) {
      name();
      directives(false);
      selections();
    } else if (take(Kind.NAME)) {
      directives(false);
    } else {
      directives(false);
      selections();
    }
  }

  private void field() {
    name();
    if (take(Kind.COLON)) {
      name();
    }
    arguments(false);
    directives(false);
    if (token.is(Kind.BRACE_OPEN)) {
      selections();
    }
  }

  private void fragment() {
    advance();
    if (token.isKeyword("on")) {
      throw unexpected(token);
    }
    name();
    expectKeyword("on");
    name();
    directives(false);
    selections();
  }

  private boolean directives(boolean constant) {
    boolean present = false;
    while (take(Kind.AT)) {
      present = true;
      name();
      arguments(constant);
    }
    return present;
  }

  private void arguments(boolean constant) {
    optionalMany(Kind.PAREN_OPEN, () -> member(constant), Kind.PAREN_CLOSE);
  }

  private void member(boolean constant) {
    name();
    expect(Kind.COLON);
    value(constant);
  }

  private void value(boolean constant) {
    switch (token.kind()) {
      case BRACKET_OPEN -> any(Kind.BRACKET_OPEN, () -> value(constant), Kind.BRACKET_CLOSE);
      case BRACE_OPEN -> any(Kind.BRACE_OPEN, () -> member(constant), Kind.BRACE_CLOSE);
      case INT, FLOAT, STRING, BLOCK_STRING, NAME -> advance();
      case DOLLAR -> {
        if (constant) {
          throw unexpected(token);
        }
        variable();
      }
      default -> throw unexpected(token);
    }
  }

  private void type() {
    if (take(Kind.BRACKET_OPEN)) {
      type();
      expect(Kind.BRACKET_CLOSE);
    } else {
      name();
    }
    take(Kind.BANG);
  }

  private void typeSystem() {
    Token keyword = token.isString() ? lookahead() : token;
    if (!keyword.is(Kind.NAME)) {
      throw unexpected(keyword);
    }
    description();
    switch (keyword.text()) {
      case "schema" -> {
        advance();
        directives(true);
        many(Kind.BRACE_OPEN, this::root, Kind.BRACE_CLOSE);
      }
      case "directive" -> directiveDefinition();
      case "scalar", "type", "interface", "union", "enum", "input" -> {
        advance();
        name();
        body(keyword.text());
      }
      default -> throw unexpected(keyword);
    }
  }

  private void root() {
    if (!token.is(Kind.NAME)) {
      expect(Kind.NAME);
    }
    if (!Set.of("query", "mutation", "subscription").contains(token.text())) {
      throw unexpected(token);
    }
    advance();
    expect(Kind.COLON);
    name();
  }

  /// What follows the name of a type.
  ///
  /// @return true if anything does
  private boolean body(String keyword) {
    boolean any = false;
    if ((keyword.equals("type") || keyword.equals("interface")) && takeKeyword("implements")) {
      any = true;
      delimited(Kind.AMP, this::name);
    }
    any |= directives(true);
    return switch (keyword) {
      case "type", "interface" -> braces(this::fieldDefinition) || any;
      case "input" -> braces(this::inputValue) || any;
      case "enum" -> braces(this::enumValue) || any;
      case "union" -> members() || any;
      default -> any;
    };
  }

  private boolean braces(Runnable item) {
    return optionalMany(Kind.BRACE_OPEN, item, Kind.BRACE_CLOSE);
  }

  private boolean members() {
    boolean present = take(Kind.EQUALS);
    if (present) {
      delimited(Kind.PIPE, this::name);
    }
    return present;
  }

  private void fieldDefinition() {
    description();
    name();
    optionalMany(Kind.PAREN_OPEN, this::inputValue, Kind.PAREN_CLOSE);
    expect(Kind.COLON);
    type();
    directives(true);
  }

  private void inputValue() {
    description();
    name();
    expect(Kind.COLON);
    type();
    if (take(Kind.EQUALS)) {
      value(true);
    }
    directives(true);
  }

  private void enumValue() {
    description();
    name();
    directives(true);
  }

  private void directiveDefinition() {
    advance();
    expect(Kind.AT);
    name();
    optionalMany(Kind.PAREN_OPEN, this::inputValue, Kind.PAREN_CLOSE);
    takeKeyword("repeatable");
    expectKeyword("on");
    delimited(Kind.PIPE, this::location);
  }

  private void location() {
    Token at = token;
    name();
    if (!LOCATIONS.contains(at.text())) {
      throw unexpected(at);
    }
  }

  private void extension() {
    Token keyword = lookahead();
    if (!keyword.is(Kind.NAME)) {
      throw unexpected(keyword);
    }
    advance();
    boolean any;
    switch (keyword.text()) {
      case "schema" -> {
        advance();
        any = directives(true);
        any |= braces(this::root);
      }
      case "scalar", "type", "interface", "union", "enum", "input" -> {
        advance();
        name();
        any = body(keyword.text());
      }
      default -> throw unexpected(keyword);
    }
    if (!any) {
      throw unexpected(token);
    }
  }
}
