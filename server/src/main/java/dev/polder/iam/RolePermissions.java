package dev.polder.iam;

import dev.polder.iam.RequestedActions.Requested;
import dev.polder.iam.policy.AccessRequest;
import dev.polder.iam.policy.Effect;
import dev.polder.iam.policy.Policy;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Permissions;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Store;
import java.util.ArrayList;
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

  private final Platform platform;
  private final Store store;

  // Parsed policies by their documents.
  private final Map<String, Policy> parsed = new ConcurrentHashMap<>();

  RolePermissions(Platform platform) {
    this.platform = platform;
    this.store = platform.store();
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
    Optional<KeptRole> role = new Roles(store, session.group(1)).find(session.group(2));
    Optional<Restriction> known = role.flatMap(each -> restriction(session.group(1), each));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var context = new RequestContext(platform, scope, caller, role.get(), operation);
    for (Requested asked :
        RequestedActions.of(platform.clients(), scope, service, operation, members.get())) {
      Optional<String> denial = denial(caller, known.get(), asked, context);
      if (denial.isPresent()) {
        return denial;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> denial(
      Caller caller, Restriction restriction, Requested asked, RequestContext context) {
    var request =
        new AccessRequest(
            asked.action(), asked.resource(), context.values(asked, restriction.all()));
    Effect effect = Policy.decide(restriction.policies(), request);
    if (effect != Effect.ALLOWED) {
      return Optional.of(message(caller, asked, effect, "identity-based policy"));
    }
    List<Policy> boundary = restriction.boundary();
    Effect within = boundary.isEmpty() ? Effect.ALLOWED : Policy.decide(boundary, request);
    return within == Effect.ALLOWED
        ? Optional.empty()
        : Optional.of(message(caller, asked, within, "permissions boundary"));
  }

  // As the real services word it:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
  private static String message(Caller caller, Requested asked, Effect effect, String kind) {
    String why =
        effect == Effect.DENIED
            ? "with an explicit deny in " + (kind.startsWith("i") ? "an " : "a ") + kind
            : "because no " + kind + " allows the " + asked.action() + " action";
    return "User: "
        + caller.arn()
        + " is not authorized to perform: "
        + asked.action()
        + (asked.resource().equals("*") ? "" : " on resource: " + asked.resource())
        + " "
        + why;
  }

  /// The policies of a role as they are now: a change counts at once.
  private Optional<Restriction> restriction(String account, KeptRole role) {
    var managed = new Policies(store, account);
    List<String> documents = new ArrayList<>(role.inline().values());
    List<Policy> policies = new ArrayList<>();
    for (String arn : role.attached()) {
      Optional<Policy> policy = find(managed, arn);
      if (policy.isEmpty()) {
        return Optional.empty();
      }
      policies.add(policy.get());
    }
    documents.forEach(document -> policies.add(parsed(document)));
    List<Policy> boundary =
        role.boundary().isEmpty()
            ? List.of()
            : find(managed, role.boundary()).map(List::of).orElse(List.of());
    return Optional.of(new Restriction(policies, boundary));
  }

  private Optional<Policy> find(Policies managed, String arn) {
    return managed.isOwn(arn)
        ? managed.find(arn).map(policy -> parsed(policy.document()))
        : ManagedPolicies.find(arn);
  }

  private Policy parsed(String document) {
    Policy known = parsed.get(document);
    if (known == null) {
      known = Policy.of(document);
      if (parsed.size() >= REMEMBERED) {
        parsed.clear();
      }
      parsed.put(document, known);
    }
    return known;
  }

  /// What a role may do.
  ///
  /// @param boundary beyond which it may do nothing; empty for none
  private record Restriction(List<Policy> policies, List<Policy> boundary) {
    List<Policy> all() {
      List<Policy> all = new ArrayList<>(policies);
      all.addAll(boundary);
      return all;
    }
  }
}
