package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.Problem;
import graphql.language.Argument;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NullValue;
import graphql.language.StringValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `@deprecated` with a reason that is no text. The reference implementation reads it while it
/// builds a schema, which is before it looks at other values: those of enums first, then fields.
final class Deprecations {
  private Deprecations() {}

  static Optional<Problem> wrong(List<Definition<?>> definitions) {
    Stream<Directive> values =
        definitions.stream()
            .filter(EnumTypeDefinition.class::isInstance)
            .map(EnumTypeDefinition.class::cast)
            .flatMap(type -> type.getEnumValueDefinitions().stream())
            .flatMap((EnumValueDefinition value) -> value.getDirectives("deprecated").stream());
    return Stream.concat(values, definitions.stream().flatMap(Deprecations::onFields))
        .flatMap(directive -> directive.getArguments().stream())
        .filter(argument -> argument.getName().equals("reason"))
        .filter(Deprecations::isNoText)
        .findFirst()
        .map(argument ->
            Problem.at(
                argument.getValue(),
                "GraphQLError",
                "Argument \"reason\" has invalid value %s."
                    .formatted(Literals.print(argument.getValue()))));
  }

  private static boolean isNoText(Argument reason) {
    return !(reason.getValue() instanceof StringValue || reason.getValue() instanceof NullValue);
  }

  private static Stream<Directive> onFields(Definition<?> definition) {
    return switch (definition) {
      case ImplementingTypeDefinition<?> type ->
          type.getFieldDefinitions().stream()
              .flatMap((FieldDefinition field) -> field.getDirectives("deprecated").stream());
      case InputObjectTypeDefinition input ->
          input.getInputValueDefinitions().stream()
              .flatMap((InputValueDefinition value) -> value.getDirectives("deprecated").stream());
      default -> Stream.empty();
    };
  }
}
