package dev.polder.stepfunctions.integration;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as form fields and query strings, and the words of status codes.
final class HttpForm {
  private HttpForm() {}

  /// `name=value` pairs.
  ///
  /// @param arrays `INDICES` (also null), `REPEAT`, `COMMAS` or `BRACKETS`
  static String encoded(Map<String, @Nullable Object> values, @Nullable String arrays) {
    List<String> pairs = new ArrayList<>();
    values.forEach((name, value) -> add(pairs, name, value, arrays == null ? "INDICES" : arrays));
    return String.join("&", pairs);
  }

  private static void add(List<String> pairs, String name, @Nullable Object value, String arrays) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, below) -> add(pairs, name + "[" + key + "]", below, arrays));
    } else if (value instanceof List<?> list && arrays.equals("COMMAS")) {
      pairs.add(pair(name, String.join(",", list.stream().map(HttpForm::text).toList())));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String own =
            switch (arrays) {
              case "REPEAT" -> name;
              case "BRACKETS" -> name + "[]";
              default -> name + "[" + i + "]";
            };
        add(pairs, own, list.get(i), arrays);
      }
    } else {
      pairs.add(pair(name, text(value)));
    }
  }

  private static String pair(String name, String value) {
    return encoded(name) + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String text(@Nullable Object value) {
    return value == null ? "" : Arguments.asText(value);
  }

  /// The usual words of a status code.
  static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 422 -> "Unprocessable Entity";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "";
    };
  }
}
