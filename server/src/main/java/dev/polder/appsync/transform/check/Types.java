package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.TransformOptions;
import dev.polder.appsync.transform.ast.Arguments;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The types that a schema defines, as the checks of directives look at them.
final class Types {
  private static final Set<String> ROOTS = Set.of("Query", "Mutation", "Subscription");

  private final TransformOptions options;
  private final List<Definition<?>> definitions;
  private final Map<String, ObjectTypeDefinition> objects = new LinkedHashMap<>();
  private final Map<String, EnumTypeDefinition> enums = new HashMap<>();
  private final Map<String, String> roots = new LinkedHashMap<>();
  private final Set<String> stored = new LinkedHashSet<>();

  Types(TransformOptions options, Document document) {
    this.options = options;
    this.definitions = document.getDefinitions().stream().<Definition<?>>map(one -> one).toList();
    this.definitions.forEach(this::take);
    if (roots.isEmpty()) {
      ROOTS.forEach(root -> roots.put(root, root));
    }
    objects.values().stream().filter(Types::isModel).forEach(this::takeTables);
  }

  private void take(Definition<?> definition) {
    switch (definition) {
      case SDLExtensionDefinition _ -> {}
      case ObjectTypeDefinition object -> objects.putIfAbsent(object.getName(), object);
      case EnumTypeDefinition enumeration -> enums.putIfAbsent(enumeration.getName(), enumeration);
      case SchemaDefinition schema -> {
        for (OperationTypeDefinition root : schema.getOperationTypeDefinitions()) {
          String name = root.getName();
          roots.put(
              name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
              root.getTypeName().getName());
        }
      }
      default -> {}
    }
  }

  /// A model has a table, and so has each relation of many to many.
  private void takeTables(ObjectTypeDefinition model) {
    stored.add(model.getName());
    for (FieldDefinition field : model.getFieldDefinitions()) {
      for (Directive directive : field.getDirectives("manyToMany")) {
        stored.add(Arguments.of(directive).text("relationName", ""));
      }
    }
  }

  TransformOptions options() {
    return options;
  }

  List<Definition<?>> definitions() {
    return definitions;
  }

  Optional<ObjectTypeDefinition> object(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  List<ObjectTypeDefinition> objects() {
    return List.copyOf(objects.values());
  }

  /// True for the types that operations begin at.
  boolean isRoot(String name) {
    return roots.containsValue(name);
  }

  /// The type that generated fields of a root go to; one that the schema names no type for is made.
  String root(String standard) {
    return roots.getOrDefault(standard, standard);
  }

  /// True for the names that extensions may give functions and rules to.
  static boolean isStandardRoot(String name) {
    return ROOTS.contains(name);
  }

  static boolean isModel(ImplementingTypeDefinition<?> type) {
    return has(type.getDirectives(), "model");
  }

  /// True if the type is kept in a table.
  boolean isStored(String type) {
    return stored.contains(type) || isStandardRoot(type);
  }

  static boolean has(List<Directive> directives, String name) {
    return directives.stream().anyMatch(directive -> directive.getName().equals(name));
  }

  boolean isEnum(String name) {
    return enums.containsKey(name);
  }

  List<String> enumValues(String name) {
    EnumTypeDefinition enumeration = enums.get(name);
    return enumeration == null
        ? List.of()
        : enumeration.getEnumValueDefinitions().stream().map(EnumValueDefinition::getName).toList();
  }

  /// True for scalars that are known to Amplify and for enums, in lists or not.
  boolean isScalarOrEnum(Type<?> type) {
    String base = TypeRef.base(type);
    return Scalars.isScalar(base) || isEnum(base);
  }

  /// True for single values of such types.
  boolean isSingle(Type<?> type) {
    return isScalarOrEnum(type) && !TypeRef.isList(type);
  }

  static Optional<FieldDefinition> field(ImplementingTypeDefinition<?> type, String name) {
    return type.getFieldDefinitions().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst();
  }

  /// An enum can be part of a key, but not of one that a relation looks up.
  void checkNoEnum(FieldDefinition field, Directive use) {
    String type = TypeRef.base(field.getType());
    if (isEnum(type)) {
      throw Check.error(use, "Error", "Expected scalar and got " + type);
    }
  }
}
