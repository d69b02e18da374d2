package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `ADD` and `DELETE` make of a stored value.
final class Sums {
  private Sums() {}

  static Value add(Value stored, Value more, String mismatch) {
    return switch (stored) {
      case Value.N a when more instanceof Value.N b -> Value.N.of(a.number().add(b.number()));
      case Value.SS a when more instanceof Value.SS b ->
          new Value.SS(union(a.members(), b.members()));
      case Value.NS a when more instanceof Value.NS b ->
          new Value.NS(union(a.members(), b.members()));
      case Value.BS a when more instanceof Value.BS b ->
          new Value.BS(union(a.members(), b.members()));
      case Value.L a when more instanceof Value.L b -> {
        List<Value> elements = new ArrayList<>(a.elements());
        elements.addAll(b.elements());
        yield new Value.L(elements);
      }
      case Value _ -> throw new ValidationException(mismatch);
    };
  }

  static Edits.Edit remove(Value stored, Value less, String mismatch) {
    Optional<Value> rest =
        switch (stored) {
          case Value.SS a when less instanceof Value.SS b ->
              rest(a.members(), b.members()).map(Value.SS::new);
          case Value.NS a when less instanceof Value.NS b ->
              rest(a.members(), b.members()).map(Value.NS::new);
          case Value.BS a when less instanceof Value.BS b ->
              rest(a.members(), b.members()).map(Value.BS::new);
          case Value _ -> throw new ValidationException(mismatch);
        };
    return rest.<Edits.Edit>map(Edits.Edit.Put::new).orElseGet(Edits.Edit.Drop::new);
  }

  private static <T> Set<T> union(Set<T> stored, Set<T> more) {
    Set<T> members = new LinkedHashSet<>(stored);
    members.addAll(more);
    return members;
  }

  /// What is left, if anything is: there are no empty sets.
  private static <T> Optional<Set<T>> rest(Set<T> stored, Set<T> less) {
    Set<T> members = new LinkedHashSet<>(stored);
    members.removeAll(less);
    return members.isEmpty() ? Optional.empty() : Optional.of(members);
  }
}
