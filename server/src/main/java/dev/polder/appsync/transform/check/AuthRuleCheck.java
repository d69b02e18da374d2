package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.AuthModes;
import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Directive;
import java.util.List;
import java.util.Set;

/// What each rule of an `@auth` must satisfy by itself.
final class AuthRuleCheck {
  private final AuthModes modes;
  private final Directive directive;

  AuthRuleCheck(AuthModes modes, Directive directive) {
    this.modes = modes;
    this.directive = directive;
  }

  void check(AuthRuleUse rule) {
    strategy(rule);
    configured(rule.provider());
    claims(rule);
  }

  private void strategy(AuthRuleUse rule) {
    switch (rule.allow()) {
      case "groups" -> groups(rule);
      case "owner" ->
          only(rule, Set.of("userPools", "oidc"), "'userPools' (default) and 'oidc' providers");
      case "public" ->
          only(
              rule,
              Set.of("apiKey", "iam", "identityPool"),
              "'apiKey' (default) and 'identityPool' providers");
      case "private" ->
          only(
              rule,
              Set.of("userPools", "iam", "identityPool", "oidc"),
              "'userPools' (default) and 'identityPool' providers");
      case "custom" -> only(rule, Set.of("function"), "'function' (default) provider");
      default -> {}
    }
  }

  private void groups(AuthRuleUse rule) {
    if (!rule.provider().equals("userPools") && !rule.provider().equals("oidc")) {
      throw Check.wrong(
          directive,
          ("@auth directive with 'groups' strategy only supports 'userPools' and 'oidc' providers,"
                  + " but found '%s' assigned.")
              .formatted(rule.provider()));
    }
    if (!rule.namesGroups() && rule.written().text("groupsField") == null) {
      throw Check.wrong(
          directive,
          "@auth directive with 'groups' should have a defined groups list or a groupsField.");
    }
  }

  private void only(AuthRuleUse rule, Set<String> allowed, String names) {
    if (!allowed.contains(rule.provider())) {
      throw Check.wrong(
          directive,
          "@auth directive with '%s' strategy only supports %s, but found '%s' assigned."
              .formatted(rule.allow(), names, rule.provider()));
    }
  }

  private void configured(String provider) {
    switch (provider) {
      case "apiKey" -> configured(provider, AuthMode.API_KEY, "API Key");
      case "oidc" -> configured(provider, AuthMode.OPENID_CONNECT, "OPENID_CONNECT");
      case "userPools" ->
          configured(provider, AuthMode.AMAZON_COGNITO_USER_POOLS, "Cognito User Pools");
      case "iam", "identityPool" -> configured(provider, AuthMode.AWS_IAM, "IAM");
      case "function" -> configured(provider, AuthMode.AWS_LAMBDA, "Lambda");
      default -> {}
    }
  }

  private void configured(String provider, AuthMode mode, String title) {
    if (!modes.allows(mode)) {
      throw Check.wrong(
          directive,
          "@auth directive with '%s' provider found, but the project has no %s authentication provider configured."
              .formatted(provider, title));
    }
  }

  private void claims(AuthRuleUse rule) {
    Arguments written = rule.written();
    boolean groups = rule.allow().equals("groups");
    if (groups && written.text("identityClaim") != null) {
      throw Check.wrong(
          directive, "\n          @auth identityClaim can only be used for 'allow: owner'");
    }
    if (rule.allow().equals("owner") && written.text("groupClaim") != null) {
      throw Check.wrong(directive, "\n          @auth groupClaim can only be used 'allow: groups'");
    }
    if (written.text("groupsField") != null && rule.namesGroups()) {
      throw Check.wrong(
          directive, "This rule has groupsField and groups, please use one or the other");
    }
    if (groups && written.value("groups") instanceof List<?> list && list.isEmpty()) {
      throw Check.wrong(directive, "@auth rules using groups cannot have an empty list");
    }
  }
}
