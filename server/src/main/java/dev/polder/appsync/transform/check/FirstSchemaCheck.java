package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.check.Definitions.Part;
import graphql.language.Document;
import graphql.language.OperationTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what is wrong with a schema of the first generation before its directives are applied, in
/// the words of the tool of that time.
public final class FirstSchemaCheck {
  private FirstSchemaCheck() {}

  /// The first error of syntax, if the text is no GraphQL.
  public static Optional<Problem> syntax(String schema) {
    return SchemaCheck.syntax(schema)
        .map(problem ->
            new Problem(
                problem.kind(),
                Wording.FIRST.syntax(problem.message()),
                problem.line(),
                problem.column()));
  }

  /// What is wrong with the definitions of a schema that has been parsed.
  ///
  /// @param schema its text
  public static List<Problem> check(String schema, Document document) {
    Part written = Part.of(schema, document);
    try {
      ExtensionMerge.check(written.definitions());
    } catch (SchemaException e) {
      return e.problems();
    }
    Validation validation =
        new Validation(parts(written, document), Definitions.NOTHING, Wording.FIRST);
    Findings findings = validation.definitions();
    if (!findings.isEmpty()) {
      return List.of(findings.plain());
    }
    findings = validation.values();
    return findings.isEmpty() ? List.of() : List.of(findings.listed());
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
