package dev.polder.appsync.transform;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.ObjectTypeDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A schema as a set of facts, whatever the order in which it was written.
final class NormalisedSdl {
  private final Set<String> facts = new TreeSet<>();

  private NormalisedSdl() {}

  static Set<String> facts(String sdl) {
    Document document =
        Parser.parse(
            ParserEnvironment.newParserEnvironment()
                .document(sdl)
                .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                .build());
    NormalisedSdl normalised = new NormalisedSdl();
    document.getDefinitions().forEach(normalised::add);
    return normalised.facts;
  }

  private void add(Definition<?> definition) {
    switch (definition) {
      case ObjectTypeDefinition type -> {
        String interfaces =
            type.getImplements().stream()
                .map(AstPrinter::printAstCompact)
                .sorted()
                .collect(Collectors.joining(" & "));
        facts.add("type " + type.getName() + " implements " + interfaces + directives(type));
        type.getFieldDefinitions().forEach(field -> field(type.getName(), field));
      }
      case InterfaceTypeDefinition type -> {
        facts.add("interface " + type.getName() + directives(type));
        type.getFieldDefinitions().forEach(field -> field(type.getName(), field));
      }
      case InputObjectTypeDefinition input -> {
        facts.add("input " + input.getName() + directives(input));
        input
            .getInputValueDefinitions()
            .forEach(value -> facts.add(input.getName() + "." + value(value)));
      }
      case EnumTypeDefinition type -> {
        facts.add("enum " + type.getName() + directives(type));
        type.getEnumValueDefinitions()
            .forEach(value -> facts.add(type.getName() + "." + value.getName()));
      }
      case NamedNode<?> other -> facts.add(AstPrinter.printAstCompact(other));
      default -> facts.add(AstPrinter.printAstCompact(definition));
    }
  }

  private void field(String type, FieldDefinition field) {
    List<String> arguments = new ArrayList<>();
    field.getInputValueDefinitions().forEach(argument -> arguments.add(value(argument)));
    facts.add(
        type
            + "."
            + field.getName()
            + arguments
            + ": "
            + AstPrinter.printAstCompact(field.getType())
            + directives(field));
  }

  private static String value(InputValueDefinition value) {
    String initial =
        value.getDefaultValue() == null
            ? ""
            : " = " + AstPrinter.printAstCompact(value.getDefaultValue());
    return value.getName() + ": " + AstPrinter.printAstCompact(value.getType()) + initial;
  }

  private static String directives(DirectivesContainer<?> container) {
    return container.getDirectives().stream()
        .map((Directive directive) -> " " + AstPrinter.printAstCompact(directive))
        .sorted()
        .collect(Collectors.joining());
  }
}
