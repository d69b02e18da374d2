package dev.polder.iam;

import dev.polder.iam.RequestedActions.Requested;
import dev.polder.iam.policy.AccessRequest;
import dev.polder.iam.policy.Effect;
import dev.polder.iam.policy.Policy;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Scope;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the policies of a role let its sessions do. Callers that are no session of a role that is
/// known here may do everything: who develops is root.
///
/// A role with an attached policy whose content is not known here is not restricted either.
final class RolePermissions implements Permissions {
  private static final Pattern SESSION =
      Pattern.compile("arn:[^:]+:sts::(\\d{12}):assumed-role/([^/]+)/(.+)");

  // Every session may ask who it is: no policy can take that away.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  private static final String WHO_AM_I = "GetCallerIdentity";

  private static final int REMEMBERED = 256;

  private final Store store;

  // By account and name.
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// Parsed policies and what they were parsed from, so that a change of a role is seen at once.
  ///
  /// @param policies empty if the role is not restricted
  private record Known(byte[] stored, Optional<List<Policy>> policies) {}

  RolePermissions(Store store) {
    this.store = store;
  }

  @Override
  public Optional<String> denial(
      Caller caller,
      Scope scope,
      String service,
      String operation,
      Supplier<Map<String, @Nullable Object>> members) {
    Matcher session = SESSION.matcher(caller.arn());
    if (!session.matches() || operation.equals(WHO_AM_I)) {
      return Optional.empty();
    }
    Optional<List<Policy>> policies = policies(session.group(1), session.group(2));
    if (policies.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<String>> context = context(caller, scope);
    for (Requested asked : RequestedActions.of(scope, service, operation, members.get())) {
      var request = new AccessRequest(asked.action(), asked.resource(), context);
      Effect effect = Policy.decide(policies.get(), request);
      if (effect != Effect.ALLOWED) {
        return Optional.of(message(caller, asked, effect));
      }
    }
    return Optional.empty();
  }

  private static Map<String, List<String>> context(Caller caller, Scope scope) {
    return Map.of(
        "aws:PrincipalArn", List.of(caller.arn()),
        "aws:PrincipalAccount", List.of(caller.account()),
        "aws:userid", List.of(caller.userId()),
        "aws:RequestedRegion", List.of(scope.region()),
        "aws:ResourceAccount", List.of(scope.account()));
  }

  // As the real services word it:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
  private static String message(Caller caller, Requested asked, Effect effect) {
    String why =
        effect == Effect.DENIED
            ? "with an explicit deny in an identity-based policy"
            : "because no identity-based policy allows the " + asked.action() + " action";
    return "User: "
        + caller.arn()
        + " is not authorized to perform: "
        + asked.action()
        + (asked.resource().equals("*") ? "" : " on resource: " + asked.resource())
        + " "
        + why;
  }

  private Optional<List<Policy>> policies(String account, String name) {
    byte[] stored = new Roles(store, account).stored(name);
    if (stored == null) {
      return Optional.empty();
    }
    String role = account + "/" + name;
    Known found = known.get(role);
    if (found == null || !Arrays.equals(found.stored, stored)) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      found = new Known(stored, parse(KeptRole.of(stored)));
      known.put(role, found);
    }
    return found.policies;
  }

  private static Optional<List<Policy>> parse(KeptRole role) {
    List<Policy> policies = new ArrayList<>();
    role.inline().values().forEach(document -> policies.add(Policy.of(document)));
    for (String arn : role.attached()) {
      Optional<Policy> managed = ManagedPolicies.find(arn);
      if (managed.isEmpty()) {
        return Optional.empty();
      }
      policies.add(managed.get());
    }
    return Optional.of(policies);
  }
}
