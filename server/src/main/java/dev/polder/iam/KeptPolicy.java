package dev.polder.iam;

import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
    Map<String, String> tags) {

  /// @param document a JSON text
  record Version(String document, Instant created) {}

  KeptPolicy {
    versions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    roles = List.copyOf(roles);
    tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
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

  byte[] bytes() {
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
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static KeptPolicy of(byte[] bytes) {
    Map<String, Object> json = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    Map<String, Version> versions = new LinkedHashMap<>();
    map(json, "versions")
        .forEach((versionId, value) -> {
          Map<?, ?> version = (Map<?, ?>) value;
          versions.put(
              String.valueOf(versionId),
              new Version(
                  String.valueOf(version.get("document")),
                  Instant.parse(String.valueOf(version.get("created")))));
        });
    List<String> roles = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(json.get("roles"))).forEach(r -> roles.add((String) r));
    Map<String, String> tags = new LinkedHashMap<>();
    map(json, "tags").forEach((key, value) -> tags.put((String) key, (String) value));
    return new KeptPolicy(
        text(json, "name"),
        text(json, "id"),
        text(json, "path"),
        Instant.parse(text(json, "created")),
        text(json, "description"),
        versions,
        (Integer) Objects.requireNonNull(json.get("next")),
        text(json, "standard"),
        roles,
        tags);
  }

  private static String text(Map<String, Object> json, String member) {
    return (String) Objects.requireNonNull(json.get(member));
  }

  private static Map<?, ?> map(Map<String, Object> json, String member) {
    return (Map<?, ?>) Objects.requireNonNull(json.get(member));
  }
}
