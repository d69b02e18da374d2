package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.AuthRule.Provider;
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
  private static final Set<Operation> READS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Operation.GET, Operation.LIST, Operation.SYNC, Operation.SEARCH, Operation.LISTEN));

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
    for (String field : fields) {
      List<Role> allowed = readersOf(field);
      if (!allowed.containsAll(besidesPrivate(roles(Operation.GET), allowed))) {
        guarded.add(field);
      }
    }
  }

  /// The roles that say something more than the ones that let in every user of their kind.
  ///
  /// @param allowed those whose word counts
  static List<Role> besidesPrivate(List<Role> roles, List<Role> allowed) {
    Set<Provider> whole = EnumSet.noneOf(Provider.class);
    for (Role role : allowed) {
      if (isPrivate(role)) {
        whole.add(role.provider());
      }
    }
    return roles.stream()
        .filter(role -> isPrivate(role) || !whole.contains(role.provider()))
        .toList();
  }

  private static boolean isPrivate(Role role) {
    return role.allow() == Allow.PRIVATE
        && (role.provider() == Provider.USER_POOLS || role.provider() == Provider.OIDC);
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

  /// The roles that may read at least one field, by whatever operation.
  List<Role> readers() {
    return grants.keySet().stream()
        .filter(role -> READS.stream().anyMatch(read -> !fields(role, read).isEmpty()))
        .toList();
  }

  /// The roles that may read a field.
  List<Role> readersOf(String field) {
    List<Role> readers = new ArrayList<>();
    for (Role role : grants.keySet()) {
      if (READS.stream().anyMatch(read -> fields(role, read).contains(field))) {
        readers.add(role);
      }
    }
    return readers;
  }
}
