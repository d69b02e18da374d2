package dev.polder.appsync.transform;

import java.util.List;
import java.util.stream.Collectors;

/// A schema that cannot be transformed, with everything that is wrong with it.
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /// @param problems at least one
  public SchemaException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /// A schema with one problem.
  public SchemaException(Problem problem) {
    this(List.of(problem));
  }

  /// What is wrong, in the order in which it was found.
  public List<Problem> problems() {
    return problems;
  }
}
