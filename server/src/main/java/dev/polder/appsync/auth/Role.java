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
/// @param shortens true if readers of an owner of several parts see the last part alone
record Role(
    Allow allow,
    Provider provider,
    @Nullable String claim,
    @Nullable String group,
    @Nullable String field,
    boolean several,
    boolean fills,
    boolean shortens) {
  private static final String BETWEEN = "::";

  /// The roles of a rule.
  ///
  /// @param lists the fields of the type that are lists
  static List<Role> of(AuthRule rule, Set<String> lists) {
    Provider provider = rule.provider() == Provider.IDENTITY_POOL ? Provider.IAM : rule.provider();
    return switch (rule.allow()) {
      case PUBLIC, PRIVATE, CUSTOM ->
          List.of(new Role(rule.allow(), provider, null, null, null, false, false, false));
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
                rule.fills(),
                rule.shortens()));
      }
      case GROUPS -> {
        String claim = Objects.requireNonNullElse(rule.groupClaim(), "cognito:groups");
        String field = rule.groupsField();
        yield field != null && rule.groups().isEmpty()
            ? List.of(ofGroup(provider, claim, null, field, lists.contains(field)))
            : rule.groups().stream()
                .map(group -> ofGroup(provider, claim, group, null, false))
                .toList();
      }
    };
  }

  private static Role ofGroup(
      Provider provider,
      String claim,
      @Nullable String group,
      @Nullable String field,
      boolean several) {
    return new Role(Allow.GROUPS, provider, claim, group, field, several, false, false);
  }

  /// True if it depends on the object who is meant.
  boolean isDynamic() {
    return field != null;
  }

  /// True if the caller is meant, whatever the object. For a role that is not dynamic.
  ///
  /// The generated templates ask `contains` of the claim, whatever it is: where it is a text, the
  /// group's name has to be a part of it.
  boolean includes(KnownCaller caller) {
    if (caller.provider() != provider || group == null) {
      return caller.provider() == provider;
    }
    return caller instanceof KnownCaller.ByToken token
        && switch (token.claims().get(claim())) {
          case String text -> text.contains(group);
          case Collection<?> several -> several.contains(group);
          case null, default -> false;
        };
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
      return token.named(claim());
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

  /// The same where a parent gives the key of a connection: the generated templates compare the
  /// claim of groups as a whole, so that an array equals no key.
  List<String> relatedNames(KnownCaller caller) {
    if (allow == Allow.GROUPS
        && caller.provider() == provider
        && caller instanceof KnownCaller.ByToken token) {
      return token.claims().get(claim()) instanceof String text ? List.of(text) : List.of();
    }
    return names(caller);
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
    if (!shortens || !claim().contains(BETWEEN)) {
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

  /// What an object must hold for the caller to read it, in the form of a filter input.
  List<Map<String, Object>> filters(KnownCaller caller) {
    return filters(readingNames(caller));
  }

  /// To read, a part of an owner's name is enough, while groups that objects list have to be listed
  /// in the claim too: the generated queries do not take a text apart.
  private List<String> readingNames(KnownCaller caller) {
    List<String> names = names(caller);
    if (caller.provider() != provider || !(caller instanceof KnownCaller.ByToken token)) {
      return names;
    }
    return switch (allow) {
      case OWNER -> names.isEmpty() ? parts(token) : names;
      case GROUPS -> several ? token.listed(claim()) : names;
      case PUBLIC, PRIVATE, CUSTOM -> names;
    };
  }

  /// What the answer of a mutation must hold for the caller to hear of it. An owner's name is the
  /// last part there, which is what readers see of it.
  List<Map<String, Object>> heard(KnownCaller caller) {
    List<String> names = names(caller);
    return filters(allow == Allow.OWNER && !names.isEmpty() ? List.of(names.getLast()) : names);
  }

  private List<Map<String, Object>> filters(List<String> names) {
    String operator = several ? "contains" : "eq";
    return names.stream()
        .map(name -> Map.<String, Object>of(String.valueOf(field), Map.of(operator, name)))
        .toList();
  }

  @Override
  public String toString() {
    return Arrays.asList(allow, provider, group, field).toString();
  }
}
