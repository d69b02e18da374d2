package dev.polder.iam;

import dev.polder.iam.Entities.Held;
import dev.polder.iam.Entities.Page;
import dev.polder.store.Batch;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The managed policies of one account in the store, and to which roles they are attached.
final class Policies {
  private final String account;
  private final Entities<KeptPolicy> entities;
  private final Roles roles;

  Policies(Store store, String account) {
    this.account = account;
    this.entities = new Entities<>(store, account, "policy", KeptPolicy::of);
    this.roles = new Roles(store, account);
  }

  /// Whether an ARN is that of a policy which this account could have.
  boolean isOwn(String arn) {
    return arn.startsWith("arn:aws:iam::" + account + ":policy/");
  }

  Optional<KeptPolicy> find(String arn) {
    return stored(arn).map(Held::value);
  }

  private Optional<Held<KeptPolicy>> stored(String arn) {
    return isOwn(arn)
        ? entities
            .find(arn.substring(arn.lastIndexOf('/') + 1))
            .filter(policy -> policy.value().arn(account).equals(arn))
        : Optional.empty();
  }

  /// @throws software.amazon.awssdk.services.iam.model.NoSuchEntityException if there is none
  KeptPolicy get(String arn) {
    return held(arn).value();
  }

  private Held<KeptPolicy> held(String arn) {
    return stored(arn).orElseThrow(() -> IamErrors.noPolicy(arn));
  }

  void create(KeptPolicy policy) {
    if (!entities.create(policy)) {
      throw IamErrors.policyExists(policy.name());
    }
  }

  void update(String arn, UnaryOperator<KeptPolicy> change) {
    entities.change(() -> {
      Held<KeptPolicy> policy = held(arn);
      return policy.replace(new Batch(), change.apply(policy.value()));
    });
  }

  /// Removes a policy that no role has, with its one version.
  void delete(String arn) {
    entities.change(() -> {
      Held<KeptPolicy> policy = held(arn);
      if (!policy.value().roles().isEmpty()) {
        throw IamErrors.conflict("Cannot delete a policy attached to entities.");
      }
      if (policy.value().versions().size() > 1) {
        throw IamErrors.conflict(
            "This policy has more than one version. Before you delete a policy, you must delete"
                + " the policy's versions. The default version is deleted with the policy.");
      }
      return policy.remove(new Batch());
    });
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
    entities.change(() -> {
      Held<KeptRole> held = roles.held(roleName);
      KeptRole role = held.value();
      var batch = new Batch();
      if (isOwn(arn)) {
        Held<KeptPolicy> policy = stored(arn).orElseThrow(() -> IamErrors.notAttachable(arn));
        List<String> linked = change.apply(policy.value().roles(), roleName);
        policy.replace(batch, policy.value().withRoles(linked));
      }
      return held.replace(batch, role.withAttached(change.apply(role.attached(), arn)));
    });
  }

  Page<KeptPolicy> page(@Nullable String marker, int size, Predicate<KeptPolicy> wanted) {
    return entities.page(marker, size, wanted);
  }
}
