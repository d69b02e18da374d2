package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.check.Source.Place;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.DirectivesContainer;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Value;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules on directives where they are used: known, in their place, once, with the arguments
/// that they have and need.
final class DirectiveUse {
  private final Known known;
  private final Findings findings;
  private final Suggestions suggestions = new Suggestions();
  private final Map<String, Map<String, Place>> shared = new HashMap<>();

  DirectiveUse(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
  }

  /// Looks at all directives of a node that has no parts of its own.
  void on(
      Source source, DirectivesContainer<?> node, String location, @Nullable String sharedName) {
    unique(source, node, sharedName);
    each(source, node, location);
  }

  /// Finds directives that are there twice and must not be.
  ///
  /// @param sharedName the name under which a type and its extensions are one; null for other nodes
  void unique(Source source, Object node, @Nullable String sharedName) {
    Map<String, Place> seen =
        sharedName == null
            ? new HashMap<>()
            : shared.computeIfAbsent(sharedName, _ -> new HashMap<>());
    for (Directive directive : ((DirectivesContainer<?>) node).getDirectives()) {
      DirectiveDefinition definition = known.directive(directive.getName());
      if (definition == null || definition.isRepeatable()) {
        continue;
      }
      Place place = source.place(directive);
      Place before = seen.putIfAbsent(directive.getName(), place);
      if (before != null) {
        findings.add(
            "The directive \"@%s\" can only be used once at this location."
                .formatted(directive.getName()),
            before,
            place);
      }
    }
  }

  /// Looks at each directive of a node by itself.
  void each(Source source, DirectivesContainer<?> node, String location) {
    for (Directive directive : node.getDirectives()) {
      place(source, directive, location);
      unknownArguments(source, directive);
      twice(source, directive.getArguments());
      missingArguments(source, directive);
    }
  }

  private void place(Source source, Directive directive, String location) {
    DirectiveDefinition definition = known.directive(directive.getName());
    String name = directive.getName();
    if (definition == null) {
      findings.add("Unknown directive \"@" + name + "\".", source.place(directive));
    } else if (definition.getDirectiveLocations().stream()
        .noneMatch(allowed -> allowed.getName().equals(location))) {
      findings.add(
          "Directive \"@%s\" may not be used on %s.".formatted(name, location),
          source.place(directive));
    }
  }

  private void unknownArguments(Source source, Directive directive) {
    DirectiveDefinition definition = known.directive(directive.getName());
    if (definition == null) {
      return;
    }
    List<String> names = names(definition);
    for (Argument argument : directive.getArguments()) {
      if (!names.contains(argument.getName())) {
        findings.add(
            "Unknown argument \"%s\" on directive \"@%s\".%s"
                .formatted(
                    argument.getName(),
                    directive.getName(),
                    suggestions.question(
                        argument.getName(), names(known.suggestedDirective(directive.getName())))),
            source.place(argument));
      }
    }
  }

  private static List<String> names(@Nullable DirectiveDefinition definition) {
    return definition == null
        ? List.of()
        : definition.getInputValueDefinitions().stream()
            .map(InputValueDefinition::getName)
            .toList();
  }

  private void twice(Source source, List<Argument> arguments) {
    Map<String, Place> seen = new HashMap<>();
    for (Argument argument : arguments) {
      Place place = source.place(argument);
      Place before = seen.putIfAbsent(argument.getName(), place);
      if (before != null) {
        findings.add(
            "There can be only one argument named \"" + argument.getName() + "\".", before, place);
      }
      fieldsTwice(source, argument.getValue());
    }
  }

  private void fieldsTwice(Source source, @Nullable Value<?> value) {
    switch (value) {
      case ArrayValue list -> {
        for (Value<?> one : list.getValues()) {
          fieldsTwice(source, one);
        }
      }
      case ObjectValue object -> {
        Map<String, Place> seen = new HashMap<>();
        Iterator<Place> places = source.members(object).iterator();
        for (ObjectField field : object.getObjectFields()) {
          Place place = places.next();
          Place before = seen.putIfAbsent(field.getName(), place);
          if (before != null) {
            findings.add(
                "There can be only one input field named \"" + field.getName() + "\".",
                before,
                place);
          }
          fieldsTwice(source, field.getValue());
        }
      }
      case null, default -> {}
    }
  }

  private void missingArguments(Source source, Directive directive) {
    DirectiveDefinition definition = known.directive(directive.getName());
    if (definition == null) {
      return;
    }
    for (InputValueDefinition argument : definition.getInputValueDefinitions()) {
      boolean needed = TypeRef.isRequired(argument.getType()) && argument.getDefaultValue() == null;
      if (needed && directive.getArgument(argument.getName()) == null) {
        findings.add(
            "Directive \"@%s\" argument \"%s\" of type \"%s\" is required, but it was not provided."
                .formatted(
                    directive.getName(), argument.getName(), Literals.print(argument.getType())),
            source.place(directive));
      }
    }
  }
}
