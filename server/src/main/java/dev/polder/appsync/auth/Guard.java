package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Provider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the first generation checks before one operation on one type or field, by the rules that
/// speak of it.
///
/// Only rules for owners and groups check anything, and only callers who come in the way of one of
/// them; the others are let in or kept out by the directives `@aws_*` alone. A rule that lets every
/// user of the pool in switches the check off.
///
/// @param rules those of the operation
/// @param lists the fields of the type that are lists
record Guard(List<AuthRule> rules, Set<String> lists) {
  private static final String COGNITO_GROUPS = "cognito:groups";

  /// Stands for the name of a user whose token has none.
  private static final String NOBODY = "___xamznone____";

  /// No check at all.
  static final Guard NONE = new Guard(List.of(), Set.of());

  Guard {
    rules = List.copyOf(rules);
    lists = Set.copyOf(lists);
  }

  /// The caller as one whom this checks; null if it does not.
  KnownCaller.@Nullable ByToken concerned(KnownCaller caller) {
    return caller instanceof KnownCaller.ByToken token && providers().contains(token.provider())
        ? token
        : null;
  }

  private Set<Provider> providers() {
    Set<Provider> providers = EnumSet.noneOf(Provider.class);
    for (AuthRule rule : rules) {
      switch (rule.allow()) {
        case OWNER, GROUPS -> providers.add(rule.provider());
        case PUBLIC, PRIVATE, CUSTOM -> {
          if (rule.provider() == Provider.USER_POOLS) {
            return Set.of();
          }
        }
      }
    }
    return providers;
  }

  private List<AuthRule> owners() {
    return rules.stream().filter(rule -> rule.allow() == Allow.OWNER).toList();
  }

  private static String field(AuthRule rule) {
    return rule.allow() == Allow.OWNER
        ? Objects.requireNonNullElse(rule.ownerField(), "owner")
        : Objects.requireNonNullElse(rule.groupsField(), "groups");
  }

  private static String name(AuthRule rule, KnownCaller.ByToken token) {
    String claim = Objects.requireNonNullElse(rule.identityClaim(), "username");
    return Objects.requireNonNullElse(token.claim(claim), NOBODY);
  }

  /// The caller's groups. The generated templates take a text apart unless the claim is Cognito's
  /// own, which always is an array.
  private static Set<String> groups(AuthRule rule, KnownCaller.ByToken token) {
    String claim = Objects.requireNonNullElse(rule.groupClaim(), COGNITO_GROUPS);
    return Set.copyOf(claim.equals(COGNITO_GROUPS) ? token.listed(claim) : token.named(claim));
  }

  /// True if the caller is in a group that the schema names.
  boolean admits(KnownCaller.ByToken token) {
    return rules.stream()
        .anyMatch(rule ->
            rule.allow() == Allow.GROUPS
                && rule.groups().stream().anyMatch(groups(rule, token)::contains));
  }

  /// True if the caller is let in to an object, by a group that the schema names or by what the
  /// object says.
  boolean admits(KnownCaller.ByToken token, Map<String, ? extends @Nullable Object> object) {
    return admits(token) || rules.stream().anyMatch(rule -> names(rule, token, object));
  }

  private static boolean names(
      AuthRule rule, KnownCaller.ByToken token, Map<String, ? extends @Nullable Object> object) {
    Collection<String> names =
        switch (rule.allow()) {
          case OWNER -> Set.of(name(rule, token));
          case GROUPS -> rule.groupsField() != null ? groups(rule, token) : Set.of();
          case PUBLIC, PRIVATE, CUSTOM -> Set.of();
        };
    return switch (object.get(field(rule))) {
      case String text -> names.contains(text);
      case Collection<?> several -> several.stream().anyMatch(names::contains);
      case null, default -> false;
    };
  }

  /// Lets the caller create an object, and enters it as the owner where the input does not say who
  /// is.
  ///
  /// @return false if it may not
  boolean fill(KnownCaller.ByToken token, Map<String, @Nullable Object> input) {
    boolean admitted = admits(token, input);
    for (AuthRule rule : owners()) {
      String field = field(rule);
      if (!input.containsKey(field)) {
        String name = name(rule, token);
        input.put(field, lists.contains(field) ? List.of(name) : name);
        admitted = true;
      }
    }
    return admitted;
  }

  /// What a stored object must hold for the caller to be let in, one of these, in the form of
  /// condition inputs. Empty if nothing would.
  List<Map<String, Object>> conditions(KnownCaller.ByToken token) {
    List<Map<String, Object>> conditions = new ArrayList<>();
    for (AuthRule rule : rules) {
      if (rule.allow() == Allow.GROUPS && rule.groupsField() != null) {
        groups(rule, token).stream()
            .sorted()
            .forEach(group -> conditions.add(holds(field(rule), group)));
      }
    }
    owners().forEach(rule -> conditions.add(holds(field(rule), name(rule, token))));
    return conditions;
  }

  private Map<String, Object> holds(String field, String name) {
    return Map.of(field, Map.of(lists.contains(field) ? "contains" : "eq", name));
  }
}
