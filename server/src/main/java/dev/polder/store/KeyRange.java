package dev.polder.store;

import org.jspecify.annotations.Nullable;

/// A range of keys.
///
/// @param from inclusive
/// @param to exclusive; null for no end
public record KeyRange(Key from, @Nullable Key to) {

  /// Every key that begins with the parts of `prefix`, the prefix itself included.
  public static KeyRange prefix(Key prefix) {
    return new KeyRange(prefix, after(prefix));
  }

  /// Every key that begins with `prefix` and comes after `key`, which begins with it too.
  public static KeyRange prefixAfter(Key prefix, Key key) {
    byte[] next = key.bytes();
    byte[] from = java.util.Arrays.copyOf(next, next.length + 1);
    return new KeyRange(Key.decode(from), after(prefix));
  }

  // No part's encoding begins with FF, so prefix + FF is above every key that begins with prefix.
  private static Key after(Key prefix) {
    byte[] bytes = prefix.bytes();
    byte[] end = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    end[bytes.length] = (byte) 0xFF;
    return Key.decode(end);
  }

  boolean contains(Key key) {
    return from.compareTo(key) <= 0 && (to == null || key.compareTo(to) < 0);
  }
}
