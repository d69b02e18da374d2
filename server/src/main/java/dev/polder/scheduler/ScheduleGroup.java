package dev.polder.scheduler;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group of schedules.
record ScheduleGroup(
    String name,
    Instant created,
    Instant modified,
    Map<String, String> tags,
    @Nullable String clientToken) {

  ScheduleGroup {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }
}
