package dev.polder.appsync.transform;

import java.util.Optional;
import java.util.Set;

/// Finds where a text stops being a schema, and says it as Amplify does.
final class SyntaxCheck {
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

  private final SyntaxLexer lexer;

  private SyntaxCheck(String text) {
    this.lexer = new SyntaxLexer(text);
  }

  /// What is wrong with a text, if it is no schema.
  static Optional<Problem> problem(String text) {
    try {
      new SyntaxCheck(text).document();
      return Optional.empty();
    } catch (SyntaxLexer.Malformed malformed) {
      String before = text.substring(0, malformed.offset);
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = malformed.offset - before.lastIndexOf('\n');
      String message = "Syntax Error: " + malformed.getMessage();
      return Optional.of(new Problem("GraphQLError", message, line, column));
    }
  }

  private void document() {
    lexer.advance();
    do {
      definition();
    } while (!lexer.token().is("<EOF>"));
  }

  private void definition() {
    var token = lexer.token();
    boolean described = token.isText();
    if (token.isName("extend")) {
      extension();
      return;
    }
    var keyword = described ? lexer.lookahead() : token;
    if (described && isDefinition(keyword)) {
      lexer.advance();
    }
    if (!isDefinition(keyword)) {
      throw unexpected(keyword);
    }
    lexer.advance();
    body(String.valueOf(keyword.value()), false);
  }

  private static boolean isDefinition(SyntaxLexer.Token token) {
    return token.is("Name")
        && Set.of("schema", "scalar", "type", "interface", "union", "enum", "input", "directive")
            .contains(String.valueOf(token.value()));
  }

  private void extension() {
    var keyword = lexer.lookahead();
    if (!isDefinition(keyword) || keyword.isName("directive")) {
      throw unexpected(keyword);
    }
    lexer.advance();
    lexer.advance();
    body(String.valueOf(keyword.value()), true);
  }

  private void body(String keyword, boolean extension) {
    switch (keyword) {
      case "schema" -> schema(extension);
      case "directive" -> directiveDefinition();
      default -> {
        name();
        if (keyword.equals("type") || keyword.equals("interface")) {
          implemented();
        }
        directives();
        members(keyword);
      }
    }
  }

  private void members(String keyword) {
    switch (keyword) {
      case "type", "interface" -> some("{", "}", this::fieldDefinition);
      case "input" -> some("{", "}", this::inputValue);
      case "enum" -> some("{", "}", this::enumValue);
      case "union" -> {
        if (optional("=")) {
          optional("|");
          do {
            name();
          } while (optional("|"));
        }
      }
      default -> {}
    }
  }

  private void schema(boolean extension) {
    directives();
    if (!extension || lexer.token().is("{")) {
      expect("{");
      do {
        name();
        expect(":");
        name();
      } while (!optional("}"));
    }
  }

  private void directiveDefinition() {
    expect("@");
    name();
    some("(", ")", this::inputValue);
    if (lexer.token().isName("repeatable")) {
      lexer.advance();
    }
    if (!lexer.token().isName("on")) {
      throw new SyntaxLexer.Malformed(
          "Expected \"on\", found " + lexer.token().described() + ".", lexer.token().offset());
    }
    lexer.advance();
    optional("|");
    do {
      var location = lexer.token();
      name();
      if (!LOCATIONS.contains(String.valueOf(location.value()))) {
        throw unexpected(location);
      }
    } while (optional("|"));
  }

  private void implemented() {
    if (lexer.token().isName("implements")) {
      lexer.advance();
      optional("&");
      do {
        name();
      } while (optional("&"));
    }
  }

  private void fieldDefinition() {
    description();
    name();
    some("(", ")", this::inputValue);
    expect(":");
    type();
    directives();
  }

  private void inputValue() {
    description();
    name();
    expect(":");
    type();
    if (optional("=")) {
      value();
    }
    directives();
  }

  private void enumValue() {
    description();
    name();
    directives();
  }

  private void description() {
    if (lexer.token().isText()) {
      lexer.advance();
    }
  }

  private void type() {
    if (optional("[")) {
      type();
      expect("]");
    } else {
      name();
    }
    optional("!");
  }

  private void directives() {
    while (optional("@")) {
      name();
      some("(", ")", this::argument);
    }
  }

  private void argument() {
    name();
    expect(":");
    value();
  }

  private void value() {
    var token = lexer.token();
    switch (token.kind()) {
      case "[" -> {
        lexer.advance();
        while (!optional("]")) {
          value();
        }
      }
      case "{" -> {
        lexer.advance();
        while (!optional("}")) {
          argument();
        }
      }
      case "Int", "Float", "String", "BlockString", "Name" -> lexer.advance();
      default -> throw unexpected(token);
    }
  }

  /// Nothing, or at least one in brackets.
  private void some(String open, String close, Runnable one) {
    if (optional(open)) {
      do {
        one.run();
      } while (!optional(close));
    }
  }

  private void name() {
    expect("Name");
  }

  private boolean optional(String kind) {
    if (lexer.token().is(kind)) {
      lexer.advance();
      return true;
    }
    return false;
  }

  private void expect(String kind) {
    var token = lexer.token();
    if (!optional(kind)) {
      throw new SyntaxLexer.Malformed(
          "Expected " + SyntaxLexer.describe(kind) + ", found " + token.described() + ".",
          token.offset());
    }
  }

  private static SyntaxLexer.Malformed unexpected(SyntaxLexer.Token token) {
    return new SyntaxLexer.Malformed("Unexpected " + token.described() + ".", token.offset());
  }
}
