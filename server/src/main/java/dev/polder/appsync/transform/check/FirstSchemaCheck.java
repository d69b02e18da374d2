package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.check.Definitions.Part;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what is wrong with a schema of the first generation before its directives are applied, in
/// the words of the last tool for it.
public final class FirstSchemaCheck {
  private FirstSchemaCheck() {}

  /// What is wrong with the definitions of a schema that has been parsed.
  ///
  /// @param schema its text
  public static List<Problem> check(String schema, Document document) {
    for (Definition<?> definition : document.getDefinitions()) {
      if (!(definition instanceof SDLDefinition<?>)) {
        return List.of(
            Problem.at(
                definition,
                "Error",
                "Found a %s. Transformers accept only documents consisting of TypeSystemDefinitions."
                    .formatted(definition.getClass().getSimpleName())));
      }
    }
    Part written = Part.of(schema, document);
    try {
      ExtensionMerge.check(written.definitions());
    } catch (SchemaException e) {
      return e.problems();
    }
    Validation validation = new Validation(parts(written, document), Definitions.NOTHING);
    Findings findings = validation.definitions();
    if (findings.isEmpty()) {
      Optional<Problem> reason = Deprecations.wrong(written.definitions());
      if (reason.isPresent()) {
        return List.of(reason.get());
      }
      findings = validation.values();
    }
    return findings.isEmpty() ? List.of() : List.of(findings.problem(Findings.Other.NEWER));
  }

  private static List<Part> parts(Part written, Document document) {
    List<Part> parts =
        new ArrayList<>(
            List.of(
                Definitions.SERVICE, written, Definitions.FIRST_DIRECTIVES, Definitions.SCALARS));
    String query = query(document);
    boolean defined =
        document.getDefinitions().stream()
            .anyMatch(definition ->
                definition instanceof TypeDefinition<?> type && type.getName().equals(query));
    if (!defined) {
      parts.add(Definitions.QUERY);
    }
    return parts;
  }

  private static String query(Document document) {
    return document.getDefinitionsOfType(SchemaDefinition.class).stream()
        .flatMap(definition -> definition.getOperationTypeDefinitions().stream())
        .filter(root -> root.getName().equals("query"))
        .map(OperationTypeDefinition::getTypeName)
        .map(graphql.language.TypeName::getName)
        .findFirst()
        .orElse("Query");
  }
}
