package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.run.FieldException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a model's rules let a caller write.
record WriteRules(ModelRules rules, KnownCaller caller) {

  /// The input of a new object with the owner filled in.
  ///
  /// @throws FieldException if the caller may not make it so
  Map<String, @Nullable Object> create(Map<String, @Nullable Object> input) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>(input);
    Permit permit = permit(Operation.CREATE);
    // Owners before groups, so that an owner is filled in also where a group lets the creator in.
    List<Role> roles = new ArrayList<>(rules.roles(Operation.CREATE));
    roles.sort(Comparator.comparing(role -> role.allow() != Allow.OWNER));
    for (Role role : roles) {
      List<String> names = role.isDynamic() ? role.names(caller) : List.of();
      if (names.isEmpty()) {
        continue;
      }
      String field = String.valueOf(role.field());
      // An owner whom an earlier rule filled in counts as if the caller had named him.
      boolean named = role.includes(caller, filled);
      boolean fills = role.fills() || !permit.all;
      if (role.allow() == Allow.OWNER && fills && !filled.containsKey(field)) {
        filled.put(field, role.several() ? List.of(names.getFirst()) : names.getFirst());
        named = true;
      }
      if (named) {
        permit.add(role, Operation.CREATE);
      }
    }
    if (permit.isEmpty()) {
      throw FieldException.notAuthorized();
    }
    demand(input.keySet().stream().filter(field -> !permit.covers(field)).toList());
    return filled;
  }

  private static void demand(List<String> denied) {
    if (!denied.isEmpty()) {
      throw FieldException.unauthorized("Unauthorized on " + denied);
    }
  }

  /// True if it depends on the object what the caller may do.
  boolean dependOnObject(Operation operation) {
    boolean dynamic =
        rules.roles(operation).stream()
            .anyMatch(role -> role.isDynamic() && !role.names(caller).isEmpty());
    return dynamic && !permit(operation).all;
  }

  /// Finds out whether an object may be changed.
  ///
  /// @param key the name of the partition key, which every input has
  /// @param stored the object as it is; null where there is none
  /// @throws FieldException if it may not
  void update(
      String key,
      Map<String, @Nullable Object> input,
      @Nullable Map<String, @Nullable Object> stored) {
    Permit values = permit(Operation.UPDATE, stored);
    // Who may delete a field may set it to null, and nobody else may.
    Permit nulls = permit(Operation.DELETE, stored);
    if (values.isEmpty() && nulls.isEmpty()) {
      throw FieldException.notAuthorized();
    }
    List<String> denied = new ArrayList<>();
    input.forEach((field, value) -> {
      boolean isKey = field.equals(key);
      if (!(isKey || values.covers(field)) || (value == null && !nulls.covers(field))) {
        denied.add(field);
      }
    });
    demand(denied);
  }

  /// Finds out whether an object may be deleted.
  ///
  /// @param stored the object as it is; null where there is none
  /// @throws FieldException if it may not
  void delete(@Nullable Map<String, @Nullable Object> stored) {
    boolean allowed =
        rules.fullRoles(Operation.DELETE).stream()
            .anyMatch(role ->
                role.isDynamic()
                    ? stored != null && role.includes(caller, stored)
                    : role.includes(caller));
    if (!allowed) {
      throw FieldException.notAuthorized();
    }
  }

  /// The permit that the caller has whatever the object.
  private Permit permit(Operation operation) {
    var permit = new Permit();
    for (Role role : rules.roles(operation)) {
      if (!role.isDynamic() && role.includes(caller)) {
        permit.add(role, operation);
      }
    }
    return permit;
  }

  private Permit permit(Operation operation, @Nullable Map<String, @Nullable Object> stored) {
    Permit permit = permit(operation);
    if (stored != null) {
      for (Role role : rules.roles(operation)) {
        if (role.isDynamic() && role.includes(caller, stored)) {
          permit.add(role, operation);
        }
      }
    }
    return permit;
  }

  /// What the caller may do to an object.
  private final class Permit {
    private boolean all;
    private final Set<String> fields = new HashSet<>();

    void add(Role role, Operation operation) {
      all |= rules.hasAll(role, operation);
      fields.addAll(rules.fields(role, operation));
    }

    boolean isEmpty() {
      return !all && fields.isEmpty();
    }

    boolean covers(String field) {
      return all || fields.contains(field);
    }
  }
}
