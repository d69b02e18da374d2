package dev.polder.appsync.transform.check;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.stream.Collectors;

/// Types and values as messages write them.
final class Literals {
  private Literals() {}

  static String print(Type<?> type) {
    return switch (type) {
      case NonNullType required -> print(required.getType()) + "!";
      case ListType list -> "[" + print(list.getType()) + "]";
      case TypeName name -> name.getName();
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  static String print(Value<?> value) {
    return switch (value) {
      case StringValue text -> Texts.quoted(String.valueOf(text.getValue()));
      case IntValue number -> String.valueOf(number.getValue());
      case FloatValue number -> String.valueOf(number.getValue());
      case BooleanValue bool -> String.valueOf(bool.isValue());
      case EnumValue name -> name.getName();
      case NullValue _ -> "null";
      case VariableReference variable -> "$" + variable.getName();
      case ArrayValue list ->
          list.getValues().stream()
              .map(Literals::print)
              .collect(Collectors.joining(", ", "[", "]"));
      case ObjectValue object ->
          object.getObjectFields().stream()
              .map(field -> field.getName() + ": " + print(field.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> throw new IllegalArgumentException("unknown value " + value);
    };
  }
}
