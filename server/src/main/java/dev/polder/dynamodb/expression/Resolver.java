package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Value;
import java.util.List;
import java.util.Optional;

/// Looks up names and values, noting what is not defined and what may not be said.
final class Resolver {
  private final Placeholders placeholders;
  private final Problems problems;
  private final Problems.Kind undefinedValue;

  /// @param undefinedValue what kind of problem a value without definition is
  Resolver(Placeholders placeholders, Problems problems, Problems.Kind undefinedValue) {
    this.placeholders = placeholders;
    this.problems = problems;
    this.undefinedValue = undefinedValue;
  }

  /// The path; one that is not defined keeps its placeholders, and is a problem.
  Path path(Syntax.Reference reference) {
    List<Path.Element> elements = reference.steps().stream().map(this::element).toList();
    return new Path(elements);
  }

  private Path.Element element(Syntax.Step step) {
    return switch (step) {
      case Syntax.Step.Index index -> new Path.Element.Index(index.index());
      case Syntax.Step.Name name -> new Path.Element.Name(name(name));
    };
  }

  private String name(Syntax.Step.Name name) {
    if (!name.placeholder()) {
      if (ReservedWords.contains(name.text())) {
        problems.add(
            Problems.Kind.RESERVED_WORD,
            "Attribute name is a reserved keyword; reserved keyword: " + name.text());
      }
      return name.text();
    }
    return placeholders.name(name.text()).orElseGet(() -> undefined(name.text()));
  }

  private String undefined(String name) {
    problems.add(
        Problems.Kind.NAME,
        "An expression attribute name used in the document path is not defined; attribute name: "
            + name);
    return name;
  }

  /// The value; none is a problem.
  Optional<Value> value(Syntax.Placeholder placeholder) {
    Optional<Value> value = placeholders.value(placeholder.text());
    if (value.isEmpty()) {
      problems.add(
          undefinedValue,
          "An expression attribute value used in expression is not defined; attribute value: "
              + placeholder.text());
    }
    return value;
  }
}
