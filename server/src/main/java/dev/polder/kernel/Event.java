package dev.polder.kernel;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An event in EventBridge's shape, such as a crawler's change of state.
///
/// @param id a UUID
/// @param source such as `aws.glue`
/// @param detailType such as `Glue Crawler State Change`
/// @param resources the ARNs it is about
/// @param detail a JSON object in [Json] form
public record Event(
    String id,
    Scope scope,
    Instant time,
    String source,
    String detailType,
    List<String> resources,
    Map<String, Object> detail) {

  public Event {
    resources = List.copyOf(resources);
    detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
  }
}
