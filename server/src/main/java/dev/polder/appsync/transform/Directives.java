package dev.polder.appsync.transform;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Directives and the values of their arguments.
final class Directives {
  private Directives() {}

  /// The first directive of a name.
  static Optional<Directive> first(List<Directive> directives, String name) {
    return directives.stream().filter(directive -> directive.getName().equals(name)).findFirst();
  }

  static boolean has(List<Directive> directives, String name) {
    return first(directives, name).isPresent();
  }

  /// Adds a directive, unless there is one of its name.
  static void add(List<Directive> directives, String name, List<Argument> arguments) {
    if (!has(directives, name)) {
      directives.add(Directive.newDirective().name(name).arguments(arguments).build());
    }
  }

  /// The arguments' values by name: texts (enum values too), numbers, booleans, lists, maps, null.
  static Map<String, @Nullable Object> arguments(Directive directive) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Argument argument : directive.getArguments()) {
      values.put(argument.getName(), value(argument.getValue()));
    }
    return values;
  }

  /// The texts of an argument that is a text or a list of texts; null where it is absent or null.
  static @Nullable List<String> texts(Map<String, @Nullable Object> arguments, String name) {
    return switch (arguments.get(name)) {
      case String text -> text.isEmpty() ? List.of() : List.of(text);
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case null, default -> null;
    };
  }

  /// The text of an argument, or null.
  static @Nullable String text(Map<String, @Nullable Object> arguments, String name) {
    return arguments.get(name) instanceof String text ? text : null;
  }

  static @Nullable Object value(@Nullable Value<?> value) {
    return switch (value) {
      case StringValue text -> text.getValue();
      case EnumValue constant -> constant.getName();
      case BooleanValue truth -> truth.isValue();
      case IntValue number -> number.getValue();
      case FloatValue number -> number.getValue();
      case ArrayValue list -> list(list);
      case ObjectValue object -> map(object);
      case null, default -> null;
    };
  }

  private static List<@Nullable Object> list(ArrayValue array) {
    List<@Nullable Object> values = new ArrayList<>();
    array.getValues().forEach(value -> values.add(value(value)));
    return values;
  }

  private static Map<String, @Nullable Object> map(ObjectValue object) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (ObjectField field : object.getObjectFields()) {
      values.put(field.getName(), value(field.getValue()));
    }
    return values;
  }

  /// A literal of a list of texts.
  static ArrayValue literal(List<String> texts) {
    ArrayValue.Builder list = ArrayValue.newArrayValue();
    texts.forEach(text -> list.value(StringValue.of(text)));
    return list.build();
  }
}
