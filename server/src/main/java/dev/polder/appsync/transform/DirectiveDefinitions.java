package dev.polder.appsync.transform;

import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.parser.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The directives that a schema of the second generation may use: Amplify's, AppSync's and Polder's
/// own, with their arguments and the types of these.
///
/// @param directives by name
/// @param inputs the types of arguments that are objects, by name
/// @param enums the types of arguments that are enums, by name
public record DirectiveDefinitions(
    Map<String, DirectiveDefinition> directives,
    Map<String, InputObjectTypeDefinition> inputs,
    Map<String, EnumTypeDefinition> enums) {

  private static final DirectiveDefinitions ALL = read();

  /// All of them.
  public static DirectiveDefinitions all() {
    return ALL;
  }

  private static DirectiveDefinitions read() {
    try (InputStream in = DirectiveDefinitions.class.getResourceAsStream("directives.graphql")) {
      byte[] bytes = Objects.requireNonNull(in, "directives.graphql").readAllBytes();
      Document document = Parser.parse(new String(bytes, StandardCharsets.UTF_8));
      Map<String, DirectiveDefinition> directives = new LinkedHashMap<>();
      Map<String, InputObjectTypeDefinition> inputs = new LinkedHashMap<>();
      Map<String, EnumTypeDefinition> enums = new LinkedHashMap<>();
      document
          .getDefinitionsOfType(DirectiveDefinition.class)
          .forEach(directive -> directives.put(directive.getName(), directive));
      document
          .getDefinitionsOfType(InputObjectTypeDefinition.class)
          .forEach(input -> inputs.put(input.getName(), input));
      document
          .getDefinitionsOfType(EnumTypeDefinition.class)
          .forEach(type -> enums.put(type.getName(), type));
      return new DirectiveDefinitions(directives, inputs, enums);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
