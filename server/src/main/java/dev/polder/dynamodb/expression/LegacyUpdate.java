package dev.polder.dynamodb.expression;

import dev.polder.dynamodb.item.Type;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.dynamodb.item.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An element of `AttributeUpdates`, the older way to say an update.
///
/// @param action `PUT`, which is meant where it is absent, `ADD` or `DELETE`
/// @param value absent only for a `DELETE` of the whole attribute
public record LegacyUpdate(@Nullable String action, @Nullable Value value) {
  private static final String MISMATCH = "Type mismatch for attribute to update";

  /// The update that says the same.
  ///
  /// @param updates by the names of attributes
  /// @throws ValidationException with the real service's message
  public static Update of(Map<String, LegacyUpdate> updates) {
    List<Update.Action> actions = new ArrayList<>();
    updates.forEach((name, update) -> actions.add(update.action(name)));
    return new Update(actions, MISMATCH);
  }

  /// The projection of `AttributesToGet`.
  ///
  /// @throws ValidationException where a name is repeated
  public static Projection projection(List<String> attributesToGet) {
    Set<String> names = new HashSet<>();
    for (String name : attributesToGet) {
      if (!names.add(name)) {
        throw ValidationException.parameter("Duplicate value in attribute name: " + name);
      }
    }
    return Projection.of(attributesToGet);
  }

  private Update.Action action(String name) {
    Path path = Path.of(name);
    return switch (action == null ? "PUT" : action) {
      case "PUT" -> new Update.Action.Set(path, new SetValue.Literal(required()));
      case "ADD" -> new Update.Action.Add(path, addable(required()));
      case "DELETE" ->
          value == null
              ? new Update.Action.Remove(path)
              : new Update.Action.Delete(path, removable(value));
      default ->
          throw new ValidationException(
              "1 validation error detected: Value '"
                  + action
                  + "' at 'attributeUpdates."
                  + name
                  + ".member.action' failed to satisfy constraint: Member must satisfy enum value"
                  + " set: [ADD, PUT, DELETE]");
    };
  }

  private Value required() {
    if (value == null) {
      throw ValidationException.parameter(
          "Only DELETE action is allowed when no attribute value is specified");
    }
    return value;
  }

  /// Lists may be added to, though only sets and numbers are documented.
  private static Value addable(Value value) {
    Type type = value.type();
    if (!type.set() && type != Type.N && type != Type.L) {
      throw ValidationException.parameter("ADD action is not supported for the type " + type);
    }
    return value;
  }

  private static Value removable(Value value) {
    if (!value.type().set()) {
      throw ValidationException.parameter(
          "DELETE action with value is not supported for the type " + value.type());
    }
    return value;
  }
}
