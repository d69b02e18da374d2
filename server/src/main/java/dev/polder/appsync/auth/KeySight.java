package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.run.Access.Sight;
import dev.polder.appsync.run.FieldException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller sees who is let in by what objects hold, where objects are found by a key that may
/// hold it too. Follows the templates that the second generation's transform makes for queries.
final class KeySight {
  private final KnownCaller caller;
  private final TableKey key;
  private final Map<String, @Nullable Object> arguments;
  private final List<Map<String, Object>> filters = new ArrayList<>();
  private final Map<String, Role> missing = new LinkedHashMap<>();
  private boolean named;
  private boolean keyed;

  private KeySight(KnownCaller caller, TableKey key, Map<String, @Nullable Object> arguments) {
    this.caller = caller;
    this.key = key;
    this.arguments = arguments;
  }

  /// @param roles none of which includes the caller whatever the object
  /// @throws FieldException if the caller may see nothing
  static Sight of(
      List<Role> roles, KnownCaller caller, TableKey key, Map<String, @Nullable Object> arguments) {
    var sight = new KeySight(caller, key, arguments);
    roles.stream()
        .filter(Role::isDynamic)
        .forEach(role -> sight.add(role, role.names(caller), role.names(caller)));
    return sight.sight(false);
  }

  /// The same for the objects of a connection. Who may see some, but none of these, is not told so.
  ///
  /// @param arguments with the values that the parent gives the key
  static Sight ofRelated(
      List<Role> roles, KnownCaller caller, TableKey key, Map<String, @Nullable Object> arguments) {
    var sight = new KeySight(caller, key, arguments);
    roles.stream()
        .filter(Role::isDynamic)
        .forEach(role -> sight.add(role, role.names(caller), role.relatedNames(caller)));
    return sight.sight(true);
  }

  private void add(Role role, List<String> names, List<String> matching) {
    String field = String.valueOf(role.field());
    if (!isKey(field)) {
      filters.addAll(role.filters(caller));
    } else if (!names.isEmpty() && arguments.get(field) == null) {
      missing.put(field, role);
    } else {
      keyed |= !names.isEmpty();
      named |= names(arguments.get(field), matching);
    }
  }

  // The attribute of several sort fields is none of them.
  private boolean isKey(String field) {
    return field.equals(key.partition()) || key.sort().equals(List.of(field));
  }

  /// True if an argument names the caller and nobody else.
  private static boolean names(@Nullable Object argument, List<String> names) {
    return argument instanceof Map<?, ?> condition
        ? condition.get("eq") != null && names.contains(String.valueOf(condition.get("eq")))
        : argument != null && names.contains(String.valueOf(argument));
  }

  private Sight sight(boolean related) {
    if (named) {
      return new Sight(null, arguments);
    }
    if (arguments.get(key.partition()) == null) {
      missing.values().forEach(role -> filters.addAll(role.filters(caller)));
    } else if (filters.isEmpty() && !missing.isEmpty()) {
      return new Sight(null, completed());
    }
    if (filters.isEmpty() && related && keyed) {
      return Sight.NOTHING;
    }
    if (filters.isEmpty()) {
      throw FieldException.notAuthorized();
    }
    return new Sight(Map.of("or", filters.stream().distinct().toList()), arguments);
  }

  private Map<String, @Nullable Object> completed() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(arguments);
    missing.forEach((field, role) -> {
      List<String> names = role.names(caller);
      String name = role.allow() == Allow.OWNER ? names.getFirst() : names.getLast();
      all.put(field, Map.of("eq", name));
    });
    return all;
  }
}
