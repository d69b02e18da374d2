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
/// A role with a policy of AWS's own whose content is not known here is not restricted either.
final class RolePermissions implements Permissions {
  private static final Pattern SESSION =
      Pattern.compile("arn:[^:]+:sts::(\\d{12}):assumed-role/([^/]+)/(.+)");

  // Every session may ask who it is: no policy can take that away.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  private static final String WHO_AM_I = "GetCallerIdentity";

  private static final int REMEMBERED = 256;

  private final Platform platform;
  private final Store store;

  // By account and name.
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  // Parsed managed policies by their documents.
  private final Map<String, Policy> parsed = new ConcurrentHashMap<>();

  /// A role and what it was read from, so that a change of it is seen at once.
  ///
  /// @param inline its own policies
  private record Known(byte[] stored, KeptRole role, List<Policy> inline) {}

  /// What a role may do.
  ///
  /// @param boundary beyond which it may do nothing; empty for none
  private record Restriction(List<Policy> policies, List<Policy> boundary) {
    boolean depends() {
      return policies.stream().anyMatch(Policy::depends)
          || boundary.stream().anyMatch(Policy::depends);
    }

    List<Policy> all() {
      List<Policy> all = new ArrayList<>(policies);
      all.addAll(boundary);
      return all;
    }
  }

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
    Known role = known(session.group(1), session.group(2));
    Restriction restriction = role == null ? null : restriction(session.group(1), role);
    if (role == null || restriction == null) {
      return Optional.empty();
    }
    var context = new RequestContext(platform, scope, caller, role.role(), operation);
    for (Requested asked :
        RequestedActions.of(platform.clients(), scope, service, operation, members.get())) {
      Optional<String> denial = denial(caller, restriction, asked, context);
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
            asked.action(),
            asked.resource(),
            restriction.depends() ? context.values(asked, restriction.all()) : Map.of());
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

  private @Nullable Known known(String account, String name) {
    byte[] stored = new Roles(store, account).stored(name);
    if (stored == null) {
      return null;
    }
    String role = account + "/" + name;
    Known found = known.get(role);
    if (found == null || !Arrays.equals(found.stored, stored)) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      KeptRole kept = KeptRole.of(stored);
      found = new Known(stored, kept, kept.inline().values().stream().map(Policy::of).toList());
      known.put(role, found);
    }
    return found;
  }

  /// All that restricts a role, its managed policies as they are now; null if nothing does.
  private @Nullable Restriction restriction(String account, Known known) {
    KeptRole role = known.role();
    if (role.attached().isEmpty() && role.boundary().isEmpty()) {
      return new Restriction(known.inline(), List.of());
    }
    var managed = new Policies(store, account);
    List<Policy> policies = new ArrayList<>(known.inline());
    for (String arn : role.attached()) {
      Optional<Policy> policy = find(managed, arn);
      if (policy.isEmpty()) {
        return null;
      }
      policies.add(policy.get());
    }
    return new Restriction(
        policies,
        role.boundary().isEmpty()
            ? List.of()
            : find(managed, role.boundary()).map(List::of).orElse(List.of()));
  }

  private Optional<Policy> find(Policies managed, String arn) {
    Optional<String> document =
        managed.isOwn(arn)
            ? managed.find(arn).map(KeptPolicy::document)
            : ManagedPolicies.document(arn);
    return document.map(this::parsed);
  }

  private Policy parsed(String document) {
    Policy policy = parsed.get(document);
    if (policy == null) {
      policy = Policy.of(document);
      if (parsed.size() >= REMEMBERED) {
        parsed.clear();
      }
      parsed.put(document, policy);
    }
    return policy;
  }
}
