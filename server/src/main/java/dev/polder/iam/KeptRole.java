package dev.polder.iam;

import dev.polder.kernel.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    Map<String, String> tags)
    implements Entities.Entity {

  KeptRole {
    inline = Collections.unmodifiableMap(new LinkedHashMap<>(inline));
    attached = List.copyOf(attached);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  KeptRole withInline(Map<String, String> changed) {
    return with(trust, description, maxSession, changed, attached, tags);
  }

  KeptRole withAttached(List<String> changed) {
    return with(trust, description, maxSession, inline, changed, tags);
  }

  KeptRole withTags(Map<String, String> changed) {
    return with(trust, description, maxSession, inline, attached, changed);
  }

  KeptRole withTrust(String changed) {
    return with(changed, description, maxSession, inline, attached, tags);
  }

  KeptRole with(String newDescription, int newMaxSession) {
    return with(trust, newDescription, newMaxSession, inline, attached, tags);
  }

  private KeptRole with(
      String trust,
      String description,
      int maxSession,
      Map<String, String> inline,
      List<String> attached,
      Map<String, String> tags) {
    return new KeptRole(
        name, id, path, created, trust, description, maxSession, boundary, inline, attached, tags);
  }

  @Override
  public byte[] bytes() {
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
    return JsonObject.bytes(json);
  }

  static KeptRole of(byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new KeptRole(
        json.text("name"),
        json.text("id"),
        json.text("path"),
        json.instant("created"),
        json.text("trust"),
        json.text("description"),
        json.whole("maxSession"),
        json.text("boundary"),
        json.texts("inline"),
        json.list("attached"),
        json.texts("tags"));
  }
}
