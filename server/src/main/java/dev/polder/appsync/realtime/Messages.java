package dev.polder.appsync.realtime;

import dev.polder.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the server says.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
final class Messages {
  /// For how long a client may hear nothing before it gives the connection up.
  static final int TIMEOUT_MILLIS = 300_000;

  static final String KEEP_ALIVE = "{\"type\":\"ka\"}";
  static final String ACKNOWLEDGED =
      "{\"type\":\"connection_ack\",\"payload\":{\"connectionTimeoutMs\":" + TIMEOUT_MILLIS + "}}";

  private Messages() {}

  static String refused(List<Map<String, Object>> errors) {
    return message("connection_error", null, Map.of("errors", errors));
  }

  static String error(String id, List<Map<String, Object>> errors) {
    return message("error", id, Map.of("errors", errors));
  }

  static String error(String id, String type, String text) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("errorType", type);
    error.put("message", text);
    return error(id, List.of(error));
  }

  static String started(String id) {
    return message("start_ack", id, null);
  }

  static String complete(String id) {
    return message("complete", id, null);
  }

  /// @param payload in JSON
  static String data(String id, String payload) {
    return "{\"id\":" + Json.write(id) + ",\"type\":\"data\",\"payload\":" + payload + "}";
  }

  private static String message(
      String type, @Nullable String id, @Nullable Map<String, ?> payload) {
    Map<String, Object> message = new LinkedHashMap<>();
    if (id != null) {
      message.put("id", id);
    }
    message.put("type", type);
    if (payload != null) {
      message.put("payload", payload);
    }
    return Json.write(message);
  }
}
