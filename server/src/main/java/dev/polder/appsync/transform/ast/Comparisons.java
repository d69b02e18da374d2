package dev.polder.appsync.transform.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a filter or a condition may ask of a value, by the value's built-in scalar. The order is
/// that of the members of the inputs.
public final class Comparisons {
  /// Of the size of a value.
  public static final List<String> SIZE = List.of("ne", "eq", "le", "lt", "ge", "gt", "between");

  /// Of a sort key of several fields.
  public static final List<String> KEY =
      List.of("eq", "le", "lt", "ge", "gt", "between", "beginsWith");

  /// The values of `ModelAttributeTypes`.
  public static final List<String> ATTRIBUTE_TYPES =
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

  private static final List<String> ORDERED = List.of("ne", "eq", "le", "lt", "ge", "gt");
  private static final Set<String> LISTS = Set.of("between", "in", "notIn");

  private Comparisons() {}

  /// Of an attribute.
  public static List<String> ofAttribute(String scalar) {
    if (scalar.equals("Boolean")) {
      return List.of("ne", "eq");
    }
    List<String> all = new ArrayList<>(ORDERED);
    if (isText(scalar)) {
      all.addAll(List.of("contains", "notContains", "between", "beginsWith"));
    } else {
      all.add("between");
    }
    return all;
  }

  /// Of a sort key of one field.
  public static List<String> ofKey(String scalar) {
    return isText(scalar) ? KEY : KEY.subList(0, KEY.size() - 1);
  }

  /// True for values that have a beginning and a size.
  public static boolean isText(String scalar) {
    return scalar.equals("String") || scalar.equals("ID");
  }

  /// True if a value is compared with several.
  public static boolean takesList(String comparison) {
    return LISTS.contains(comparison);
  }
}
