package dev.polder.appsync.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The inputs of comparisons, which every schema has: what a filter, a condition or a key may ask
/// of a value.
final class Operators {
  static final List<String> KEY = List.of("eq", "le", "lt", "ge", "gt", "between", "beginsWith");

  private static final List<String> ORDERED = List.of("ne", "eq", "le", "lt", "ge", "gt");
  private static final Set<String> LISTS = Set.of("between", "in", "notIn");
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

  private Operators() {}

  /// Adds the inputs that every schema has.
  static void addAll(Draft draft) {
    List<String> scalars = List.of("String", "Int", "Float", "Boolean", "ID");
    scalars.forEach(scalar -> draft.add(filter(scalar)));
    scalars.forEach(scalar -> draft.add(subscriptionFilter(scalar)));
    DraftType types = new DraftType("ModelAttributeTypes", DraftType.Kind.ENUM);
    types.values.addAll(ATTRIBUTE_TYPES);
    draft.add(types);
    draft.add(input("ModelSizeInput", "Int", plus(ORDERED, "between")));
    addSortDirection(draft);
  }

  static void addSortDirection(Draft draft) {
    DraftType direction = new DraftType("ModelSortDirection", DraftType.Kind.ENUM);
    direction.values.addAll(List.of("ASC", "DESC"));
    draft.add(direction);
  }

  private static DraftType filter(String scalar) {
    DraftType type = input("Model" + scalar + "Input", scalar, comparisons(scalar));
    type.with("attributeExists", TypeRef.named("Boolean"));
    type.with("attributeType", TypeRef.named("ModelAttributeTypes"));
    if (isText(scalar)) {
      type.with("size", TypeRef.named("ModelSizeInput"));
    }
    return type;
  }

  private static List<String> comparisons(String scalar) {
    if (scalar.equals("Boolean")) {
      return List.of("ne", "eq");
    }
    return isText(scalar)
        ? plus(ORDERED, "contains", "notContains", "between", "beginsWith")
        : plus(ORDERED, "between");
  }

  private static DraftType subscriptionFilter(String scalar) {
    List<String> operators =
        scalar.equals("Boolean") ? List.of("ne", "eq") : plus(comparisons(scalar), "in", "notIn");
    return input("ModelSubscription" + scalar + "Input", scalar, operators);
  }

  /// The input for a condition on a sort key of a built-in scalar.
  static DraftType keyCondition(String scalar) {
    List<String> operators = isText(scalar) ? KEY : KEY.subList(0, KEY.size() - 1);
    return input("Model" + scalar + "KeyConditionInput", scalar, operators);
  }

  static DraftType input(String name, String type, List<String> operators) {
    DraftType input = new DraftType(name, DraftType.Kind.INPUT);
    for (String operator : operators) {
      input.with(operator, LISTS.contains(operator) ? TypeRef.list(type) : TypeRef.named(type));
    }
    return input;
  }

  private static boolean isText(String scalar) {
    return scalar.equals("String") || scalar.equals("ID");
  }

  private static List<String> plus(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }
}
