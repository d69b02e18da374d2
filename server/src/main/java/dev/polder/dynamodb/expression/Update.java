package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.Nesting;
import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An update that is known to make sense.
///
/// @param actions whose paths neither lead to, into nor across another
/// @param mismatch what is said where a stored value is not of the type that an action needs
public record Update(List<Action> actions, String mismatch) {
  public Update {
    actions = List.copyOf(actions);
  }

  /// An update of these actions.
  ///
  /// @throws ValidationException where one's path leads to, into or across another's
  public static Update of(List<Action> actions) {
    var problems = new Problems();
    var paths = new PathSet(problems);
    actions.forEach(action -> paths.add(action.path()));
    problems.raise(Problems.Kind.OVERLAP, Problems.Kind.CONFLICT);
    return new Update(actions, SetValue.WRONG_TYPE);
  }

  /// One change.
  public sealed interface Action {
    /// Where the change is.
    Path path();

    /// The type that the attribute is of or must be of, whatever the item; null where that depends
    /// on the item, and where it is removed.
    default @Nullable Type type() {
      return switch (this) {
        case Set(_, var value) -> value.type();
        case Remove _ -> null;
        case Add(_, var value) -> value.type();
        case Delete(_, var value) -> value.type();
      };
    }

    record Set(Path path, SetValue value) implements Action {}

    record Remove(Path path) implements Action {}

    /// Adds to a number, to a set or, from the older parameters only, to a list.
    record Add(Path path, Value value) implements Action {}

    /// Takes from a set.
    record Delete(Path path, Value value) implements Action {}
  }

  /// The item after the update.
  ///
  /// @throws ValidationException where the item has not what the update needs, or would be too deep
  public Item applyTo(Item item) {
    return apply(actions, item);
  }

  /// The item that comes of updating one that does not exist.
  ///
  /// @param key its key attributes
  /// @throws ValidationException where the update needs what is not there; what is to be removed
  ///   need not be there
  public Item applyToMissing(Item key) {
    return apply(
        actions.stream().filter(action -> !(action instanceof Action.Remove)).toList(), key);
  }

  /// Whether updating an item that does not exist makes one: taking away alone does not.
  public boolean creates() {
    return actions.isEmpty()
        || actions.stream().anyMatch(a -> a instanceof Action.Set || a instanceof Action.Add);
  }

  /// The paths that the update changes, in the order of the text.
  public List<Path> paths() {
    return actions.stream().map(Action::path).toList();
  }

  /// The paths that the update reads, to give their values to others.
  public List<Path> sources() {
    return actions.stream()
        .flatMap(action ->
            action instanceof Action.Set(_, var value) ? value.paths().stream() : Stream.empty())
        .toList();
  }

  /// What is answered for `UPDATED_OLD` and `UPDATED_NEW`, of the item before or after.
  ///
  /// As in the real service, an element that `SET` put behind the end of a list is not among it,
  /// and what moved to the place of a removed element is.
  public Projection touched() {
    return new Projection(paths());
  }

  /// Refuses a change of key attributes.
  public void requireUntouched(Collection<String> keyAttributes) {
    for (Path path : paths()) {
      if (keyAttributes.contains(path.attribute())) {
        throw ValidationException.parameter(
            "Cannot update attribute " + path.attribute() + ". This attribute is part of the key");
      }
    }
  }

  private Item apply(List<Action> actions, Item item) {
    var edits = new Edits();
    for (Action action : actions) {
      edits.add(action.path(), edit(action, item));
    }
    Item updated = edits.applyTo(item);
    Nesting.require(updated);
    return updated;
  }

  private Edits.Edit edit(Action action, Item item) {
    Value existing = action.path().in(item);
    return switch (action) {
      case Action.Set(_, var value) -> new Edits.Edit.Put(value.in(item));
      case Action.Remove _ -> new Edits.Edit.Drop();
      case Action.Add(_, var value) -> {
        yield new Edits.Edit.Put(existing == null ? value : Sums.add(existing, value, mismatch));
      }
      case Action.Delete(_, var value) -> {
        yield existing == null ? new Edits.Edit.Keep() : Sums.remove(existing, value, mismatch);
      }
    };
  }
}
