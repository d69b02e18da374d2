package dev.polder.appsync.run;

import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller selected of an answer, by the names of the fields instead of the keys of the
/// answer.
final class Selected {
  private final Map<String, FragmentDefinition> fragments;

  Selected(Map<String, FragmentDefinition> fragments) {
    this.fragments = fragments;
  }

  /// A value of the answer under the fields that were selected of it.
  @Nullable Object of(List<Field> fields, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> object(fields, map);
      case List<?> list -> {
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(of(fields, element)));
        yield elements;
      }
      case null, default -> value;
    };
  }

  private Map<String, @Nullable Object> object(List<Field> fields, Map<?, ?> map) {
    Map<String, List<Field>> byKey = new LinkedHashMap<>();
    for (Field field : fields) {
      if (field.getSelectionSet() != null) {
        collect(field.getSelectionSet(), byKey);
      }
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    byKey.forEach((key, selections) -> {
      if (map.containsKey(key)) {
        object.putIfAbsent(selections.getFirst().getName(), of(selections, map.get(key)));
      }
    });
    return object;
  }

  private void collect(SelectionSet selections, Map<String, List<Field>> byKey) {
    for (Selection<?> selection : selections.getSelections()) {
      switch (selection) {
        case Field field ->
            byKey.computeIfAbsent(field.getResultKey(), _ -> new ArrayList<>()).add(field);
        case InlineFragment inline -> collect(inline.getSelectionSet(), byKey);
        case FragmentSpread spread -> {
          FragmentDefinition fragment = fragments.get(spread.getName());
          if (fragment != null) {
            collect(fragment.getSelectionSet(), byKey);
          }
        }
        default -> throw new IllegalStateException("Not a selection: " + selection);
      }
    }
  }
}
