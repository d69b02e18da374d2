package dev.polder.iam;

import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A managed policy of an account.
///
/// @param id `ANPA` and 17 letters and digits
/// @param versions by their ids, `v1` and on; the oldest first
/// @param next the number of the next version
/// @param standard the id of the default version, which is the one that counts
/// @param roles names of the roles that have it
record KeptPolicy(
    String name,
    String id,
    String path,
    Instant created,
    String description,
    Map<String, Version> versions,
    int next,
    String standard,
    List<String> roles,
    Map<String, String> tags)
    implements Entities.Entity {

  /// @param document a JSON text
  record Version(String document, Instant created) {}

  KeptPolicy {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    roles = List.copyOf(roles);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /// What the policy says now.
  String document() {
    return Objects.requireNonNull(versions.get(standard)).document();
  }

  /// When its last version was made.
  Instant updated() {
    return versions.values().stream().map(Version::created).max(Instant::compareTo).orElse(created);
  }

  String arn(String account) {
    return "arn:aws:iam::" + account + ":policy" + path + name;
  }

  KeptPolicy with(Version version, boolean asDefault) {
    Map<String, Version> more = new LinkedHashMap<>(versions);
    String versionId = "v" + next;
    more.put(versionId, version);
    return new KeptPolicy(
        name,
        id,
        path,
        created,
        description,
        more,
        next + 1,
        asDefault ? versionId : standard,
        roles,
        tags);
  }

  KeptPolicy without(String versionId) {
    Map<String, Version> fewer = new LinkedHashMap<>(versions);
    fewer.remove(versionId);
    return new KeptPolicy(name, id, path, created, description, fewer, next, standard, roles, tags);
  }

  KeptPolicy withDefault(String versionId) {
    return new KeptPolicy(
        name, id, path, created, description, versions, next, versionId, roles, tags);
  }

  KeptPolicy withRoles(List<String> changed) {
    return new KeptPolicy(
        name, id, path, created, description, versions, next, standard, changed, tags);
  }

  KeptPolicy withTags(Map<String, String> changed) {
    return new KeptPolicy(
        name, id, path, created, description, versions, next, standard, roles, changed);
  }

  @Override
  public byte[] bytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("id", id);
    json.put("path", path);
    json.put("created", created.toString());
    json.put("description", description);
    Map<String, Object> documents = new LinkedHashMap<>();
    versions.forEach((versionId, version) ->
        documents.put(
            versionId,
            Map.of("document", version.document(), "created", version.created().toString())));
    json.put("versions", documents);
    json.put("next", next);
    json.put("standard", standard);
    json.put("roles", roles);
    json.put("tags", tags);
    return JsonObject.bytes(json);
  }

  static KeptPolicy of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    Map<String, Version> versions = new LinkedHashMap<>();
    JsonObject documents = json.object("versions");
    for (String versionId : documents.names()) {
      JsonObject version = documents.object(versionId);
      versions.put(versionId, new Version(version.text("document"), version.instant("created")));
    }
    return new KeptPolicy(
        json.text("name"),
        json.text("id"),
        json.text("path"),
        json.instant("created"),
        json.text("description"),
        versions,
        json.whole("next"),
        json.text("standard"),
        json.list("roles"),
        json.texts("tags"));
  }
}
