package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.ast.Arguments;
import graphql.language.Directive;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule of `@auth` as written.
///
/// @param provider the mode in which its callers come, given or implied
/// @param covers the operations that it speaks of
/// @param legacy true if it names queries or mutations instead of operations
/// @param written its arguments
record Rule(
    Allow allow, AuthMode provider, Set<Operation> covers, boolean legacy, Arguments written) {

  /// What a rule may speak of. `READ` is listed beside `GET` and `LIST` because the older arguments
  /// cover those without covering what else reads: subscriptions, connections and indexes.
  enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    READ,
    GET,
    LIST
  }

  private static final Set<Operation> READING =
      EnumSet.of(Operation.READ, Operation.GET, Operation.LIST);

  static List<Rule> of(Directive directive) {
    return Arguments.of(directive).objects("rules").stream().map(Rule::of).toList();
  }

  private static Rule of(Arguments rule) {
    Allow allow =
        switch (rule.text("allow", "")) {
          case "groups" -> Allow.GROUPS;
          case "public" -> Allow.PUBLIC;
          case "private" -> Allow.PRIVATE;
          default -> Allow.OWNER;
        };
    boolean legacy =
        (rule.has("queries") && !rule.isNull("queries"))
            || (rule.has("mutations") && !rule.isNull("mutations"));
    return new Rule(allow, provider(rule, allow), covers(rule), legacy, rule);
  }

  private static AuthMode provider(Arguments rule, Allow allow) {
    return switch (rule.text("provider", allow == Allow.PUBLIC ? "apiKey" : "userPools")) {
      case "apiKey" -> AuthMode.API_KEY;
      case "iam" -> AuthMode.AWS_IAM;
      case "oidc" -> AuthMode.OPENID_CONNECT;
      default -> AuthMode.AMAZON_COGNITO_USER_POOLS;
    };
  }

  /// `operations` decides; without it each of the older `queries` and `mutations` does for its
  /// half.
  private static Set<Operation> covers(Arguments rule) {
    EnumSet<Operation> covered = EnumSet.noneOf(Operation.class);
    if (rule.has("operations")) {
      rule.texts("operations").forEach(name -> cover(covered, name));
      return covered;
    }
    if (rule.has("queries")) {
      rule.texts("queries").forEach(name -> cover(covered, name));
    } else {
      covered.addAll(READING);
    }
    if (rule.has("mutations")) {
      rule.texts("mutations").forEach(name -> cover(covered, name));
    } else {
      covered.addAll(EnumSet.range(Operation.CREATE, Operation.DELETE));
    }
    return covered;
  }

  private static void cover(Set<Operation> covered, String name) {
    switch (name) {
      case "create" -> covered.add(Operation.CREATE);
      case "update" -> covered.add(Operation.UPDATE);
      case "delete" -> covered.add(Operation.DELETE);
      case "read" -> covered.addAll(READING);
      case "get" -> covered.add(Operation.GET);
      case "list" -> covered.add(Operation.LIST);
      default -> {}
    }
  }

  /// The rule as a field has it, to which the older arguments say nothing.
  Rule onField() {
    return written.has("operations")
        ? this
        : new Rule(allow, provider, EnumSet.allOf(Operation.class), legacy, written);
  }

  boolean covers(Operation operation) {
    return covers.contains(operation);
  }

  /// True for a rule of groups that are named in the schema.
  boolean namesGroups() {
    return allow == Allow.GROUPS && written.has("groups") && !written.isNull("groups");
  }

  /// The field that holds the owner if the rule names one.
  Optional<String> ownField() {
    return Optional.ofNullable(written.text("ownerField"));
  }

  String ownerField() {
    return written.text("ownerField", "owner");
  }

  /// The rule for the run time, with its defaults filled in.
  ///
  /// @param subscriptions true if it is to be checked before subscriptions
  AuthRule rule(boolean subscriptions) {
    boolean owner = allow == Allow.OWNER;
    boolean group = allow == Allow.GROUPS;
    return new AuthRule(
        allow,
        mode(),
        owner ? ownerField() : null,
        owner ? written.text("identityClaim", written.text("identityField", "username")) : null,
        group ? written.text("groupClaim", "cognito:groups") : null,
        written.texts("groups"),
        groupsField(),
        operations(subscriptions),
        true,
        false);
  }

  private @Nullable String groupsField() {
    return allow == Allow.GROUPS && !namesGroups() ? written.text("groupsField", "groups") : null;
  }

  private AuthRule.Provider mode() {
    return switch (provider) {
      case API_KEY -> AuthRule.Provider.API_KEY;
      case AWS_IAM -> AuthRule.Provider.IAM;
      case OPENID_CONNECT -> AuthRule.Provider.OIDC;
      case AMAZON_COGNITO_USER_POOLS -> AuthRule.Provider.USER_POOLS;
      case AWS_LAMBDA -> AuthRule.Provider.FUNCTION;
    };
  }

  private Set<AuthRule.Operation> operations(boolean subscriptions) {
    Set<AuthRule.Operation> operations = EnumSet.noneOf(AuthRule.Operation.class);
    for (Operation operation : covers) {
      switch (operation) {
        case CREATE -> operations.add(AuthRule.Operation.CREATE);
        case UPDATE -> operations.add(AuthRule.Operation.UPDATE);
        case DELETE -> operations.add(AuthRule.Operation.DELETE);
        case GET -> operations.add(AuthRule.Operation.GET);
        case LIST -> operations.add(AuthRule.Operation.LIST);
        case READ -> {
          operations.addAll(EnumSet.of(AuthRule.Operation.SYNC, AuthRule.Operation.SEARCH));
          if (subscriptions) {
            operations.add(AuthRule.Operation.LISTEN);
          }
        }
      }
    }
    return operations;
  }
}
