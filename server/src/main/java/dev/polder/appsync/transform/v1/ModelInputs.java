package dev.polder.appsync.transform.v1;

import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The inputs of a model's mutations.
final class ModelInputs {
  private static final Set<String> TIMES = Set.of("AWSDateTime", "String");

  private final Draft draft;
  private final DraftModel model;
  private final Map<String, ObjectTypeDefinition> embedded = new LinkedHashMap<>();

  ModelInputs(Draft draft, DraftModel model) {
    this.draft = draft;
    this.model = model;
    collect(model.written());
  }

  /// Types without a table of their own are stored within the item, however deep.
  private void collect(ObjectTypeDefinition type) {
    for (FieldDefinition field : type.getFieldDefinitions()) {
      draft
          .object(TypeRef.base(field.getType()))
          .filter(object -> !object.hasDirective("model"))
          .filter(object -> !embedded.containsKey(object.getName()))
          .ifPresent(object -> {
            embedded.put(object.getName(), object);
            collect(object);
          });
    }
  }

  void addEmbedded() {
    for (ObjectTypeDefinition type : embedded.values()) {
      List<InputValueDefinition> values =
          stored(type).stream().map(field -> value(field, field.getType())).toList();
      draft.addIfAbsent(Nodes.input(Names.embeddedInput(type.getName()), values));
    }
  }

  private List<FieldDefinition> stored(ObjectTypeDefinition type) {
    return type.getFieldDefinitions().stream()
        .filter(field -> {
          String base = TypeRef.base(field.getType());
          return Scalars.isScalar(base) || embedded.containsKey(base) || draft.isEnum(base);
        })
        .toList();
  }

  private InputValueDefinition value(FieldDefinition field, Type<?> type) {
    String base = TypeRef.base(type);
    return Nodes.value(
        field.getName(),
        embedded.containsKey(base) ? TypeRef.renamed(type, Names.embeddedInput(base)) : type);
  }

  InputObjectTypeDefinition create() {
    List<InputValueDefinition> values = new ArrayList<>();
    if (lacksId()) {
      values.add(Nodes.value("id", "ID"));
    }
    for (FieldDefinition field : stored(model.written())) {
      values.add(
          value(field, generated(field) ? TypeRef.nullable(field.getType()) : field.getType()));
    }
    return Nodes.input(Names.createInput(model.type()), values);
  }

  /// True if the server fills the field where the caller does not.
  private boolean generated(FieldDefinition field) {
    String name = field.getName();
    String type = TypeRef.isList(field.getType()) ? "" : TypeRef.base(field.getType());
    return (name.equals("id") && type.equals("ID"))
        || ((name.equals(model.createdAt) || name.equals(model.updatedAt)) && TIMES.contains(type));
  }

  InputObjectTypeDefinition update() {
    List<InputValueDefinition> values = new ArrayList<>();
    if (lacksId()) {
      values.add(Nodes.value("id", TypeRef.required("ID")));
    }
    for (FieldDefinition field : stored(model.written())) {
      Type<?> type = field.getType();
      boolean id = field.getName().equals("id");
      values.add(value(field, id ? TypeRef.required(type) : TypeRef.nullable(type)));
    }
    return Nodes.input(Names.updateInput(model.type()), values);
  }

  /// The key only; in 2020 it was not yet required.
  InputObjectTypeDefinition delete() {
    return Nodes.input(Names.deleteInput(model.type()), List.of(Nodes.value("id", "ID")));
  }

  private boolean lacksId() {
    return model.written().getFieldDefinitions().stream()
        .noneMatch(field -> field.getName().equals("id"));
  }
}
