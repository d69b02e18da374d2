package dev.polder.appsync.transform.check;

import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;

/// Which literals the standard scalars accept.
final class ScalarValues {

  /// What is wrong with a literal; empty if nothing is.
  String check(String scalar, Value<?> value) {
    return switch (scalar) {
      case "String" ->
          value instanceof StringValue
              ? ""
              : "String cannot represent a non string value: " + Literals.print(value);
      case "Boolean" ->
          value instanceof BooleanValue
              ? ""
              : "Boolean cannot represent a non boolean value: " + Literals.print(value);
      case "ID" ->
          value instanceof StringValue || value instanceof IntValue
              ? ""
              : "ID cannot represent a non-string and non-integer value: " + Literals.print(value);
      case "Float" ->
          value instanceof FloatValue || value instanceof IntValue
              ? ""
              : "Float cannot represent non numeric value: " + Literals.print(value);
      case "Int" -> integer(value);
      default -> "";
    };
  }

  private static String integer(Value<?> value) {
    if (!(value instanceof IntValue number)) {
      return "Int cannot represent non-integer value: " + Literals.print(value);
    }
    return number.getValue().bitLength() <= 31
        ? ""
        : "Int cannot represent non 32-bit signed integer value: " + number.getValue();
  }
}
