package dev.polder.athena;

import dev.polder.athena.engine.PartitionValues;
import dev.polder.athena.sql.TableSource.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/// Hive's names of partition folders: `year=2020/month=5`.
final class PartitionNames {
  private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007f";

  private PartitionNames() {}

  static String path(List<Column> keys, PartitionValues values) {
    var path = new StringJoiner("/");
    for (int i = 0; i < keys.size(); i++) {
      path.add(escape(keys.get(i).name()) + "=" + escape(values.texts().get(i)));
    }
    return path.toString();
  }

  /// Hive's escapes of characters that a path cannot have.
  static String escape(String text) {
    if (text.isEmpty()) {
      return PartitionValues.NULL;
    }
    var out = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
        out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%'
          && i + 2 < text.length()
          && text.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
        out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /// The values of a folder `k=v/k2=v2/` below a table, or empty if it is not of that form.
  static Optional<PartitionValues> parse(List<Column> keys, String folders) {
    String[] parts = folders.split("/");
    if (parts.length != keys.size()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0 || !unescape(parts[i].substring(0, equals)).equals(keys.get(i).name())) {
        return Optional.empty();
      }
      values.add(unescape(parts[i].substring(equals + 1)));
    }
    return Optional.of(new PartitionValues(values));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
