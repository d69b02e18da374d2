package dev.polder.appsync.transform.check;

import graphql.language.Definition;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumTypeExtensionDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputObjectTypeExtensionDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeExtensionDefinition;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.language.UnionTypeExtensionDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Extensions are merged into their types before anything is validated; what is in both is an error
/// of its own.
final class ExtensionMerge {
  private final Map<String, TypeDefinition<?>> types = new HashMap<>();
  private final Map<String, Set<String>> members = new HashMap<>();

  /// @throws dev.polder.appsync.transform.SchemaException for the first that cannot be merged
  static void check(List<Definition<?>> definitions) {
    ExtensionMerge merge = new ExtensionMerge();
    for (Definition<?> definition : definitions) {
      if (definition instanceof TypeDefinition<?> type
          && !(definition instanceof SDLExtensionDefinition)) {
        merge.types.putIfAbsent(type.getName(), type);
      }
    }
    for (Definition<?> definition : definitions) {
      if (definition instanceof SDLExtensionDefinition
          && definition instanceof TypeDefinition<?> extension) {
        merge.add(extension);
      }
    }
  }

  private void add(TypeDefinition<?> extension) {
    switch (extension) {
      case ObjectTypeExtensionDefinition object -> {
        add(extension, "type", "Object type extension", "field", object.getFieldDefinitions());
        add(extension, "type", "Object type extension", "interface", named(object.getImplements()));
      }
      case InterfaceTypeExtensionDefinition object ->
          add(
              extension,
              "interface",
              "Interface type extension",
              "field",
              object.getFieldDefinitions());
      case InputObjectTypeExtensionDefinition input ->
          add(
              extension,
              "input",
              "Input object type extension",
              "field",
              input.getInputValueDefinitions());
      case EnumTypeExtensionDefinition enumeration ->
          add(
              extension,
              "enum",
              "Enum type extension",
              "value",
              enumeration.getEnumValueDefinitions());
      case UnionTypeExtensionDefinition union ->
          add(extension, "union", "Union type extension", "type", named(union.getMemberTypes()));
      default -> {}
    }
  }

  private static List<NamedNode<?>> named(List<?> types) {
    List<NamedNode<?>> named = new ArrayList<>();
    for (Object type : types) {
      if (type instanceof NamedNode<?> name) {
        named.add(name);
      }
    }
    return named;
  }

  private void add(
      TypeDefinition<?> extension,
      String kind,
      String title,
      String what,
      List<? extends NamedNode<?>> added) {
    TypeDefinition<?> extended = types.get(extension.getName());
    if (extended == null) {
      throw Check.error(
          extension,
          "Error",
          "Cannot extend nonexistent %s '%s'.".formatted(kind, extension.getName()));
    }
    Set<String> present =
        members.computeIfAbsent(
            what + " " + extension.getName(), _ -> new HashSet<>(members(extended, what)));
    for (NamedNode<?> one : added) {
      if (present.contains(one.getName())) {
        throw Check.error(
            (Node<?>) one,
            "Error",
            "%s '%s' cannot redeclare %s %s"
                .formatted(title, extension.getName(), what, one.getName()));
      }
    }
    added.forEach(one -> present.add(one.getName()));
  }

  private static List<String> members(TypeDefinition<?> type, String what) {
    return switch (type) {
      case ImplementingTypeDefinition<?> object when what.equals("interface") ->
          named(object.getImplements()).stream().map(NamedNode::getName).toList();
      case ImplementingTypeDefinition<?> object ->
          object.getFieldDefinitions().stream().map(FieldDefinition::getName).toList();
      case InputObjectTypeDefinition input ->
          input.getInputValueDefinitions().stream().map(InputValueDefinition::getName).toList();
      case EnumTypeDefinition enumeration ->
          enumeration.getEnumValueDefinitions().stream().map(EnumValueDefinition::getName).toList();
      case UnionTypeDefinition union ->
          named(union.getMemberTypes()).stream().map(NamedNode::getName).toList();
      default -> List.of();
    };
  }
}
