package dev.polder.appsync.transform.check;

import dev.polder.appsync.transform.ast.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A rule of `@auth`.
///
/// @param provider given or implied
/// @param operations those that it allows, with `read` spelt out
/// @param written its arguments
record AuthRuleUse(String allow, String provider, Set<String> operations, Arguments written) {
  static final List<String> READING = List.of("get", "list", "search", "listen", "sync");
  static final List<String> ALL =
      List.of("create", "update", "delete", "get", "list", "search", "listen", "sync");

  static AuthRuleUse of(Arguments rule) {
    String allow = rule.text("allow", "");
    String implied =
        switch (allow) {
          case "public" -> "apiKey";
          case "custom" -> "function";
          default -> "userPools";
        };
    return new AuthRuleUse(allow, rule.text("provider", implied), operations(rule), rule);
  }

  private static Set<String> operations(Arguments rule) {
    if (!rule.has("operations") || rule.isNull("operations")) {
      return new LinkedHashSet<>(ALL);
    }
    List<String> operations = new ArrayList<>(rule.texts("operations"));
    if (operations.remove("read")) {
      operations.addAll(READING);
    }
    return new LinkedHashSet<>(operations);
  }

  boolean namesGroups() {
    return written.has("groups") && !written.isNull("groups");
  }

  /// The names under which callers whom the rule lets in are known in a model.
  List<String> roles(String model, String ownerClaim) {
    String start = model + ":" + provider + ":";
    List<String> roles = new ArrayList<>();
    String groupClaim = written.text("groupClaim", "cognito:groups");
    if (namesGroups() && written.text("groupsField") == null) {
      written
          .texts("groups")
          .forEach(group -> roles.add(start + "staticGroup:" + group + ":" + groupClaim));
      return roles;
    }
    switch (provider) {
      case "apiKey" -> roles.add(model + ":apiKey:public");
      case "function" -> roles.add(model + ":function:custom");
      case "iam", "identityPool" -> roles.add(model + ":iam:" + allow);
      default -> {
        switch (allow) {
          case "groups" ->
              roles.add(
                  start
                      + "dynamicGroup:"
                      + written.text("groupsField", "groups")
                      + ":"
                      + groupClaim);
          case "owner" ->
              roles.add(
                  start
                      + "owner:"
                      + written.text("ownerField", "owner")
                      + ":"
                      + written.text("identityClaim", ownerClaim));
          default -> roles.add(start + allow);
        }
      }
    }
    return roles;
  }
}
