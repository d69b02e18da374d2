package dev.polder.athena.engine;

import static dev.polder.athena.engine.JavaFunction.TEXT;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parts of URLs.
final class UrlFunctions {
  private UrlFunctions() {}

  static void add(Map<String, JavaFunction> all) {
    all.put(
        "t_url_part",
        JavaFunction.of(TEXT, a -> urlPart((String) a[0], (String) a[1]), TEXT, TEXT));
    all.put(
        "t_url_parameter",
        JavaFunction.of(TEXT, a -> urlParameter((String) a[0], (String) a[1]), TEXT, TEXT));
    all.put(
        "t_url_encode",
        JavaFunction.of(
            TEXT,
            a -> URLEncoder.encode((String) a[0], StandardCharsets.UTF_8).replace("%7E", "~"),
            TEXT));
    all.put(
        "t_url_decode",
        JavaFunction.of(
            TEXT,
            a -> {
              try {
                return URLDecoder.decode((String) a[0], StandardCharsets.UTF_8);
              } catch (IllegalArgumentException e) {
                throw JavaFunction.bad(String.valueOf(e.getMessage()));
              }
            },
            TEXT));
  }

  private static @Nullable String urlPart(String text, String part) {
    try {
      var url = new URI(text);
      return switch (part) {
        case "host" -> orEmpty(url.getHost());
        case "path" -> orEmpty(url.getPath());
        case "protocol" -> orEmpty(url.getScheme());
        case "query" -> orEmpty(url.getQuery());
        case "fragment" -> orEmpty(url.getFragment());
        default -> url.getPort() < 0 ? null : Integer.toString(url.getPort());
      };
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String urlParameter(String text, String name) {
    String query;
    try {
      query = new URI(text).getRawQuery();
    } catch (URISyntaxException e) {
      return null;
    }
    if (query == null) {
      return null;
    }
    return Arrays.stream(query.split("&", -1))
        .map(p -> p.split("=", 2))
        .filter(p -> p[0].equals(name))
        .findFirst()
        .map(p -> p.length < 2 ? "" : URLDecoder.decode(p[1], StandardCharsets.UTF_8))
        .orElse(null);
  }
}
