package dev.polder.logs;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

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
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("created", created);
    json.put("retention", retention);
    json.put("class", storageClass);
    json.put("tags", new TreeMap<>(tags));
    return JsonObject.bytes(json);
  }

  static LogGroup read(String name, byte[] bytes) {
    JsonObject json = JsonObject.of(bytes);
    return new LogGroup(
        name,
        json.number("created"),
        json.whole("retention"),
        json.text("class"),
        json.texts("tags"));
  }
}
