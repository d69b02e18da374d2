package dev.polder.stepfunctions.expression;

import dev.polder.kernel.Digests;
import dev.polder.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// The functions on strings and objects.
final class TextFunctions {
  private static final Set<String> HASHES = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
  private static final int LONGEST = 10_000;

  private TextFunctions() {}

  static Object encode(List<@Nullable Object> arguments) {
    return Base64.getEncoder()
        .encodeToString(limited(Arguments.text(arguments, 0)).getBytes(StandardCharsets.UTF_8));
  }

  static Object decode(List<@Nullable Object> arguments) {
    return new String(
        Base64.getDecoder().decode(limited(Arguments.text(arguments, 0))), StandardCharsets.UTF_8);
  }

  static Object hash(List<@Nullable Object> arguments) {
    Object data = arguments.get(0);
    String text = data instanceof String string ? string : Json.write(data);
    return hash(limited(text), Arguments.text(arguments, 1));
  }

  static String hash(String text, String algorithm) {
    if (!HASHES.contains(algorithm)) {
      throw new IllegalArgumentException("Invalid algorithm: " + algorithm);
    }
    byte[] digest = Digests.of(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static String limited(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The string must not be longer than " + LONGEST + " characters");
    }
    return text;
  }

  /// Fields of the second win. Only merging at the first level is supported, there as here.
  static Object merge(List<@Nullable Object> arguments) {
    if (!Boolean.FALSE.equals(arguments.get(2))) {
      throw new IllegalArgumentException("Deep merge is not supported");
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(Arguments.object(arguments, 0));
    merged.putAll(Arguments.object(arguments, 1));
    return merged;
  }

  /// Blank text is null (recorded).
  static @Nullable Object parse(List<@Nullable Object> arguments) {
    String text = Arguments.text(arguments, 0);
    try {
      return text.isBlank() ? null : Json.parse(text);
    } catch (Json.Malformed e) {
      throw new IllegalArgumentException("Invalid JSON: " + e.getMessage());
    }
  }

  static Object write(List<@Nullable Object> arguments) {
    return Json.write(arguments.get(0));
  }

  /// Every character of the second argument separates; empty parts vanish (recorded).
  static Object split(List<@Nullable Object> arguments) {
    var parts = new StringTokenizer(Arguments.text(arguments, 0), Arguments.text(arguments, 1));
    List<@Nullable Object> list = new ArrayList<>();
    while (parts.hasMoreTokens()) {
      list.add(parts.nextToken());
    }
    return list;
  }

  /// Objects and arrays are shown as Java shows maps and lists (recorded).
  static Object format(List<@Nullable Object> arguments) {
    String pattern = Arguments.text(arguments, 0);
    var text = new StringBuilder();
    int next = 1;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      char after = i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
      if (c == '\\' && (after == '{' || after == '}' || after == '\\')) {
        text.append(after);
        i++;
      } else if (c == '{' && after == '}') {
        if (next < arguments.size()) {
          text.append(arguments.get(next));
        }
        next++;
        i++;
      } else {
        text.append(c);
      }
    }
    if (next != arguments.size()) {
      throw new IllegalArgumentException(
          "The number of arguments does not match the number of occurrences of {}");
    }
    return text.toString();
  }
}
