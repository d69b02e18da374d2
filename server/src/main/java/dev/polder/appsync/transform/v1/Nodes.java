package dev.polder.appsync.transform.v1;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import java.util.ArrayList;
import java.util.List;

/// Nodes of a schema: making them and asking what they are.
final class Nodes {
  private Nodes() {}

  static Type<?> named(String name) {
    return new TypeName(name);
  }

  static Type<?> list(String name) {
    return new ListType(new TypeName(name));
  }

  static Type<?> required(Type<?> type) {
    return type instanceof NonNullType ? type : new NonNullType(type);
  }

  static Type<?> required(String name) {
    return required(named(name));
  }

  static Type<?> optional(Type<?> type) {
    return type instanceof NonNullType required ? required.getType() : type;
  }

  static boolean isRequired(Type<?> type) {
    return type instanceof NonNullType;
  }

  static boolean isList(Type<?> type) {
    return optional(type) instanceof ListType;
  }

  /// The name of the innermost type.
  static String base(Type<?> type) {
    return switch (type) {
      case NonNullType required -> base(required.getType());
      case ListType list -> base(list.getType());
      case TypeName name -> name.getName();
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  /// The same type with another innermost name.
  static Type<?> renamed(Type<?> type, String name) {
    return switch (type) {
      case NonNullType required -> new NonNullType(renamed(required.getType(), name));
      case ListType list -> new ListType(renamed(list.getType(), name));
      default -> named(name);
    };
  }

  static InputValueDefinition value(String name, Type<?> type) {
    return InputValueDefinition.newInputValueDefinition().name(name).type(type).build();
  }

  static InputValueDefinition value(String name, String type) {
    return value(name, named(type));
  }

  static InputObjectTypeDefinition input(String name, List<InputValueDefinition> values) {
    return InputObjectTypeDefinition.newInputObjectDefinition()
        .name(name)
        .inputValueDefinitions(values)
        .build();
  }

  static EnumTypeDefinition enumeration(String name, List<String> values) {
    return EnumTypeDefinition.newEnumTypeDefinition()
        .name(name)
        .enumValueDefinitions(
            values.stream()
                .map(value -> EnumValueDefinition.newEnumValueDefinition().name(value).build())
                .toList())
        .build();
  }

  static FieldDefinition field(String name, List<InputValueDefinition> arguments, Type<?> type) {
    return FieldDefinition.newFieldDefinition()
        .name(name)
        .inputValueDefinitions(arguments)
        .type(type)
        .build();
  }

  static ObjectTypeDefinition object(String name, List<FieldDefinition> fields) {
    return ObjectTypeDefinition.newObjectTypeDefinition()
        .name(name)
        .fieldDefinitions(fields)
        .build();
  }

  static Directive directive(String name) {
    return Directive.newDirective().name(name).build();
  }

  static Directive directive(String name, String argument, List<String> values) {
    ArrayValue.Builder strings = ArrayValue.newArrayValue();
    values.forEach(value -> strings.value(new StringValue(value)));
    return Directive.newDirective()
        .name(name)
        .argument(Argument.newArgument().name(argument).value(strings.build()).build())
        .build();
  }

  /// The directives and those of the others whose names are not among them.
  static List<Directive> joined(List<Directive> directives, List<Directive> others) {
    List<Directive> all = new ArrayList<>(directives);
    for (Directive other : others) {
      if (all.stream().noneMatch(known -> known.getName().equals(other.getName()))) {
        all.add(other);
      }
    }
    return all;
  }
}
