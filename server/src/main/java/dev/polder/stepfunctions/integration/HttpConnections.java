package dev.polder.stepfunctions.integration;

import dev.polder.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// EventBridge connections that HTTP tasks may name. Polder has no EventBridge, so they are in a
/// file: an object of connections by their ARN or name, each with `AuthorizationType` (`API_KEY` or
/// `BASIC`) and `AuthParameters` as CreateConnection takes them.
record HttpConnections(Optional<Path> file) {

  /// What a connection adds to a request.
  record Additions(Map<String, String> headers, Map<String, String> query) {}

  /// The connection of an ARN; empty if there is none.
  ///
  /// @throws IllegalArgumentException if it is of a kind that Polder cannot use
  Optional<Additions> find(String arn) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> all;
    try {
      all = Json.parseObject(Files.readString(file.get()));
    } catch (IOException | Json.Malformed e) {
      throw new IllegalArgumentException("The connections cannot be read: " + e.getMessage());
    }
    Object found = all.get(arn);
    return (found == null ? all.get(name(arn)) : found) instanceof Map<?, ?> connection
        ? Optional.of(additions(connection))
        : Optional.empty();
  }

  // arn:aws:events:region:account:connection/name/id
  private static String name(String arn) {
    String[] parts = arn.split("/", -1);
    return parts.length > 1 ? parts[1] : arn;
  }

  private static Additions additions(Map<?, ?> connection) {
    Map<?, ?> given = object(connection.get("AuthParameters"));
    Map<String, String> headers = new LinkedHashMap<>();
    String type = String.valueOf(connection.get("AuthorizationType"));
    switch (type) {
      case "API_KEY" -> {
        Map<?, ?> key = object(given.get("ApiKeyAuthParameters"));
        headers.put(text(key.get("ApiKeyName")), text(key.get("ApiKeyValue")));
      }
      case "BASIC" -> {
        Map<?, ?> basic = object(given.get("BasicAuthParameters"));
        String pair = text(basic.get("Username")) + ":" + text(basic.get("Password"));
        headers.put(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      default ->
          throw new IllegalArgumentException(
              "Polder has no connections of AuthorizationType " + type);
    }
    Map<?, ?> more = object(given.get("InvocationHttpParameters"));
    headers.putAll(pairs(more.get("HeaderParameters")));
    return new Additions(headers, pairs(more.get("QueryStringParameters")));
  }

  private static Map<String, String> pairs(@Nullable Object list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (list instanceof List<?> all) {
      for (Object each : all) {
        Map<?, ?> pair = object(each);
        pairs.put(text(pair.get("Key")), text(pair.get("Value")));
      }
    }
    return pairs;
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}
