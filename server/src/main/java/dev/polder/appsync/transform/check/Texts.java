package dev.polder.appsync.transform.check;

import java.util.Locale;

/// Strings as messages and schemas write them.
final class Texts {
  private Texts() {}

  /// The text as a string of JSON.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20) {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /// Two words in one, such as `noteOwner`.
  static String camel(String first, String second) {
    return first.substring(0, 1).toLowerCase(Locale.ROOT)
        + first.substring(1)
        + second.substring(0, 1).toUpperCase(Locale.ROOT)
        + second.substring(1);
  }

  /// The value of a block string: without the indentation that all its lines but the first share,
  /// and without blank lines at its ends.
  static String dedented(String raw) {
    String[] lines = raw.split("\r\n|[\n\r]", -1);
    int indent = commonIndent(lines);
    int first = 0;
    int last = lines.length;
    for (int i = 1; i < lines.length; i++) {
      lines[i] = lines[i].length() < indent ? "" : lines[i].substring(indent);
    }
    while (first < last && indent(lines[first]) == lines[first].length()) {
      first++;
    }
    while (last > first && indent(lines[last - 1]) == lines[last - 1].length()) {
      last--;
    }
    return String.join("\n", java.util.Arrays.asList(lines).subList(first, last));
  }

  private static int commonIndent(String[] lines) {
    int common = Integer.MAX_VALUE;
    for (int i = 1; i < lines.length; i++) {
      int indent = indent(lines[i]);
      if (indent < lines[i].length()) {
        common = Math.min(common, indent);
      }
    }
    return common == Integer.MAX_VALUE ? 0 : common;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
      indent++;
    }
    return indent;
  }
}
