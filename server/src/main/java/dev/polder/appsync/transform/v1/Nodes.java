package dev.polder.appsync.transform.v1;

import dev.polder.appsync.transform.ast.Comparisons;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.List;

/// Nodes of a schema in the making.
final class Nodes {
  private Nodes() {}

  static InputValueDefinition value(String name, Type<?> type) {
    return InputValueDefinition.newInputValueDefinition().name(name).type(type).build();
  }

  static InputValueDefinition value(String name, String type) {
    return value(name, TypeRef.named(type));
  }

  /// A value for each comparison with values of a type.
  static List<InputValueDefinition> compared(String type, List<String> comparisons) {
    List<InputValueDefinition> values = new ArrayList<>();
    for (String name : comparisons) {
      Type<?> value = Comparisons.takesList(name) ? TypeRef.list(type) : TypeRef.named(type);
      values.add(value(name, value));
    }
    return values;
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
