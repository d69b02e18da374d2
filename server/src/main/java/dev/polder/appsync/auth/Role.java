package dev.polder.appsync.auth;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whom a rule of `@auth` means, whatever it lets them do. A rule that names several groups means
/// several.
///
/// @param claim of owners and groups: the claim, or several with `::` between
/// @param group of a group that the schema names
/// @param field of owners and groups that objects name
/// @param several true if the field is a list
/// @param fills true to fill in the owner also where another rule lets the creator in
record Role(
    Allow allow,
    Provider provider,
    @Nullable String claim,
    @Nullable String group,
    @Nullable String field,
    boolean several,
    boolean fills) {
  private static final String BETWEEN = "::";

  /// The roles of a rule.
  ///
  /// @param lists the fields of the type that are lists
  static List<Role> of(AuthRule rule, Set<String> lists) {
    Provider provider = rule.provider() == Provider.IDENTITY_POOL ? Provider.IAM : rule.provider();
    return switch (rule.allow()) {
      case PUBLIC, PRIVATE, CUSTOM ->
          List.of(new Role(rule.allow(), provider, null, null, null, false, false));
      case OWNER -> {
        String field = Objects.requireNonNullElse(rule.ownerField(), "owner");
        yield List.of(
            new Role(
                rule.allow(),
                provider,
                rule.identityClaim(),
                null,
                field,
                lists.contains(field),
                rule.fills()));
      }
      case GROUPS -> {
        String claim = Objects.requireNonNullElse(rule.groupClaim(), "cognito:groups");
        String field = rule.groupsField();
        yield field != null && rule.groups().isEmpty()
            ? List.of(
                new Role(rule.allow(), provider, claim, null, field, lists.contains(field), false))
            : rule.groups().stream()
                .map(group -> new Role(rule.allow(), provider, claim, group, null, false, false))
                .toList();
      }
    };
  }

  /// True if it depends on the object who is meant.
  boolean isDynamic() {
    return field != null;
  }

  /// True if the caller is meant, whatever the object. For a role that is not dynamic.
  boolean includes(KnownCaller caller) {
    return caller.provider() == provider
        && (group == null
            || (caller instanceof KnownCaller.ByToken token
                && token.groups(claim()).contains(group)));
  }

  public String claim() {
    return Objects.requireNonNullElse(claim, "sub" + BETWEEN + "username");
  }

  /// The caller's names that an object may hold in the field: of an owner the whole one first, then
  /// its parts; of groups all of them. Empty if it cannot be meant.
  List<String> names(KnownCaller caller) {
    if (caller.provider() != provider || !(caller instanceof KnownCaller.ByToken token)) {
      return List.of();
    }
    if (allow == Allow.GROUPS) {
      return token.groups(claim()).stream().sorted().toList();
    }
    List<String> parts = parts(token);
    if (parts.size() < claims().length) {
      return List.of();
    }
    if (parts.size() == 1) {
      return parts;
    }
    List<String> names = new ArrayList<>();
    names.add(String.join(BETWEEN, parts));
    names.addAll(parts);
    return names;
  }

  private String[] claims() {
    return claim().split(BETWEEN, -1);
  }

  /// The claims that the caller has.
  private List<String> parts(KnownCaller.ByToken token) {
    return Stream.of(claims()).map(token::claim).filter(Objects::nonNull).toList();
  }

  /// What a read shows of a stored owner that has several parts: the last, which is the user's
  /// name.
  @Nullable Object shown(@Nullable Object stored) {
    if (allow != Allow.OWNER || !claim().contains(BETWEEN)) {
      return stored;
    }
    return switch (stored) {
      case String text -> text.substring(lastPart(text));
      case List<?> list -> list.stream().map(this::shown).toList();
      case null, default -> stored;
    };
  }

  private static int lastPart(String text) {
    int at = text.lastIndexOf(BETWEEN);
    return at < 0 ? 0 : at + BETWEEN.length();
  }

  /// True if an object, or an input, names the caller.
  boolean includes(KnownCaller caller, Map<String, ? extends @Nullable Object> object) {
    List<String> names = names(caller);
    return !names.isEmpty()
        && switch (object.get(String.valueOf(field))) {
          case String text -> names.contains(text);
          case Collection<?> list -> list.stream().anyMatch(names::contains);
          case null, default -> false;
        };
  }

  /// What an object must hold to mean the caller, in the form of a filter input.
  List<Map<String, Object>> filters(KnownCaller caller) {
    String operator = several ? "contains" : "eq";
    List<String> names = names(caller);
    if (names.isEmpty()
        && allow == Allow.OWNER
        && caller.provider() == provider
        && caller instanceof KnownCaller.ByToken token) {
      // To read, a part of the name is enough.
      names = parts(token);
    }
    return names.stream()
        .map(name -> Map.<String, Object>of(String.valueOf(field), Map.of(operator, name)))
        .toList();
  }

  @Override
  public String toString() {
    return Arrays.asList(allow, provider, group, field).toString();
  }
}
