package dev.polder.iam;

import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A role and its policies.
///
/// @param id `AROA` and 17 letters and digits
/// @param trust who may assume it; a JSON text
/// @param maxSession seconds
/// @param boundary ARN of a policy, or empty
/// @param inline policy documents by name
/// @param attached ARNs of policies
record KeptRole(
    String name,
    String id,
    String path,
    Instant created,
    String trust,
    String description,
    int maxSession,
    String boundary,
    Map<String, String> inline,
    List<String> attached,
    Map<String, String> tags) {

  KeptRole {
    inline = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inline));
    attached = List.copyOf(attached);
    tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  KeptRole withInline(Map<String, String> changed) {
    return new KeptRole(
        name, id, path, created, trust, description, maxSession, boundary, changed, attached, tags);
  }

  KeptRole withAttached(List<String> changed) {
    return new KeptRole(
        name, id, path, created, trust, description, maxSession, boundary, inline, changed, tags);
  }

  KeptRole withTags(Map<String, String> changed) {
    return new KeptRole(
        name,
        id,
        path,
        created,
        trust,
        description,
        maxSession,
        boundary,
        inline,
        attached,
        changed);
  }

  KeptRole withTrust(String changed) {
    return new KeptRole(
        name,
        id,
        path,
        created,
        changed,
        description,
        maxSession,
        boundary,
        inline,
        attached,
        tags);
  }

  KeptRole with(String newDescription, int newMaxSession) {
    return new KeptRole(
        name,
        id,
        path,
        created,
        trust,
        newDescription,
        newMaxSession,
        boundary,
        inline,
        attached,
        tags);
  }

  byte[] bytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("id", id);
    json.put("path", path);
    json.put("created", created.toString());
    json.put("trust", trust);
    json.put("description", description);
    json.put("maxSession", maxSession);
    json.put("boundary", boundary);
    json.put("inline", inline);
    json.put("attached", attached);
    json.put("tags", tags);
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static KeptRole of(byte[] bytes) {
    var json = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    return new KeptRole(
        text(json, "name"),
        text(json, "id"),
        text(json, "path"),
        Instant.parse(text(json, "created")),
        text(json, "trust"),
        text(json, "description"),
        (Integer) Objects.requireNonNull(json.get("maxSession")),
        text(json, "boundary"),
        texts(json, "inline"),
        list(json, "attached"),
        texts(json, "tags"));
  }

  private static String text(Map<String, Object> json, String member) {
    return (String) Objects.requireNonNull(json.get(member));
  }

  private static Map<String, String> texts(Map<String, Object> json, String member) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(json.get(member));
    map.forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }

  private static List<String> list(Map<String, Object> json, String member) {
    List<String> list = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(json.get(member))).forEach(each -> list.add((String) each));
    return list;
  }
}
