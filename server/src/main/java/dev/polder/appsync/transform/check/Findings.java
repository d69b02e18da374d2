package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the validation of a schema found, and the one error that it becomes.
final class Findings {
  private static final List<String> OLD = List.of("connection", "key", "versioned");
  private static final String MIGRATION =
      "https://docs.amplify.aws/cli/migration/transformer-migration/";

  private final List<Finding> findings = new ArrayList<>();

  /// A rule that is broken.
  ///
  /// @param places those that the rule speaks of, in its order
  record Finding(String message, List<Source.Place> places) {
    String drawn() {
      StringBuilder drawn = new StringBuilder(message);
      places.forEach(place -> drawn.append("\n\n").append(place.drawn()));
      return drawn.toString();
    }
  }

  void add(String message, Source.Place... places) {
    findings.add(new Finding(message, List.of(places)));
  }

  boolean isEmpty() {
    return findings.isEmpty();
  }

  /// The error, at the place of the first finding. Directives of the first generation are named
  /// before all else.
  Problem problem() {
    Set<String> old = new LinkedHashSet<>();
    List<Finding> others = new ArrayList<>();
    for (Finding finding : findings) {
      String directive = oldDirective(finding.message());
      if (directive.isEmpty()) {
        others.add(finding);
      } else {
        old.add(directive);
      }
    }
    return problem("SchemaValidationError", message(old, others));
  }

  /// The messages, as the first generation has what it finds in definitions.
  Problem plain() {
    return problem(
        "Error", findings.stream().map(Finding::message).collect(Collectors.joining("\n\n")));
  }

  /// The messages with what they speak of, as the first generation has what it finds in values.
  Problem listed() {
    return problem(
        "SchemaValidationError",
        findings.stream()
            .map(Finding::drawn)
            .collect(Collectors.joining("\n", "Schema Errors:\n\n", "")));
  }

  private Problem problem(String kind, String message) {
    Source.Place first = findings.getFirst().places().getFirst();
    return new Problem(kind, message, first.line(), first.column());
  }

  private static String oldDirective(String message) {
    return OLD.stream()
        .filter(name -> message.equals("Unknown directive \"@" + name + "\"."))
        .findFirst()
        .orElse("");
  }

  private static String message(Set<String> old, List<Finding> others) {
    String drawn = others.stream().map(Finding::drawn).collect(Collectors.joining("\n\n"));
    if (old.isEmpty()) {
      return "Schema validation failed.\n\n" + drawn + " ";
    }
    String names = old.stream().map(name -> "\"@" + name + "\"").collect(Collectors.joining(", "));
    String using =
        "Your GraphQL Schema is using %s %s from an older version of the GraphQL Transformer. Visit %s to learn how to migrate your GraphQL schema."
            .formatted(names, old.size() > 1 ? "directives" : "directive", MIGRATION);
    return others.isEmpty()
        ? using
        : using + " There are additional validation errors listed below \n\n " + drawn;
  }
}
