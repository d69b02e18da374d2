package dev.polder.appsync.transform;

import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableIndex;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A type with `@model` while its schema is being made.
final class ModelDraft {
  final String name;

  /// As the user wrote it.
  final ObjectTypeDefinition definition;

  final Operations operations;

  /// True if the model resolves conflicts: it counts versions and keeps what was deleted.
  final boolean sync;

  /// True for the model of a many-to-many relation, which no one wrote.
  final boolean join;

  String table;
  TableKey key = new TableKey("id", List.of());
  final List<TableIndex> indexes = new ArrayList<>();

  /// The query fields of indexes.
  final List<String> indexQueries = new ArrayList<>();

  /// Attributes of fields that are stored under another name than their own.
  final Map<String, String> attributes = new LinkedHashMap<>();

  final List<String> unique = new ArrayList<>();
  final List<Model.Cascade> cascades = new ArrayList<>();

  ModelDraft(ObjectTypeDefinition definition, Operations operations, boolean sync, boolean join) {
    this.name = definition.getName();
    this.table = definition.getName();
    this.definition = definition;
    this.operations = operations;
    this.sync = sync;
    this.join = join;
  }

  /// The field that the user declared under a name.
  Optional<FieldDefinition> declared(String field) {
    return definition.getFieldDefinitions().stream()
        .filter(candidate -> candidate.getName().equals(field))
        .findFirst();
  }

  boolean declares(String field) {
    return declared(field).isPresent();
  }

  /// The name of the type of a key's field; `ID` for the `id` that no one declared.
  String keyType(String field) {
    return declared(field).map(found -> TypeRef.base(found.getType())).orElse("ID");
  }

  /// True if `@primaryKey` says what the key is.
  boolean keyed() {
    return definition.getFieldDefinitions().stream()
        .anyMatch(field -> Directives.has(field.getDirectives(), "primaryKey"));
  }

  /// The attribute that a field is stored in.
  String attribute(String field) {
    return attributes.getOrDefault(field, field);
  }

  String filterName() {
    return Words.pascal(List.of("Model", name, "FilterInput"));
  }

  String conditionName() {
    return Words.pascal(List.of("Model", name, "ConditionInput"));
  }

  String subscriptionFilterName() {
    return Words.pascal(List.of("ModelSubscription", name, "FilterInput"));
  }

  String connectionName() {
    return Words.pascal(List.of("Model", name, "Connection"));
  }

  String inputName(String operation) {
    return Words.pascal(List.of(operation, name, "Input"));
  }
}
