package dev.polder.appsync.auth;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Redaction;
import dev.polder.appsync.api.Resolver;
import graphql.language.FieldDefinition;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields that are null in the answers of mutations, so that no subscriber gets to see what it
/// may not read. For connections that depends on the rules of both sides, as in Amplify's
/// transform:
/// https://docs.amplify.aws/gen1/javascript/build-a-backend/graphqlapi/customize-authorization-rules/
final class Redactions {
  private final Api api;
  private final Map<String, ModelRules> models;
  private final Set<FieldName> found = new HashSet<>();

  private Redactions(Api api, Map<String, ModelRules> models) {
    this.api = api;
    this.models = models;
  }

  static Set<FieldName> of(
      Api api, Map<String, ModelRules> models, Iterable<ObjectTypeDefinition> types) {
    var redactions = new Redactions(api, models);
    types.forEach(redactions::add);
    return redactions.found;
  }

  private void add(ObjectTypeDefinition type) {
    Redaction redaction = api.redactions().get(type.getName());
    ModelRules rules = models.get(type.getName());
    if (redaction == null || rules == null) {
      return;
    }
    for (FieldDefinition field : type.getFieldDefinitions()) {
      var name = new FieldName(type.getName(), field.getName());
      boolean withheld =
          rules.guards(field.getName())
              || (redaction == Redaction.CONNECTIONS
                  && !(field.getType() instanceof NonNullType)
                  && differs(rules.readersOf(field.getName()), related(name)));
      if (withheld) {
        found.add(name);
      }
    }
  }

  private @Nullable ModelRules related(FieldName field) {
    return switch (api.resolvers().get(field)) {
      case Resolver.Children children -> models.get(children.model());
      case Resolver.One one -> models.get(one.model());
      case null, default -> null;
    };
  }

  /// True if some callers may read both sides, but not all who may read this one.
  private static boolean differs(List<Role> all, @Nullable ModelRules related) {
    if (related == null) {
      return false;
    }
    List<Role> here = ModelRules.besidesPrivate(all, all);
    List<Role> there = ModelRules.besidesPrivate(related.readers(), related.readers());
    boolean common = here.stream().anyMatch(role -> there.stream().anyMatch(r -> both(role, r)));
    boolean same =
        here.size() == there.size()
            && there.stream()
                .allMatch(
                    role -> here.stream().anyMatch(each -> isSame(each, role) && isSettled(each)));
    return common && !same;
  }

  private static boolean both(Role here, Role there) {
    Provider provider = here.provider();
    boolean users =
        provider == there.provider()
            && (provider == Provider.USER_POOLS || provider == Provider.OIDC);
    return isSame(here, there)
        || (users && (here.allow() == Allow.PRIVATE || there.allow() == Allow.PRIVATE));
  }

  private static boolean isSame(Role one, Role other) {
    return one.provider() == other.provider()
        && one.allow() == other.allow()
        && one.claim().equals(other.claim())
        && Objects.equals(one.group(), other.group())
        && Objects.equals(one.field(), other.field());
  }

  /// True if it does not depend on an object, or on a function, who is let in.
  private static boolean isSettled(Role role) {
    return !role.isDynamic() && role.allow() != Allow.CUSTOM;
  }
}
