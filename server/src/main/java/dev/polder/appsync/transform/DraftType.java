package dev.polder.appsync.transform;

import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A type of a schema in the making.
final class DraftType {
  final String name;
  final Kind kind;
  final Map<String, DraftField> fields = new LinkedHashMap<>();
  final List<String> values = new ArrayList<>();
  final List<Directive> directives = new ArrayList<>();
  final List<Type<?>> interfaces = new ArrayList<>();
  @Nullable Description description;

  DraftType(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
  }

  /// What a type is; scalars and unions are kept as they were written.
  enum Kind {
    OBJECT,
    INTERFACE,
    INPUT,
    ENUM
  }

  static DraftType of(ObjectTypeDefinition definition) {
    DraftType type = new DraftType(definition.getName(), Kind.OBJECT);
    type.addAll(definition.getFieldDefinitions());
    type.directives.addAll(definition.getDirectives());
    definition.getImplements().forEach(type.interfaces::add);
    type.description = definition.getDescription();
    return type;
  }

  static DraftType of(InterfaceTypeDefinition definition) {
    DraftType type = new DraftType(definition.getName(), Kind.INTERFACE);
    type.addAll(definition.getFieldDefinitions());
    type.directives.addAll(definition.getDirectives());
    definition.getImplements().forEach(type.interfaces::add);
    type.description = definition.getDescription();
    return type;
  }

  static DraftType of(InputObjectTypeDefinition definition) {
    DraftType type = new DraftType(definition.getName(), Kind.INPUT);
    definition
        .getInputValueDefinitions()
        .forEach(value -> type.fields.put(value.getName(), DraftField.of(value)));
    type.directives.addAll(definition.getDirectives());
    type.description = definition.getDescription();
    return type;
  }

  static DraftType of(EnumTypeDefinition definition) {
    DraftType type = new DraftType(definition.getName(), Kind.ENUM);
    definition.getEnumValueDefinitions().forEach(value -> type.values.add(value.getName()));
    type.directives.addAll(definition.getDirectives());
    type.description = definition.getDescription();
    return type;
  }

  void addAll(List<FieldDefinition> definitions) {
    definitions.forEach(field -> fields.put(field.getName(), DraftField.of(field)));
  }

  /// Adds a field, unless there is one of its name, and answers the type itself.
  DraftType with(String field, Type<?> type) {
    fields.putIfAbsent(field, new DraftField(field, type));
    return this;
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  /// @throws IllegalArgumentException if there is no such field
  DraftField field(String field) {
    return Objects.requireNonNull(fields.get(field), () -> name + " has no field " + field);
  }

  /// Adds a directive without arguments, unless the type has it.
  void mark(String directive) {
    Directives.add(directives, directive, List.of());
  }
}
