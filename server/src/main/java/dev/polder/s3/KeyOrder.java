package dev.polder.s3;

import java.util.Comparator;

/// The order in which S3 lists keys: that of their UTF-8 bytes. It differs from the order of Java's
/// strings only where a surrogate, which stands for a character above U+FFFF, meets another.
final class KeyOrder {
  static final Comparator<String> UTF_8 = KeyOrder::compare;

  private KeyOrder() {}

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        if (Character.isSurrogate(x) == Character.isSurrogate(y)) {
          return Character.compare(x, y);
        }
        return Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
