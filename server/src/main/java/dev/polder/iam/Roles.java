package dev.polder.iam;

import dev.polder.iam.Entities.Held;
import dev.polder.iam.Entities.Page;
import dev.polder.store.Batch;
import dev.polder.store.Store;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The roles of one account in the store.
final class Roles {
  private final Entities<KeptRole> entities;

  Roles(Store store, String account) {
    this.entities = new Entities<>(store, account, "role", KeptRole::of);
  }

  /// @throws software.amazon.awssdk.services.iam.model.NoSuchEntityException if there is none
  KeptRole get(String name) {
    return held(name).value();
  }

  /// A role, to be changed as it is.
  ///
  /// @throws software.amazon.awssdk.services.iam.model.NoSuchEntityException if there is none
  Held<KeptRole> held(String name) {
    return entities.find(name).orElseThrow(() -> IamErrors.noRole(name));
  }

  /// A role's stored form; null if there is none.
  byte @Nullable [] stored(String name) {
    return entities.stored(name);
  }

  void create(KeptRole role) {
    if (!entities.create(role)) {
      throw IamErrors.exists(role.name());
    }
  }

  void update(String name, UnaryOperator<KeptRole> change) {
    entities.change(() -> {
      Held<KeptRole> role = held(name);
      return role.replace(new Batch(), change.apply(role.value()));
    });
  }

  /// Removes a role that has no policies.
  void delete(String name) {
    entities.change(() -> {
      Held<KeptRole> role = held(name);
      if (!role.value().attached().isEmpty()) {
        throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
      }
      if (!role.value().inline().isEmpty()) {
        throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
      }
      return role.remove(new Batch());
    });
  }

  Page<KeptRole> page(@Nullable String marker, int size, Predicate<KeptRole> wanted) {
    return entities.page(marker, size, wanted);
  }
}
