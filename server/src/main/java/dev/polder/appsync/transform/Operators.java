package dev.polder.appsync.transform;

import dev.polder.appsync.transform.ast.Comparisons;
import dev.polder.appsync.transform.ast.TypeRef;
import java.util.ArrayList;
import java.util.List;

/// The inputs of comparisons, which every schema has: what a filter, a condition or a key may ask
/// of a value.
final class Operators {
  private Operators() {}

  /// Adds the inputs that every schema has.
  static void addAll(Draft draft) {
    List<String> scalars = List.of("String", "Int", "Float", "Boolean", "ID");
    scalars.forEach(scalar -> draft.add(filter(scalar)));
    scalars.forEach(scalar -> draft.add(subscriptionFilter(scalar)));
    DraftType types = new DraftType("ModelAttributeTypes", DraftType.Kind.ENUM);
    types.values.addAll(Comparisons.ATTRIBUTE_TYPES);
    draft.add(types);
    draft.add(input("ModelSizeInput", "Int", Comparisons.SIZE));
    addSortDirection(draft);
  }

  static void addSortDirection(Draft draft) {
    DraftType direction = new DraftType("ModelSortDirection", DraftType.Kind.ENUM);
    direction.values.addAll(List.of("ASC", "DESC"));
    draft.add(direction);
  }

  private static DraftType filter(String scalar) {
    DraftType type = input("Model" + scalar + "Input", scalar, Comparisons.ofAttribute(scalar));
    type.with("attributeExists", TypeRef.named("Boolean"));
    type.with("attributeType", TypeRef.named("ModelAttributeTypes"));
    if (Comparisons.isText(scalar)) {
      type.with("size", TypeRef.named("ModelSizeInput"));
    }
    return type;
  }

  private static DraftType subscriptionFilter(String scalar) {
    List<String> operators = new ArrayList<>(Comparisons.ofAttribute(scalar));
    if (!scalar.equals("Boolean")) {
      operators.addAll(List.of("in", "notIn"));
    }
    return input("ModelSubscription" + scalar + "Input", scalar, operators);
  }

  /// The input for a condition on a sort key of a built-in scalar.
  static DraftType keyCondition(String scalar) {
    return input("Model" + scalar + "KeyConditionInput", scalar, Comparisons.ofKey(scalar));
  }

  static DraftType input(String name, String type, List<String> operators) {
    DraftType input = new DraftType(name, DraftType.Kind.INPUT);
    for (String operator : operators) {
      input.with(
          operator, Comparisons.takesList(operator) ? TypeRef.list(type) : TypeRef.named(type));
    }
    return input;
  }
}
