package dev.polder.appsync.transform.v1;

import graphql.language.InputValueDefinition;
import graphql.language.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes to input types that have been generated.
final class Inputs {
  private Inputs() {}

  static void change(Draft draft, String name, UnaryOperator<List<InputValueDefinition>> change) {
    draft.change(
        name,
        input ->
            Nodes.input(name, change.apply(new ArrayList<>(input.getInputValueDefinitions()))));
  }

  static void without(Draft draft, String name, Set<String> fields) {
    change(
        draft,
        name,
        values -> {
          values.removeIf(value -> fields.contains(value.getName()));
          return values;
        });
  }

  /// Adds a value unless there is one of its name.
  static void add(Draft draft, String input, String name, Type<?> type) {
    change(
        draft,
        input,
        values -> {
          if (values.stream().noneMatch(value -> value.getName().equals(name))) {
            values.add(Nodes.value(name, type));
          }
          return values;
        });
  }
}
