package dev.polder.appsync;

import dev.polder.appsync.auth.ApiKey;
import dev.polder.appsync.auth.ApiKeys;
import dev.polder.store.Batch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations on API keys.
final class KeyOperations {
  private static final int MOST = 50;

  private final Management management;

  KeyOperations(Management management) {
    this.management = management;
  }

  ApiKey create(String apiId, @Nullable String description, @Nullable Long expires) {
    management.api(apiId);
    if (list(apiId).size() >= MOST) {
      throw AppSyncErrors.tooManyKeys();
    }
    return save(apiId, ApiKeys.newId(management.platform().ids()), description, expires);
  }

  ApiKey update(String apiId, String id, @Nullable String description, @Nullable Long expires) {
    ApiKey old = find(apiId, id);
    Long until = expires == null ? Long.valueOf(old.expires().getEpochSecond()) : expires;
    return save(apiId, id, description == null ? old.description() : description, until);
  }

  private ApiKey save(
      String apiId, String id, @Nullable String description, @Nullable Long expires) {
    Instant now = management.platform().time().instant();
    Instant until = expires == null ? now.plus(ApiKey.USUAL) : Instant.ofEpochSecond(expires);
    ApiKey key = ApiKey.until(id, description, until);
    if (!ApiKey.isLasting(key.expires(), now)) {
      throw AppSyncErrors.keyValidity();
    }
    var batch = management.keys().put(new Batch(), management.scope(), apiId, key);
    management.apis().commit(batch);
    return key;
  }

  void delete(String apiId, String id) {
    find(apiId, id);
    var batch = management.keys().delete(new Batch(), management.scope(), apiId, id);
    management.apis().commit(batch);
  }

  private ApiKey find(String apiId, String id) {
    management.api(apiId);
    return management
        .keys()
        .find(management.scope(), apiId, id)
        .orElseThrow(() -> AppSyncErrors.notFound("API key not found."));
  }

  List<ApiKey> list(String apiId) {
    management.api(apiId);
    return management.keys().list(management.scope(), apiId);
  }
}
