package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The names of partition keys and values in the names of folders: `year=2020` where every folder
/// of a level says so with the same key, otherwise the whole name under `partition_0`,
/// `partition_1` ….
public final class PartitionNames {
  private PartitionNames() {}

  /// The key of a level.
  ///
  /// @param level from 0
  /// @param names the folders of that level, without slashes
  static String key(int level, Iterable<String> names) {
    String key = null;
    for (String name : names) {
      String each = key(name);
      if (each.isEmpty() || (key != null && !key.equals(each))) {
        return "partition_" + level;
      }
      key = each;
    }
    return key == null ? "partition_" + level : key;
  }

  private static String key(String name) {
    int equals = name.indexOf('=');
    return equals < 0 ? "" : name.substring(0, equals).toLowerCase(Locale.ROOT);
  }

  /// The value that a folder gives to a key. In `key=value` the value is unescaped as Hive does, so
  /// that a partition that a query engine wrote is found again under its own value.
  ///
  /// @param name without slashes
  public static String value(String key, String name) {
    return key(name).equals(key) && !key.isEmpty()
        ? unescaped(name.substring(name.indexOf('=') + 1))
        : name;
  }

  /// The values of a folder below a table.
  ///
  /// @param path below the table, ending with a slash
  public static List<String> values(List<String> keys, String path) {
    String[] names = path.substring(0, path.length() - 1).split("/", -1);
    List<String> values = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      values.add(value(keys.get(i), names[i]));
    }
    return values;
  }

  private static String unescaped(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toString(UTF_8);
  }
}
