package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Provider;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
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

  /// The rules for owners.
  List<AuthRule> owners() {
    return rules.stream().filter(rule -> rule.allow() == Allow.OWNER).toList();
  }

  /// The rules for groups that objects name.
  List<AuthRule> namingGroups() {
    return rules.stream()
        .filter(rule -> rule.allow() == Allow.GROUPS && rule.groupsField() != null)
        .toList();
  }

  /// The field that names an owner or a group.
  static String field(AuthRule rule) {
    return rule.allow() == Allow.OWNER
        ? Objects.requireNonNullElse(rule.ownerField(), "owner")
        : Objects.requireNonNullElse(rule.groupsField(), "groups");
  }

  /// The caller's name as an owner.
  static String name(AuthRule rule, KnownCaller.ByToken token) {
    String claim = Objects.requireNonNullElse(rule.identityClaim(), "username");
    return Objects.requireNonNullElse(token.claim(claim), NOBODY);
  }

  /// The caller's groups. The generated templates take a text apart unless the claim is Cognito's
  /// own, which always is an array.
  static Set<String> groups(AuthRule rule, KnownCaller.ByToken token) {
    String claim = Objects.requireNonNullElse(rule.groupClaim(), COGNITO_GROUPS);
    return new LinkedHashSet<>(
        claim.equals(COGNITO_GROUPS) ? token.listed(claim) : token.named(claim));
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

  /// True if an object, or an input, names the caller in the rule's field.
  static boolean names(
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
}
