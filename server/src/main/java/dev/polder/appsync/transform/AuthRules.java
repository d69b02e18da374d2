package dev.polder.appsync.transform;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.AuthRule.Provider;
import graphql.language.Directive;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `@auth(rules: …)` with the defaults filled in.
final class AuthRules {
  private static final Set<Operation> READ =
      EnumSet.of(Operation.GET, Operation.LIST, Operation.SEARCH, Operation.SYNC, Operation.LISTEN);

  private AuthRules() {}

  static List<AuthRule> of(Directive auth, TransformOptions options) {
    List<AuthRule> rules = new ArrayList<>();
    if (Directives.arguments(auth).get("rules") instanceof List<?> given) {
      for (Object rule : given) {
        if (rule instanceof Map<?, ?> map) {
          rules.add(rule(map, options));
        }
      }
    }
    return rules;
  }

  private static AuthRule rule(Map<?, ?> given, TransformOptions options) {
    Allow allow = constant(Allow.class, given.get("allow"), Allow.PUBLIC);
    List<String> groups = new ArrayList<>();
    if (given.get("groups") instanceof List<?> names) {
      names.forEach(name -> groups.add(String.valueOf(name)));
    }
    boolean owner = allow == Allow.OWNER;
    boolean group = allow == Allow.GROUPS;
    String field = text(given, "groupsField", null);
    return new AuthRule(
        allow,
        provider(given.get("provider"), allow),
        owner ? text(given, "ownerField", "owner") : null,
        owner ? text(given, "identityClaim", identityClaim(options)) : null,
        group ? text(given, "groupClaim", "cognito:groups") : null,
        field == null ? groups : List.of(),
        group && groups.isEmpty() && field == null ? "groups" : field,
        operations(given.get("operations")),
        options.flag("populateOwnerFieldForStaticGroupAuth", true),
        owner && namesBySub(options));
  }

  private static boolean namesBySub(TransformOptions options) {
    return options.flag("useSubUsernameForDefaultIdentityClaim", true);
  }

  private static String identityClaim(TransformOptions options) {
    return namesBySub(options) ? "sub::username" : "username";
  }

  private static @Nullable String text(Map<?, ?> given, String name, @Nullable String standard) {
    return given.get(name) instanceof String text && !text.isEmpty() ? text : standard;
  }

  private static Provider provider(@Nullable Object given, Allow allow) {
    Provider standard =
        switch (allow) {
          case OWNER, GROUPS, PRIVATE -> Provider.USER_POOLS;
          case PUBLIC -> Provider.API_KEY;
          case CUSTOM -> Provider.FUNCTION;
        };
    return switch (String.valueOf(given)) {
      case "apiKey" -> Provider.API_KEY;
      case "userPools" -> Provider.USER_POOLS;
      case "identityPool" -> Provider.IDENTITY_POOL;
      default -> constant(Provider.class, given, standard);
    };
  }

  /// What a rule allows; without a list of operations, all of them.
  private static Set<Operation> operations(@Nullable Object given) {
    if (!(given instanceof List<?> names)) {
      return EnumSet.allOf(Operation.class);
    }
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    for (Object name : names) {
      if ("read".equals(name)) {
        operations.addAll(READ);
      } else {
        operations.add(constant(Operation.class, name, Operation.GET));
      }
    }
    return operations;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, @Nullable Object name, E standard) {
    String wanted = String.valueOf(name).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(wanted)) {
        return constant;
      }
    }
    return standard;
  }

  /// The mode that callers of a provider use.
  static AuthMode mode(Provider provider) {
    return switch (provider) {
      case API_KEY -> AuthMode.API_KEY;
      case IAM, IDENTITY_POOL -> AuthMode.AWS_IAM;
      case USER_POOLS -> AuthMode.AMAZON_COGNITO_USER_POOLS;
      case OIDC -> AuthMode.OPENID_CONNECT;
      case FUNCTION -> AuthMode.AWS_LAMBDA;
    };
  }
}
