package dev.polder.iam;

import dev.polder.store.Batch;
import dev.polder.store.ConflictException;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The managed policies of one account in the store, and to which roles they are attached.
final class Policies {
  private final Store store;
  private final String account;
  private final Key all;
  private final Key roles;

  Policies(Store store, String account) {
    this.store = store;
    this.account = account;
    this.all = Key.of("iam", account, "aws-global", "policy");
    this.roles = Key.of("iam", account, "aws-global", "role");
  }

  /// Whether an ARN is that of a policy which this account could have.
  boolean isOwn(String arn) {
    return arn.startsWith("arn:aws:iam::" + account + ":policy/");
  }

  Optional<KeptPolicy> find(String arn) {
    return isOwn(arn) ? Optional.ofNullable(bytes(arn)).map(KeptPolicy::of) : Optional.empty();
  }

  private Key key(String arn) {
    return all.with(arn.substring(arn.lastIndexOf('/') + 1));
  }

  private byte @Nullable [] bytes(String arn) {
    byte[] bytes = store.get(key(arn));
    return bytes != null && KeptPolicy.of(bytes).arn(account).equals(arn) ? bytes : null;
  }

  /// @throws software.amazon.awssdk.services.iam.model.NoSuchEntityException if there is none
  KeptPolicy get(String arn) {
    return find(arn).orElseThrow(() -> IamErrors.noPolicy(arn));
  }

  void create(KeptPolicy policy) {
    Key key = all.with(policy.name());
    if (!tried(new Batch().require(key, null).put(key, policy.bytes()))) {
      throw IamErrors.policyExists(policy.name());
    }
  }

  void update(String arn, UnaryOperator<KeptPolicy> change) {
    boolean done = false;
    while (!done) {
      byte[] before = present(arn);
      byte[] after = change.apply(KeptPolicy.of(before)).bytes();
      done = tried(new Batch().require(key(arn), before).put(key(arn), after));
    }
  }

  private byte[] present(String arn) {
    byte[] bytes = isOwn(arn) ? bytes(arn) : null;
    if (bytes == null) {
      throw IamErrors.noPolicy(arn);
    }
    return bytes;
  }

  /// Removes a policy that no role has, with its one version.
  void delete(String arn) {
    boolean done = false;
    while (!done) {
      byte[] before = present(arn);
      KeptPolicy policy = KeptPolicy.of(before);
      if (!policy.roles().isEmpty()) {
        throw IamErrors.conflict("Cannot delete a policy attached to entities.");
      }
      if (policy.versions().size() > 1) {
        throw IamErrors.conflict(
            "This policy has more than one version. Before you delete a policy, you must delete"
                + " the policy's versions. The default version is deleted with the policy.");
      }
      done = tried(new Batch().require(key(arn), before).delete(key(arn)));
    }
  }

  /// Attaches a policy to a role; nothing where it is so already. AWS's own policies are not looked
  /// for.
  void attach(String role, String arn) {
    link(role, arn, Policies::with);
  }

  /// Takes a policy away from a role.
  void detach(String role, String arn) {
    link(
        role,
        arn,
        (list, name) -> {
          if (!list.contains(name)) {
            throw IamErrors.noEntity("Policy " + arn + " was not found.");
          }
          return list.stream().filter(each -> !each.equals(name)).toList();
        });
  }

  private static List<String> with(List<String> list, String name) {
    if (list.contains(name)) {
      return list;
    }
    List<String> more = new ArrayList<>(list);
    more.add(name);
    return more;
  }

  private interface Change {
    List<String> apply(List<String> list, String name);
  }

  /// The role's list of policies and the policy's list of roles change together.
  private void link(String roleName, String arn, Change change) {
    boolean done = false;
    while (!done) {
      Key roleKey = roles.with(roleName);
      byte[] before = store.get(roleKey);
      if (before == null) {
        throw IamErrors.noRole(roleName);
      }
      var batch = new Batch().require(roleKey, before);
      if (isOwn(arn)) {
        byte[] policy = bytes(arn);
        if (policy == null) {
          throw IamErrors.notAttachable(arn);
        }
        KeptPolicy kept = KeptPolicy.of(policy);
        KeptPolicy linked = kept.withRoles(change.apply(kept.roles(), roleName));
        batch.require(key(arn), policy).put(key(arn), linked.bytes());
      }
      KeptRole role = KeptRole.of(before);
      batch.put(roleKey, role.withAttached(change.apply(role.attached(), arn)).bytes());
      done = tried(batch);
    }
  }

  private boolean tried(Batch batch) {
    try {
      store.commit(batch);
      return true;
    } catch (ConflictException _) {
      return false;
    }
  }

  /// Policies in the order of their names.
  ///
  /// @param after null to begin at the first
  List<KeptPolicy> list(@Nullable String after, int size) {
    List<KeptPolicy> found = new ArrayList<>();
    KeyRange range =
        after == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, all.with(after));
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && found.size() < size) {
        found.add(KeptPolicy.of(scan.next().value()));
      }
    }
    return found;
  }
}
