package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.check.Definitions.Part;
import dev.polder.appsync.transform.check.Source.Place;
import graphql.language.Definition;
import graphql.language.DirectiveDefinition;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.Node;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of the reference implementation for definitions, found in its order: a definition's
/// own, then those of its parts, in the order of the text.
final class Validation {
  private final List<Part> parts;
  private final Suggestions suggestions = new Suggestions();
  private final Known known;
  private final Findings findings = new Findings();
  private final Map<String, Place> types = new HashMap<>();
  private final Map<String, Place> directives = new HashMap<>();
  private final Map<String, Map<String, Place>> members = new HashMap<>();
  private final Map<String, Place> roots = new HashMap<>();
  private final DirectiveUse use;
  private boolean schemaSeen;

  /// @param parts the definitions of a schema, and those that it may use
  /// @param extensions what stands in the place of some of them
  Validation(List<Part> parts, Part extensions) {
    this.parts = parts;
    this.known = new Known(parts, extensions);
    this.use = new DirectiveUse(known, findings);
  }

  /// What is wrong with the definitions.
  Findings definitions() {
    for (Part part : parts) {
      part.definitions().forEach(definition -> visit(part.source(), definition));
    }
    return findings;
  }

  /// What is wrong with the values of arguments, where the definitions hold.
  Findings values() {
    ArgumentValues values = new ArgumentValues(known, findings);
    parts.forEach(
        part -> part.definitions().forEach(definition -> values.visit(part.source(), definition)));
    return findings;
  }

  private void visit(Source source, Definition<?> definition) {
    switch (definition) {
      case SchemaDefinition schema -> schema(source, schema);
      case DirectiveDefinition directive -> directive(source, directive);
      case TypeDefinition<?> type -> type(source, type);
      default -> {}
    }
  }

  private void schema(Source source, SchemaDefinition schema) {
    boolean extension = schema instanceof SDLExtensionDefinition;
    if (!extension && schemaSeen) {
      findings.add("Must provide only one schema definition.", source.place(schema));
    }
    schemaSeen |= !extension;
    for (OperationTypeDefinition root : schema.getOperationTypeDefinitions()) {
      Place before = roots.putIfAbsent(root.getName(), source.place(root));
      if (before != null) {
        findings.add(
            "There can be only one " + root.getName() + " type in schema.",
            before,
            source.place(root));
      }
    }
    use.on(source, schema, "SCHEMA", "schema");
    schema.getOperationTypeDefinitions().forEach(root -> reference(source, root.getTypeName()));
  }

  private void directive(Source source, DirectiveDefinition directive) {
    Place name = source.name(directive);
    Place before = directives.putIfAbsent(directive.getName(), name);
    if (before != null) {
      findings.add(
          "There can be only one directive named \"@" + directive.getName() + "\".", before, name);
    }
    directive
        .getInputValueDefinitions()
        .forEach(argument -> input(source, argument, "ARGUMENT_DEFINITION"));
  }

  private void type(Source source, TypeDefinition<?> type) {
    boolean extension = type instanceof SDLExtensionDefinition;
    if (!extension) {
      Place name = source.name(type);
      Place before = types.putIfAbsent(type.getName(), name);
      if (before != null) {
        findings.add("There can be only one type named \"" + type.getName() + "\".", before, name);
      }
    }
    uniqueMembers(source, type);
    String location = location(type);
    use.unique(source, type, "type " + type.getName());
    if (extension) {
      extension(source, type);
    }
    if (type instanceof ImplementingTypeDefinition<?> object) {
      for (Type<?> one : object.getImplements()) {
        reference(source, one);
      }
    }
    use.each(source, (DirectivesContainer<?>) type, location);
    parts(source, type);
  }

