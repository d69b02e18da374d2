package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the validation of a schema found, and the one error that it becomes.
final class Findings {
  private static final String MIGRATION =
      "https://docs.amplify.aws/cli/migration/transformer-migration/";

  /// Directives of the generation that a schema is not written in: they are named before all else.
  enum Other {
    OLDER("an older", "below", List.of("connection", "key", "versioned")),
    NEWER(
        "the newer",
        "below:",
        List.of("hasOne", "index", "primaryKey", "belongsTo", "manyToMany", "hasMany", "default"));

    private final String version;
    private final String below;
    private final List<String> directives;

    Other(String version, String below, List<String> directives) {
      this.version = version;
      this.below = below;
      this.directives = directives;
    }

    /// The directive that an unknown one is; empty if it is none of these.
    String directive(String message) {
      return directives.stream()
          .filter(name -> message.equals("Unknown directive \"@" + name + "\"."))
          .findFirst()
          .orElse("");
    }
  }

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

  /// The error, at the place of the first finding.
  Problem problem(Other other) {
    Set<String> names = new LinkedHashSet<>();
    List<Finding> others = new ArrayList<>();
    for (Finding finding : findings) {
      String directive = other.directive(finding.message());
      if (directive.isEmpty()) {
        others.add(finding);
      } else {
        names.add(directive);
      }
    }
    Source.Place first = findings.getFirst().places().getFirst();
    return new Problem(
        "SchemaValidationError", message(other, names, others), first.line(), first.column());
  }

  private static String message(Other other, Set<String> names, List<Finding> findings) {
    String drawn = findings.stream().map(Finding::drawn).collect(Collectors.joining("\n\n"));
    if (names.isEmpty()) {
      return "Schema validation failed.\n\n" + drawn + " ";
    }
    String using =
        "Your GraphQL Schema is using %s %s from %s version of the GraphQL Transformer. Visit %s to learn how to migrate your GraphQL schema."
            .formatted(
                names.stream().map(name -> "\"@" + name + "\"").collect(Collectors.joining(", ")),
                names.size() > 1 ? "directives" : "directive",
                other.version,
                MIGRATION);
    return findings.isEmpty()
        ? using
        : using
            + " There are additional validation errors listed "
            + other.below
            + " \n\n "
            + drawn;
  }
}
