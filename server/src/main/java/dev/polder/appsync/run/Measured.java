package dev.polder.appsync.run;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.Map;

/// How deep an operation is and how many fields it selects, fragments included.
///
/// @param depth of the deepest field, the root's fields being 1
/// @param fields in all, at most [Integer#MAX_VALUE]
record Measured(int depth, int fields) {
  private static final Measured NOTHING = new Measured(0, 0);

  /// The measures of an operation of a valid document.
  static Measured of(Document document, OperationDefinition operation) {
    Map<String, FragmentDefinition> fragments = new HashMap<>();
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    return new Walk(fragments, new HashMap<>()).of(operation.getSelectionSet());
  }

  private Measured and(Measured other) {
    return new Measured(
        Math.max(depth, other.depth),
        (int) Math.min(Integer.MAX_VALUE, (long) fields + other.fields));
  }

  // Each fragment is measured once, however often it is spread.
  private record Walk(Map<String, FragmentDefinition> fragments, Map<String, Measured> known) {
    Measured of(SelectionSet selections) {
      Measured sum = NOTHING;
      for (Selection<?> selection : selections.getSelections()) {
        sum =
            sum.and(
                switch (selection) {
                  case Field field -> of(field);
                  case InlineFragment inline -> of(inline.getSelectionSet());
                  case FragmentSpread spread -> of(spread.getName());
                  default -> throw new IllegalStateException("Not a selection: " + selection);
                });
      }
      return sum;
    }

    private Measured of(Field field) {
      Measured below = field.getSelectionSet() == null ? NOTHING : of(field.getSelectionSet());
      return new Measured(below.depth() + 1, below.fields()).and(new Measured(0, 1));
    }

    private Measured of(String fragment) {
      Measured measured = known.get(fragment);
      if (measured == null) {
        FragmentDefinition definition = fragments.get(fragment);
        measured = definition == null ? NOTHING : of(definition.getSelectionSet());
        known.put(fragment, measured);
      }
      return measured;
    }
  }
}
