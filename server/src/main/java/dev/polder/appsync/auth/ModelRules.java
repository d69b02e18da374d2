package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of one model: which role may do what with which field. The rules of a field take the
/// place of the model's for that field.
///
/// https://docs.amplify.aws/gen1/javascript/build-a-backend/graphqlapi/customize-authorization-rules/
final class ModelRules {
  private final Set<String> fields;
  private final Map<Role, Map<Operation, Set<String>>> grants = new LinkedHashMap<>();
  private final Set<String> guarded = new LinkedHashSet<>();

  /// @param fields all of the type's
  /// @param lists those of them that are lists
  /// @param model the rules of the type
  /// @param byField the rules of its fields
  ModelRules(
      Set<String> fields,
      Set<String> lists,
      List<AuthRule> model,
      Map<String, List<AuthRule>> byField) {
    this.fields = Set.copyOf(fields);
    Set<String> open = new LinkedHashSet<>(fields);
    open.removeAll(byField.keySet());
    model.forEach(rule -> grant(rule, lists, open));
    byField.forEach((field, rules) -> rules.forEach(rule -> grant(rule, lists, Set.of(field))));
    Set<Role> readers = Set.copyOf(roles(Operation.GET));
    for (String field : fields) {
      if (!readersOf(field).containsAll(readers)) {
        guarded.add(field);
      }
    }
  }

  private void grant(AuthRule rule, Set<String> lists, Set<String> granted) {
    for (Role role : Role.of(rule, lists)) {
      var operations = grants.computeIfAbsent(role, _ -> new EnumMap<>(Operation.class));
      for (Operation operation : rule.operations()) {
        operations.computeIfAbsent(operation, _ -> new LinkedHashSet<>()).addAll(granted);
      }
    }
  }

  /// All roles, in the order of the schema.
  Set<Role> roles() {
    return Collections.unmodifiableSet(grants.keySet());
  }

  /// The roles that may do something to at least one field.
  List<Role> roles(Operation operation) {
    return grants.keySet().stream().filter(role -> !fields(role, operation).isEmpty()).toList();
  }

  /// The roles that may do something to every field.
  List<Role> fullRoles(Operation operation) {
    return grants.keySet().stream().filter(role -> hasAll(role, operation)).toList();
  }

  /// The fields to which a role may do something.
  Set<String> fields(Role role, Operation operation) {
    Map<Operation, Set<String>> operations = grants.get(role);
    return operations == null ? Set.of() : operations.getOrDefault(operation, Set.of());
  }

  boolean hasAll(Role role, Operation operation) {
    return fields(role, operation).containsAll(fields);
  }

  /// True if somebody who may read objects may not read this field of them.
  boolean guards(String field) {
    return guarded.contains(field);
  }

  /// The roles that may read a field.
  List<Role> readersOf(String field) {
    var reads =
        EnumSet.of(
            Operation.GET, Operation.LIST, Operation.SYNC, Operation.SEARCH, Operation.LISTEN);
    List<Role> readers = new ArrayList<>();
    for (Role role : grants.keySet()) {
      if (reads.stream().anyMatch(read -> fields(role, read).contains(field))) {
        readers.add(role);
      }
    }
    return readers;
  }
}
