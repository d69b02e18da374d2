package dev.polder.appsync.transform.ast;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of a directive or the members of a value in it, as plain Java values: strings
/// (also for enums), numbers, booleans, lists, [Arguments] and null.
public final class Arguments {
  private final Map<String, @Nullable Object> values;

  private Arguments(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /// The arguments of a directive.
  public static Arguments of(Directive directive) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Argument argument : directive.getArguments()) {
      values.put(argument.getName(), plain(argument.getValue()));
    }
    return new Arguments(values);
  }

  private static @Nullable Object plain(@Nullable Value<?> value) {
    return switch (value) {
      case StringValue text -> text.getValue();
      case EnumValue name -> name.getName();
      case BooleanValue bool -> bool.isValue();
      case IntValue number -> number.getValue();
      case FloatValue number -> number.getValue();
      case ArrayValue list -> list.getValues().stream().map(Arguments::plain).toList();
      case ObjectValue object -> members(object);
      case NullValue _ -> null;
      case null, default -> null;
    };
  }

  private static Arguments members(ObjectValue object) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (ObjectField field : object.getObjectFields()) {
      values.put(field.getName(), plain(field.getValue()));
    }
    return new Arguments(values);
  }

  /// The value as Java has it.
  public @Nullable Object value(String name) {
    return values.get(name);
  }

  /// True if the argument is written, be it null.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// True if null is written.
  public boolean isNull(String name) {
    return values.containsKey(name) && values.get(name) == null;
  }

  /// The string; null if the argument is absent, empty or none.
  public @Nullable String text(String name) {
    return values.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  /// The string; another if the argument is absent, empty or none.
  public String text(String name, String standard) {
    String text = text(name);
    return text == null ? standard : text;
  }

  /// The number; null if the argument is absent or none.
  public @Nullable Integer number(String name) {
    return values.get(name) instanceof Number number ? number.intValue() : null;
  }

  /// The strings; one that stands alone counts as a list of one; empty if the argument is absent or
  /// an empty string.
  public List<String> texts(String name) {
    return switch (values.get(name)) {
      case String text -> text.isEmpty() ? List.of() : List.of(text);
      case List<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  /// The members of a value in braces; none if the argument is absent or null.
  public Arguments object(String name) {
    return values.get(name) instanceof Arguments object ? object : new Arguments(Map.of());
  }

  /// The values in braces of a list.
  public List<Arguments> objects(String name) {
    return switch (values.get(name)) {
      case Arguments object -> List.of(object);
      case List<?> list -> {
        List<Arguments> objects = new ArrayList<>();
        for (Object element : list) {
          if (element instanceof Arguments object) {
            objects.add(object);
          }
        }
        yield objects;
      }
      case null, default -> List.of();
    };
  }
}
