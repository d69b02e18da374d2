package dev.polder.appsync.transform.v1;

import dev.polder.appsync.transform.ast.Comparisons;
import dev.polder.appsync.transform.ast.Scalars;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.List;

/// The input types by which items are filtered and writes are conditioned.
final class Filters {
  private static final List<String> SCALARS = List.of("String", "ID", "Int", "Float", "Boolean");

  private final Draft draft;

  Filters(Draft draft) {
    this.draft = draft;
  }

  /// Adds the filter of a type and what it refers to.
  void addFilter(ObjectTypeDefinition type) {
    addParts(type);
    draft.addIfAbsent(combinable(Names.filter(type.getName()), type));
  }

  /// Adds the condition of a type and what it refers to.
  void addCondition(ObjectTypeDefinition type) {
    addParts(type);
    draft.addIfAbsent(combinable(Names.condition(type.getName()), type));
  }

  /// Adds the enum of directions in which a list is sorted.
  void addSortDirection() {
    draft.addIfAbsent(Nodes.enumeration("ModelSortDirection", List.of("ASC", "DESC")));
  }

  private void addParts(ObjectTypeDefinition type) {
    SCALARS.forEach(scalar -> draft.addIfAbsent(scalar(scalar)));
    draft.addIfAbsent(Nodes.input("ModelSizeInput", Nodes.compared("Int", Comparisons.SIZE)));
    for (FieldDefinition field : type.getFieldDefinitions()) {
      String base = TypeRef.base(field.getType());
      if (draft.isEnum(base)) {
        draft.addIfAbsent(enumeration(base, TypeRef.isList(field.getType())));
      }
    }
    draft.addIfAbsent(Nodes.enumeration("ModelAttributeTypes", Comparisons.ATTRIBUTE_TYPES));
  }

  private static InputObjectTypeDefinition scalar(String scalar) {
    List<InputValueDefinition> values = Nodes.compared(scalar, Comparisons.ofAttribute(scalar));
    values.add(Nodes.value("attributeExists", "Boolean"));
    values.add(Nodes.value("attributeType", "ModelAttributeTypes"));
    if (Comparisons.isText(scalar)) {
      values.add(Nodes.value("size", "ModelSizeInput"));
    }
    return Nodes.input("Model" + scalar + "Input", values);
  }

  private static InputObjectTypeDefinition enumeration(String name, boolean list) {
    Type<?> whole = list ? TypeRef.list(name) : TypeRef.named(name);
    List<InputValueDefinition> values = new ArrayList<>();
    values.add(Nodes.value("eq", whole));
    values.add(Nodes.value("ne", whole));
    if (list) {
      values.add(Nodes.value("contains", name));
      values.add(Nodes.value("notContains", name));
    }
    return Nodes.input("Model" + name + (list ? "List" : "") + "Input", values);
  }

  /// The input of all fields that can be compared, and of its own combinations.
  private InputObjectTypeDefinition combinable(String name, ObjectTypeDefinition type) {
    List<InputValueDefinition> values = new ArrayList<>();
    for (FieldDefinition field : type.getFieldDefinitions()) {
      String base = TypeRef.base(field.getType());
      if (Scalars.isScalar(base)) {
        values.add(Nodes.value(field.getName(), "Model" + Scalars.base(base) + "Input"));
      } else if (draft.isEnum(base)) {
        String list = TypeRef.isList(field.getType()) ? "List" : "";
        values.add(Nodes.value(field.getName(), "Model" + base + list + "Input"));
      }
    }
    values.add(Nodes.value("and", TypeRef.list(name)));
    values.add(Nodes.value("or", TypeRef.list(name)));
    values.add(Nodes.value("not", name));
    return Nodes.input(name, values);
  }
}
