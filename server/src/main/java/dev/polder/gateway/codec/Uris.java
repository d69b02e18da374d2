package dev.polder.gateway.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Percent-encoding of paths, query strings and forms.
public final class Uris {
  private static final String HEX = "0123456789ABCDEF";

  private Uris() {}

  /// Decodes `%xx` in a path, where `+` stands for itself. A `%` that begins no escape stands for
  /// itself too.
  public static String decodePath(String raw) {
    return raw.indexOf('%') < 0 ? raw : decode(raw, false);
  }

  /// Decodes `%xx` and `+` in a query string or a form.
  public static String decodeQuery(String raw) {
    return raw.indexOf('%') < 0 && raw.indexOf('+') < 0 ? raw : decode(raw, true);
  }

  /// The parameters of a query string or form, decoded, in the order given. A parameter without `=`
  /// has an empty value.
  public static Map<String, List<String>> parameters(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (int at = 0; at <= raw.length(); ) {
      int end = raw.indexOf('&', at);
      end = end < 0 ? raw.length() : end;
      if (end > at) {
        int equals = raw.indexOf('=', at);
        boolean named = equals >= 0 && equals < end;
        String name = decodeQuery(raw.substring(at, named ? equals : end));
        String value = named ? decodeQuery(raw.substring(equals + 1, end)) : "";
        parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
      }
      at = end + 1;
    }
    return parameters;
  }

  /// The first value of a parameter.
  public static @Nullable String first(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null ? null : values.getFirst();
  }

  /// Encodes everything but RFC 3986's unreserved characters.
  public static String encode(String text) {
    return encode(text, false);
  }

  /// Encodes everything but RFC 3986's unreserved characters and the slash.
  public static String encodePath(String text) {
    return encode(text, true);
  }

  private static String encode(String text, boolean keepSlash) {
    var out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isUnreserved(c) || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~';
  }

  private static String decode(String raw, boolean plusIsSpace) {
    var out = new ByteArrayOutputStream(raw.length());
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
