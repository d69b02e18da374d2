package dev.polder.dynamodb.item;

import java.util.Comparator;

/// Strings as the service measures and orders them: by their UTF-8.
public final class Utf8 {
  /// The order of strings: unlike [String#compareTo], characters beyond the basic plane come last.
  public static final Comparator<String> ORDER = Utf8::compare;

  private Utf8() {}

  /// How many bytes the text has.
  public static int length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return length;
  }

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
