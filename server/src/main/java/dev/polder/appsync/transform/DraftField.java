package dev.polder.appsync.transform;

import graphql.language.Argument;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.Type;
import graphql.language.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field, argument or input field of a schema in the making.
final class DraftField {
  final String name;
  Type<?> type;
  final List<DraftField> arguments = new ArrayList<>();
  final List<Directive> directives = new ArrayList<>();
  @Nullable Value<?> initial;
  @Nullable Description description;

  DraftField(String name, Type<?> type) {
    this.name = name;
    this.type = type;
  }

  static DraftField of(FieldDefinition definition) {
    DraftField field = new DraftField(definition.getName(), definition.getType());
    definition.getInputValueDefinitions().forEach(value -> field.arguments.add(of(value)));
    field.directives.addAll(definition.getDirectives());
    field.description = definition.getDescription();
    return field;
  }

  static DraftField of(InputValueDefinition definition) {
    DraftField field = new DraftField(definition.getName(), definition.getType());
    field.directives.addAll(definition.getDirectives());
    field.initial = definition.getDefaultValue();
    field.description = definition.getDescription();
    return field;
  }

  /// Adds an argument and answers the field itself.
  DraftField with(String argument, Type<?> argumentType) {
    arguments.add(new DraftField(argument, argumentType));
    return this;
  }

  /// Adds a directive without arguments, unless the field has it.
  void mark(String directive) {
    Directives.add(directives, directive, List.<Argument>of());
  }
}
