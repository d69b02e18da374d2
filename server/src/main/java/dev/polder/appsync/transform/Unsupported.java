package dev.polder.appsync.transform;

import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Refuses, by name, directives that Amplify knows and Polder does not serve.
final class Unsupported {
  private static final Map<String, String> REASONS =
      Map.of(
          "searchable", "search needs OpenSearch",
          "predictions", "predictions need Rekognition, Polly and Translate",
          "generation", "generation needs Bedrock",
          "conversation", "conversations need Bedrock",
          "sql", "models and queries of SQL databases are not served");

  private Unsupported() {}

  /// @throws SchemaException with each use
  static void refuse(Collection<ObjectTypeDefinition> types) {
    List<Problem> problems = new ArrayList<>();
    for (ObjectTypeDefinition type : types) {
      refuse(problems, type.getDirectives());
      for (FieldDefinition field : type.getFieldDefinitions()) {
        refuse(problems, field.getDirectives());
      }
    }
    if (!problems.isEmpty()) {
      throw new SchemaException(problems);
    }
  }

  private static void refuse(List<Problem> problems, List<Directive> directives) {
    for (Directive directive : directives) {
      String reason = REASONS.get(directive.getName());
      if (reason != null) {
        problems.add(
            Problem.directive(
                directive,
                "@" + directive.getName() + " is not supported by Polder: " + reason + "."));
      }
    }
  }
}