  private void parts(Source source, TypeDefinition<?> type) {
    switch (type) {
      case ImplementingTypeDefinition<?> object ->
          object.getFieldDefinitions().forEach(field -> field(source, field));
      case InputObjectTypeDefinition input -> {
        String location =
            type instanceof SDLExtensionDefinition
                ? "ARGUMENT_DEFINITION"
                : "INPUT_FIELD_DEFINITION";
        input.getInputValueDefinitions().forEach(value -> input(source, value, location));
      }
      case EnumTypeDefinition enumeration ->
          enumeration
              .getEnumValueDefinitions()
              .forEach(value -> use.on(source, value, "ENUM_VALUE", null));
      case UnionTypeDefinition union -> {
        for (Type<?> one : union.getMemberTypes()) {
          reference(source, one);
        }
      }
      default -> {}
    }
  }

  private static String location(TypeDefinition<?> type) {
    return switch (type) {
      case ObjectTypeDefinition _ -> "OBJECT";
      case InterfaceTypeDefinition _ -> "INTERFACE";
      case InputObjectTypeDefinition _ -> "INPUT_OBJECT";
      case EnumTypeDefinition _ -> "ENUM";
      case UnionTypeDefinition _ -> "UNION";
      case ScalarTypeDefinition _ -> "SCALAR";
      default -> throw new IllegalArgumentException("unknown definition " + type);
    };
  }

  private void uniqueMembers(Source source, TypeDefinition<?> type) {
    Map<String, Place> seen = members.computeIfAbsent(type.getName(), _ -> new HashMap<>());
    switch (type) {
      case ImplementingTypeDefinition<?> object ->
          object
              .getFieldDefinitions()
              .forEach(field -> unique(source, field, field.getName(), type, seen));
      case InputObjectTypeDefinition input ->
          input
              .getInputValueDefinitions()
              .forEach(field -> unique(source, field, field.getName(), type, seen));
      case EnumTypeDefinition enumeration ->
          enumeration
              .getEnumValueDefinitions()
              .forEach(value -> unique(source, value, value.getName(), type, seen));
      default -> {}
    }
  }

  private void unique(
      Source source, Node<?> node, String name, TypeDefinition<?> type, Map<String, Place> seen) {
    Place place = source.name(node);
    Place before = seen.putIfAbsent(name, place);
    if (before != null) {
      String kind = node instanceof EnumValueDefinition ? "Enum value" : "Field";
      findings.add(
          "%s \"%s.%s\" can only be defined once.".formatted(kind, type.getName(), name),
          before,
          place);
    }
  }

  private void extension(Source source, TypeDefinition<?> type) {
    TypeDefinition<?> extended = known.type(type.getName());
    if (extended == null) {
      findings.add(
          "Cannot extend type \"%s\" because it is not defined.%s"
              .formatted(
                  type.getName(), suggestions.question(type.getName(), known.definedNames())),
          source.name(type));
    } else if (!location(extended).equals(location(type))) {
      findings.add(
          "Cannot extend non-%s type \"%s\"."
              .formatted(location(type).toLowerCase(Locale.ROOT).replace('_', ' '), type.getName()),
          sourceOf(extended).place(extended),
          source.place(type));
    }
  }

  private Source sourceOf(Definition<?> definition) {
    return parts.stream()
        .filter(part -> part.definitions().stream().anyMatch(one -> one == definition))
        .findFirst()
        .orElseThrow()
        .source();
  }

  private void field(Source source, FieldDefinition field) {
    use.unique(source, field, null);
    field
        .getInputValueDefinitions()
        .forEach(argument -> input(source, argument, "ARGUMENT_DEFINITION"));
    reference(source, field.getType());
    use.each(source, field, "FIELD_DEFINITION");
  }

  private void input(Source source, InputValueDefinition value, String location) {
    use.unique(source, value, null);
    reference(source, value.getType());
    use.each(source, value, location);
  }

  private void reference(Source source, @Nullable Type<?> type) {
    if (type == null) {
      return;
    }
    Type<?> inner = type;
    while (inner instanceof graphql.language.NonNullType
        || inner instanceof graphql.language.ListType) {
      inner =
          inner instanceof graphql.language.NonNullType required
              ? required.getType()
              : ((graphql.language.ListType) inner).getType();
    }
    String name = TypeRef.base(inner);
    if (!known.isType(name)) {
      findings.add(
          "Unknown type \"%s\".%s".formatted(name, suggestions.question(name, known.typeNames())),
          source.place(inner));
    }
  }
}
