package dev.polder.store;

import java.util.Arrays;
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
    return behind(key, after(prefix));
  }

  /// Every key that comes after `key` and before `to`.
  public static KeyRange behind(Key key, @Nullable Key to) {
    byte[] bytes = key.bytes();
    return new KeyRange(Key.decode(Arrays.copyOf(bytes, bytes.length + 1)), to);
  }

  // No part's encoding begins with FF, so prefix + FF is above every key that begins with prefix.
  private static Key after(Key prefix) {
    byte[] bytes = prefix.bytes();
    byte[] end = Arrays.copyOf(bytes, bytes.length + 1);
    end[bytes.length] = (byte) 0xFF;
    return Key.decode(end);
  }

  boolean contains(Key key) {
    return from.compareTo(key) <= 0 && (to == null || key.compareTo(to) < 0);
  }
}
