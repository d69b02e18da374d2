package dev.polder.iam;

import dev.polder.store.Batch;
import dev.polder.store.ConflictException;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The roles of one account in the store.
final class Roles {
  private final Store store;
  private final Key all;

  Roles(Store store, String account) {
    this.store = store;
    this.all = Key.of("iam", account, "aws-global", "role");
  }

  /// @throws software.amazon.awssdk.services.iam.model.NoSuchEntityException if there is none
  KeptRole get(String name) {
    return KeptRole.of(bytes(name));
  }

  /// A role as it is stored; null if there is none.
  byte @Nullable [] stored(String name) {
    return store.get(all.with(name));
  }

  private byte[] bytes(String name) {
    byte[] bytes = stored(name);
    if (bytes == null) {
      throw IamErrors.noRole(name);
    }
    return bytes;
  }

  void create(KeptRole role) {
    Key key = all.with(role.name());
    try {
      store.commit(new Batch().require(key, null).put(key, role.bytes()));
    } catch (ConflictException _) {
      throw IamErrors.exists(role.name());
    }
  }

  /// Changes a role as it is, again where somebody else changed it meanwhile.
  void update(String name, UnaryOperator<KeptRole> change) {
    Key key = all.with(name);
    boolean done = false;
    while (!done) {
      byte[] before = bytes(name);
      byte[] after = change.apply(KeptRole.of(before)).bytes();
      done = tried(new Batch().require(key, before).put(key, after));
    }
  }

  /// Removes a role that has no policies.
  void delete(String name) {
    Key key = all.with(name);
    boolean done = false;
    while (!done) {
      byte[] before = bytes(name);
      KeptRole role = KeptRole.of(before);
      if (!role.attached().isEmpty()) {
        throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
      }
      if (!role.inline().isEmpty()) {
        throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
      }
      done = tried(new Batch().require(key, before).delete(key));
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

  /// Roles in the order of their names.
  ///
  /// @param after null to begin at the first
  List<KeptRole> list(@Nullable String after, int size) {
    List<KeptRole> found = new ArrayList<>();
    KeyRange range =
        after == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, all.with(after));
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && found.size() < size) {
        found.add(KeptRole.of(scan.next().value()));
      }
    }
    return found;
  }
}
