package dev.polder.appsync.transform.v1;

import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The input types by which items are filtered and writes are conditioned.
final class Filters {
  private static final List<String> ORDER = List.of("ne", "eq", "le", "lt", "ge", "gt");
  private static final Set<String> TEXT = Set.of("String", "ID");
  private static final List<String> SCALARS = List.of("String", "ID", "Int", "Float", "Boolean");
  private static final List<String> ATTRIBUTE_TYPES =
      List.of(
          "binary",
          "binarySet",
          "bool",
          "list",
          "map",
          "number",
          "numberSet",
          "string",
          "stringSet",
          "_null");

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
    List<InputValueDefinition> size = new ArrayList<>();
    ORDER.forEach(name -> size.add(Nodes.value(name, "Int")));
    size.add(Nodes.value("between", Nodes.list("Int")));
    draft.addIfAbsent(Nodes.input("ModelSizeInput", size));
    for (FieldDefinition field : type.getFieldDefinitions()) {
      String base = Nodes.base(field.getType());
      if (draft.isEnum(base)) {
        draft.addIfAbsent(enumeration(base, Nodes.isList(field.getType())));
      }
    }
    draft.addIfAbsent(Nodes.enumeration("ModelAttributeTypes", ATTRIBUTE_TYPES));
  }

  private static InputObjectTypeDefinition scalar(String scalar) {
    List<InputValueDefinition> values = new ArrayList<>();
    List<String> order = scalar.equals("Boolean") ? List.of("ne", "eq") : ORDER;
    order.forEach(name -> values.add(Nodes.value(name, scalar)));
    if (TEXT.contains(scalar)) {
      values.add(Nodes.value("contains", scalar));
      values.add(Nodes.value("notContains", scalar));
    }
    if (!scalar.equals("Boolean")) {
      values.add(Nodes.value("between", Nodes.list(scalar)));
    }
    if (TEXT.contains(scalar)) {
      values.add(Nodes.value("beginsWith", scalar));
    }
    values.add(Nodes.value("attributeExists", "Boolean"));
    values.add(Nodes.value("attributeType", "ModelAttributeTypes"));
    if (TEXT.contains(scalar)) {
      values.add(Nodes.value("size", "ModelSizeInput"));
    }
    return Nodes.input("Model" + scalar + "Input", values);
  }

  private static InputObjectTypeDefinition enumeration(String name, boolean list) {
    Type<?> whole = list ? Nodes.list(name) : Nodes.named(name);
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
      String base = Nodes.base(field.getType());
      if (Scalars.known(base)) {
        values.add(Nodes.value(field.getName(), "Model" + Scalars.standard(base) + "Input"));
      } else if (draft.isEnum(base)) {
        String list = Nodes.isList(field.getType()) ? "List" : "";
        values.add(Nodes.value(field.getName(), "Model" + base + list + "Input"));
      }
    }
    values.add(Nodes.value("and", Nodes.list(name)));
    values.add(Nodes.value("or", Nodes.list(name)));
    values.add(Nodes.value("not", name));
    return Nodes.input(name, values);
  }
}
