package dev.polder.appsync.transform;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.transform.check.FirstSchemaCheck;
import dev.polder.appsync.transform.check.SchemaCheck;
import dev.polder.appsync.transform.v1.FirstGeneration;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.List;
import java.util.Optional;

/// Makes an API of an annotated schema.
public final class Transform {
  private final TransformOptions options;

  private Transform(TransformOptions options) {
    this.options = options;
  }

  /// The transform of a project.
  public static Transform of(TransformOptions options) {
    return new Transform(options);
  }

  /// The API that a schema describes.
  ///
  /// @throws SchemaException if the schema cannot be parsed or uses a directive wrongly, with every
  ///   problem that was found
  public Api apply(String schema) {
    Document document = parsed(schema);
    return switch (options.generation()) {
      case V1 -> {
        refuse(FirstSchemaCheck.check(schema, document));
        yield FirstGeneration.apply(options, document);
      }
      case V2 -> {
        refuse(SchemaCheck.check(schema, document, options));
        yield new SecondGeneration(options).apply(document);
      }
    };
  }

  private static void refuse(Optional<Problem> problem) {
    refuse(problem.stream().toList());
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new SchemaException(problems);
    }
  }

  /// Two parsers read a schema: the first finds what is wrong and says it as Amplify does, where
  /// the second, which makes the tree, may be more lenient.
  private Document parsed(String schema) {
    refuse(SchemaCheck.syntax(schema));
    try {
      return Parser.parse(
          ParserEnvironment.newParserEnvironment()
              .document(schema)
              .parserOptions(ParserOptions.getDefaultSdlParserOptions())
              .build());
    } catch (InvalidSyntaxException e) {
      var place = e.getLocation();
      throw new SchemaException(
          new Problem(
              "GraphQLError",
              "Syntax Error: " + e.getMessage(),
              place == null ? 0 : place.getLine(),
              place == null ? 0 : place.getColumn()));
    }
  }
}
