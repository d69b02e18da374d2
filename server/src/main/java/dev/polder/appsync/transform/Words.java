package dev.polder.appsync.transform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How generated names are put together.
final class Words {
  private static final int LONGEST_SUBSCRIPTION = 50;
  private static final int KEPT = 45;
  private static final int HASHED = 5;

  private Words() {}

  /// The word with its first letter in upper case, the others untouched.
  static String upper(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /// The word with its first letter in lower case, the others untouched.
  static String lower(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
  }

  /// `blog`, `posts`, `id` as `blogPostsId`.
  static String camel(List<String> words) {
    return lower(pascal(words));
  }

  /// `blog`, `posts`, `id` as `blogPostsId`.
  static String camel(String... words) {
    return camel(List.of(words));
  }

  /// `model`, `blog` as `ModelBlog`.
  static String pascal(List<String> words) {
    return words.stream().map(Words::upper).collect(Collectors.joining());
  }

  /// A subscription's name; AppSync allows 50 characters, so a longer one keeps its beginning and
  /// ends in characters of its MD5.
  static String subscription(String name) {
    if (name.length() <= LONGEST_SUBSCRIPTION) {
      return name;
    }
    return name.substring(0, KEPT) + md5(name).substring(0, HASHED);
  }

  private static String md5(String text) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
