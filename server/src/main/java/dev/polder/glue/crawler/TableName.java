package dev.polder.glue.crawler;

import dev.polder.kernel.Digests;
import java.util.Locale;

/// The names that crawlers give: the folder's name in lower case, with an underscore for everything
/// but letters and digits, at most 128 characters, after the crawler's prefix; see
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-running.html
public final class TableName {
  private static final int LONGEST = 128;

  private TableName() {}

  /// A name from the last part of a location.
  ///
  /// @param location such as `s3://lake/year=2020/`
  public static String of(String prefix, String location) {
    String path = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    return cut(clean(prefix) + clean(path.substring(path.lastIndexOf('/') + 1)), LONGEST);
  }

  /// A name for a table whose plain name is taken: the digest of its location makes it one of a
  /// kind.
  public static String unique(String name, String location) {
    String suffix = "_" + Digests.md5Hex(location);
    return cut(name, LONGEST - suffix.length()) + suffix;
  }

  private static String clean(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
