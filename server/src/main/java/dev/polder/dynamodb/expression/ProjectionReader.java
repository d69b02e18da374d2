package dev.polder.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads projections: paths with commas between them.
final class ProjectionReader {
  private ProjectionReader() {}

  static Projection read(String text, Placeholders placeholders) {
    Tokens tokens = Tokens.of(text);
    var operands = new Operands(tokens, Set.of());
    List<Syntax.Reference> written = new ArrayList<>();
    do {
      written.add(operands.path());
    } while (tokens.take(","));
    tokens.expectEnd();
    return check(written, placeholders);
  }

  private static Projection check(List<Syntax.Reference> written, Placeholders placeholders) {
    var problems = new Problems();
    var resolver = new Resolver(placeholders, problems, Problems.Kind.VALUE);
    var paths = new PathSet(problems);
    written.forEach(path -> paths.add(resolver.path(path)));
    problems.raise(
        Problems.Kind.RESERVED_WORD,
        Problems.Kind.NAME,
        Problems.Kind.OVERLAP,
        Problems.Kind.CONFLICT);
    return new Projection(paths.paths());
  }
}
