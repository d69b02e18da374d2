package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.TransformOptions;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.TypeDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An API while directives work on it: types by name, models, resolvers and rules.
final class Draft {
  private final TransformOptions options;
  private final Map<String, ObjectTypeDefinition> written = new LinkedHashMap<>();
  private final Map<String, SDLDefinition<?>> types = new LinkedHashMap<>();
  private final Map<String, DraftModel> models = new LinkedHashMap<>();
  private final Map<FieldName, Resolver> resolvers = new LinkedHashMap<>();
  private final Map<String, List<AuthRule>> typeRules = new LinkedHashMap<>();
  private final Map<FieldName, List<AuthRule>> fieldRules = new LinkedHashMap<>();
  private final Map<String, String> roots =
      new LinkedHashMap<>(
          Map.of("query", "Query", "mutation", "Mutation", "subscription", "Subscription"));
  private @Nullable SchemaDefinition schema;

  Draft(TransformOptions options, Document document) {
    this.options = options;
    document.getDefinitions().forEach(this::take);
    document.getDefinitions().forEach(this::extend);
  }

  private void take(Definition<?> definition) {
    switch (definition) {
      case SchemaDefinition roots -> take(roots);
      case SDLExtensionDefinition _ -> {}
      case ObjectTypeDefinition object -> {
        written.put(object.getName(), object);
        types.put(object.getName(), object);
      }
      case TypeDefinition<?> type -> types.put(type.getName(), type);
      default -> {}
    }
  }

  /// What an extension adds is part of the API's types, though directives do not see it.
  private void extend(Definition<?> definition) {
    if (definition instanceof SDLExtensionDefinition
        && definition instanceof TypeDefinition<?> more
        && types.get(more.getName()) instanceof TypeDefinition<?> type) {
      put(Extended.by(type, more));
    }
  }

  private void take(SchemaDefinition definition) {
    schema = definition;
    for (OperationTypeDefinition root : definition.getOperationTypeDefinitions()) {
      roots.put(root.getName(), root.getTypeName().getName());
    }
  }

  TransformOptions options() {
    return options;
  }

  String query() {
    return roots.getOrDefault("query", "Query");
  }

  String mutation() {
    return roots.getOrDefault("mutation", "Mutation");
  }

  String subscription() {
    return roots.getOrDefault("subscription", "Subscription");
  }

  boolean isRoot(String type) {
    return roots.containsValue(type);
  }

  /// The definition of the roots if the schema has one.
  Optional<SchemaDefinition> schema() {
    return Optional.ofNullable(schema);
  }

  /// The object types as the author wrote them, without their extensions.
  Collection<ObjectTypeDefinition> written() {
    return List.copyOf(written.values());
  }

  Optional<ObjectTypeDefinition> written(String name) {
    return Optional.ofNullable(written.get(name));
  }

  Collection<SDLDefinition<?>> types() {
    return types.values();
  }

  Map<String, DraftModel> models() {
    return models;
  }

  Map<FieldName, Resolver> resolvers() {
    return resolvers;
  }

  Map<String, List<AuthRule>> typeRules() {
    return typeRules;
  }

  Map<FieldName, List<AuthRule>> fieldRules() {
    return fieldRules;
  }

  /// True if the author wrote the type and made it a model.
  boolean isModel(String type) {
    ObjectTypeDefinition object = written.get(type);
    return object != null && object.hasDirective("model");
  }

  boolean isEnum(String type) {
    return types.get(type) instanceof EnumTypeDefinition;
  }

  boolean has(String type) {
    return types.containsKey(type);
  }

  /// An object type in its present form.
  Optional<ObjectTypeDefinition> object(String name) {
    return types.get(name) instanceof ObjectTypeDefinition object
        ? Optional.of(object)
        : Optional.empty();
  }

  Optional<InputObjectTypeDefinition> input(String name) {
    return types.get(name) instanceof InputObjectTypeDefinition input
        ? Optional.of(input)
        : Optional.empty();
  }

  void put(TypeDefinition<?> type) {
    types.put(type.getName(), (SDLDefinition<?>) type);
  }

  void addIfAbsent(TypeDefinition<?> type) {
    types.putIfAbsent(type.getName(), (SDLDefinition<?>) type);
  }

  /// Changes an input type if there is one of that name.
  void change(String input, UnaryOperator<InputObjectTypeDefinition> change) {
    input(input).ifPresent(present -> put(change.apply(present)));
  }

  /// Changes a field of an object type if there is one.
  void changeField(String type, String field, UnaryOperator<FieldDefinition> change) {
    object(type)
        .ifPresent(object ->
            put(
                object.transform(copy ->
                    copy.fieldDefinitions(
                        object.getFieldDefinitions().stream()
                            .map(present ->
                                present.getName().equals(field) ? change.apply(present) : present)
                            .toList()))));
  }

  /// Adds a field to an object type, which is made if it does not exist.
  void addField(String type, FieldDefinition field) {
    ObjectTypeDefinition object = object(type).orElseGet(() -> Nodes.object(type, List.of()));
    if (object.getFieldDefinitions().stream().anyMatch(f -> f.getName().equals(field.getName()))) {
      throw new SchemaException(
          Problem.at(
              object,
              "Error",
              "Object type extension '%s' cannot redeclare field %s"
                  .formatted(type, field.getName())));
    }
    List<FieldDefinition> fields = new ArrayList<>(object.getFieldDefinitions());
    fields.add(field);
    put(object.transform(copy -> copy.fieldDefinitions(fields)));
  }

  void addDirectives(String type, List<Directive> directives) {
    object(type)
        .ifPresent(object ->
            put(
                object.transform(
                    copy -> copy.directives(Nodes.joined(object.getDirectives(), directives)))));
  }

  void addDirectives(String type, String field, List<Directive> directives) {
    changeField(
        type,
        field,
        present ->
            present.transform(
                copy -> copy.directives(Nodes.joined(present.getDirectives(), directives))));
  }
}
