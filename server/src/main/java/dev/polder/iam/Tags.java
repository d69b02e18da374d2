package dev.polder.iam;

import dev.polder.shape.TagLists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.Tag;

/// The tags of roles and policies, between the SDK's type and maps.
final class Tags {
  private Tags() {}

  static List<Tag> of(Map<String, String> tags) {
    return TagLists.of(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  static Map<String, String> with(Map<String, String> before, List<Tag> given) {
    Map<String, String> tags = new LinkedHashMap<>(before);
    given.forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  static Map<String, String> without(Map<String, String> before, List<String> keys) {
    Map<String, String> tags = new LinkedHashMap<>(before);
    keys.forEach(tags::remove);
    return tags;
  }
}
