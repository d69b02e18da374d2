package dev.polder.appsync.transform.v1;

import graphql.language.AstPrinter;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.List;
import java.util.Set;

/// Writes a finished draft as SDL, with the service's directives and without the transform's.
final class Writer {
  private static final Set<String> SERVICE =
      Set.of(
          "aws_subscribe",
          "aws_auth",
          "aws_api_key",
          "aws_iam",
          "aws_oidc",
          "aws_cognito_user_pools",
          "aws_lambda",
          "deprecated");

  private final Draft draft;

  Writer(Draft draft) {
    this.draft = draft;
  }

  String sdl() {
    Document.Builder document = Document.newDocument();
    draft.schema().ifPresent(document::definition);
    draft.types().stream()
        .filter(type -> !isEmpty(type))
        .map(Writer::stripped)
        .forEach(document::definition);
    return AstPrinter.printAst(document.build());
  }

  /// A root of which every operation was left out.
  private static boolean isEmpty(SDLDefinition<?> type) {
    return type instanceof ObjectTypeDefinition object && object.getFieldDefinitions().isEmpty();
  }

  private static SDLDefinition<?> stripped(SDLDefinition<?> type) {
    return switch (type) {
      case ObjectTypeDefinition object ->
          object.transform(copy ->
              copy.directives(kept(object.getDirectives()))
                  .fieldDefinitions(fields(object.getFieldDefinitions())));
      case InterfaceTypeDefinition object ->
          object.transform(copy ->
              copy.directives(kept(object.getDirectives()))
                  .definitions(fields(object.getFieldDefinitions())));
      case InputObjectTypeDefinition input ->
          input.transform(copy -> copy.directives(kept(input.getDirectives())));
      case EnumTypeDefinition enumeration ->
          enumeration.transform(copy -> copy.directives(kept(enumeration.getDirectives())));
      case UnionTypeDefinition union ->
          union.transform(copy -> copy.directives(kept(union.getDirectives())));
      default -> type;
    };
  }

  private static List<FieldDefinition> fields(List<FieldDefinition> fields) {
    return fields.stream()
        .map(field -> field.transform(copy -> copy.directives(kept(field.getDirectives()))))
        .toList();
  }

  private static List<Directive> kept(List<Directive> directives) {
    return directives.stream().filter(directive -> SERVICE.contains(directive.getName())).toList();
  }
}
