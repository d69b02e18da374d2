package dev.polder.dynamodb.expression.partiql;

import dev.polder.dynamodb.expression.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads document paths.
final class Paths {
  private final Lexemes tokens;

  Paths(Lexemes tokens) {
    this.tokens = tokens;
  }

  boolean next() {
    Lexeme token = tokens.peek();
    return token.kind() == Lexeme.Kind.QUOTED
        || (token.kind() == Lexeme.Kind.WORD && !tokens.keyword() && !tokens.operator());
  }

  Path path() {
    if (!next()) {
      throw tokens.noTerm();
    }
    List<Path.Element> elements = new ArrayList<>();
    elements.add(new Path.Element.Name(tokens.next().text()));
    while (true) {
      if (tokens.take(".")) {
        elements.add(name());
      } else if (tokens.take("[")) {
        elements.add(index());
        tokens.expect("]");
      } else {
        return new Path(elements);
      }
    }
  }

  private Path.Element name() {
    Lexeme token = tokens.next();
    if (token.kind() != Lexeme.Kind.WORD && token.kind() != Lexeme.Kind.QUOTED) {
      throw Malformed.because("Invalid path dot component");
    }
    return new Path.Element.Name(token.text());
  }

  private Path.Element index() {
    Lexeme token = tokens.next();
    if (token.kind() == Lexeme.Kind.STRING) {
      return new Path.Element.Name(token.text());
    }
    try {
      return new Path.Element.Index(Integer.parseInt(token.text()));
    } catch (NumberFormatException e) {
      throw Malformed.because("Invalid path component");
    }
  }
}
