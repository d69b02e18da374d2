package dev.polder.logs;

import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group of log streams.
///
/// @param created milliseconds since the epoch
/// @param retention days that events are kept; 0 for ever
/// @param storageClass `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`
record LogGroup(
    String name, long created, int retention, String storageClass, Map<String, String> tags) {
  private static final long DAY = 86_400_000;

  LogGroup {
    tags = Map.copyOf(tags);
  }

  LogGroup keeping(int days) {
    return new LogGroup(name, created, days, storageClass, tags);
  }

  LogGroup tagged(Map<String, String> changed) {
    return new LogGroup(name, created, retention, storageClass, changed);
  }

  /// The time of the oldest event that is kept.
  long oldest(long now) {
    return retention == 0 ? Long.MIN_VALUE : now - retention * DAY;
  }

  /// The ARN, without the `:*` of the older form.
  String arn(Scope scope) {
    return scope.arn("logs", "log-group:" + name).toString();
  }

  byte[] written() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("created", created);
    json.put("retention", retention);
    json.put("class", storageClass);
    json.put("tags", new TreeMap<>(tags));
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }

  static LogGroup read(String name, byte[] bytes) {
    Map<String, Object> json = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    Map<String, String> tags = new LinkedHashMap<>();
    if (json.get("tags") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> tags.put((String) key, (String) value));
    }
    return new LogGroup(
        name,
        number(json.get("created")),
        (int) number(json.get("retention")),
        String.valueOf(json.get("class")),
        tags);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
