package dev.polder.appsync.transform;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who may do what with which field of a model, as the rules of its type and fields say together.
final class AccessMatrix {
  private final List<String> fields;
  private final Map<Role, Map<String, Set<Operation>>> access = new LinkedHashMap<>();

  AccessMatrix(List<String> fields) {
    this.fields = List.copyOf(fields);
  }

  /// Callers whom a rule lets in.
  ///
  /// @param kind of rule
  /// @param entity the group, or the field that names the owner or the groups; null for neither
  /// @param claim that is compared with it
  /// @param dynamic true if each object says who is let in
  record Role(
      AuthRule.Provider provider,
      Allow kind,
      @Nullable String entity,
      @Nullable String claim,
      boolean dynamic) {
    AuthMode mode() {
      return AuthRules.mode(provider);
    }

    boolean isOwner() {
      return kind == Allow.OWNER;
    }
  }

  /// Lets a rule's callers at every field.
  void allow(AuthRule rule) {
    for (Role role : roles(rule)) {
      Map<String, Set<Operation>> row = new LinkedHashMap<>();
      fields.forEach(field -> row.put(field, rule.operations()));
      access.put(role, row);
    }
  }

  /// Gives a field rules of its own in place of its type's.
  void allowOnly(String field, List<AuthRule> rules) {
    access.values().forEach(row -> row.put(field, Set.of()));
    for (AuthRule rule : rules) {
      for (Role role : roles(rule)) {
        access.computeIfAbsent(role, _ -> new LinkedHashMap<>()).put(field, rule.operations());
      }
    }
  }

  /// The identity pool's callers are IAM's by another name.
  private static Set<Role> roles(AuthRule rule) {
    Set<Role> roles = new LinkedHashSet<>();
    AuthRule.Provider provider =
        rule.provider() == AuthRule.Provider.IDENTITY_POOL
            ? AuthRule.Provider.IAM
            : rule.provider();
    if (!rule.groups().isEmpty()) {
      for (String group : rule.groups()) {
        roles.add(new Role(provider, rule.allow(), group, rule.groupClaim(), false));
      }
      return roles;
    }
    Role role =
        switch (rule.allow()) {
          case OWNER ->
              new Role(provider, rule.allow(), rule.ownerField(), rule.identityClaim(), true);
          case GROUPS ->
              new Role(provider, rule.allow(), rule.groupsField(), rule.groupClaim(), true);
          case PUBLIC, PRIVATE, CUSTOM -> new Role(provider, rule.allow(), null, null, false);
        };
    roles.add(role);
    return roles;
  }

  Set<Role> roles() {
    return access.keySet();
  }

  /// The roles that may do something with at least one field; a delete needs all of them.
  Set<Role> roles(Operation operation) {
    Set<Role> roles = new LinkedHashSet<>();
    access.forEach((role, row) -> {
      Predicate<String> may = field -> row.getOrDefault(field, NONE).contains(operation);
      boolean all = operation == Operation.DELETE;
      if (all ? fields.stream().allMatch(may) : fields.stream().anyMatch(may)) {
        roles.add(role);
      }
    });
    return roles;
  }

  private static final Set<Operation> NONE = EnumSet.noneOf(Operation.class);

  /// The modes of roles, in the order of the roles.
  static Set<AuthMode> modes(Set<Role> roles) {
    Set<AuthMode> modes = new LinkedHashSet<>();
    roles.forEach(role -> modes.add(role.mode()));
    return modes;
  }
}
