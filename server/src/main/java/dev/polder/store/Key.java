package dev.polder.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A tuple of strings, whole numbers and byte strings, encoded so that the order of the bytes is
/// the order of the tuples: part by part, byte strings before strings before numbers, strings by
/// their UTF-8, a tuple before every longer one that begins with it.
///
/// Byte strings and strings end with `00`, and a `00` within is written `00 FF`; numbers are eight
/// bytes, big-endian, with the sign bit flipped.
public final class Key implements Comparable<Key> {
  private static final byte BYTES = 0x01;
  private static final byte STRING = 0x02;
  private static final byte NUMBER = 0x15;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] encoded;
  private int hash; // 0 until it is asked for

  private Key(byte[] encoded) {
    this.encoded = encoded;
  }

  /// A key of these parts, each a `String`, `Long`, `Integer` or `byte[]`.
  public static Key of(Object... parts) {
    return new Key(encode(new byte[0], parts));
  }

  /// The key whose encoded form this is.
  public static Key decode(byte[] encoded) {
    return new Key(encoded.clone());
  }

  // The key whose encoded form this array is; whoever calls gives it away.
  static Key own(byte[] encoded) {
    return new Key(encoded);
  }

  /// This key with more parts.
  public Key with(Object... parts) {
    return new Key(encode(encoded, parts));
  }

  /// The last parts of this key, below another one.
  ///
  /// @param from what this key begins with
  /// @param skipped how many parts after that are left out too
  /// @param to what the rest is put below
  public Key moved(Key from, int skipped, Key to) {
    int at = from.encoded.length;
    for (int i = 0; i < skipped; i++) {
      at = encoded[at] == NUMBER ? at + 1 + Long.BYTES : end(at + 1) + 1;
    }
    byte[] moved = Arrays.copyOf(to.encoded, to.encoded.length + encoded.length - at);
    System.arraycopy(encoded, at, moved, to.encoded.length, encoded.length - at);
    return new Key(moved);
  }

  // The place of the 00 after a byte string or string that begins here.
  private int end(int from) {
    int at = from;
    while (encoded[at] != 0 || (at + 1 < encoded.length && encoded[at + 1] == (byte) 0xFF)) {
      at += encoded[at] == 0 ? 2 : 1;
    }
    return at;
  }

  /// The encoded form. A copy.
  public byte[] bytes() {
    return encoded.clone();
  }

  // The encoded form itself, only to be read.
  byte[] encoded() {
    return encoded;
  }

  /// The parts: `String`, `Long` or `byte[]`.
  public List<Object> parts() {
    List<Object> parts = new ArrayList<>();
    for (int at = 0; at < encoded.length; ) {
      byte type = encoded[at++];
      if (type == NUMBER) {
        parts.add((long) LONG.get(encoded, at) ^ Long.MIN_VALUE);
        at += 8;
        continue;
      }
      int end = end(at);
      byte[] part = plain(at, end);
      at = end + 1;
      parts.add(type == STRING ? new String(part, StandardCharsets.UTF_8) : part);
    }
    return parts;
  }

  /// A string part.
  ///
  /// @param index from 0; negative counts from the end
  public String string(int index) {
    List<Object> parts = parts();
    return (String) parts.get(index < 0 ? parts.size() + index : index);
  }

  /// A number part.
  ///
  /// @param index from 0; negative counts from the end
  public long number(int index) {
    List<Object> parts = parts();
    return (Long) parts.get(index < 0 ? parts.size() + index : index);
  }

  // A part's bytes without the FF that follows each of its zeros.
  private byte[] plain(int from, int to) {
    byte[] part = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at += encoded[at] == 0 ? 2 : 1) {
      part[length++] = encoded[at];
    }
    return length == part.length ? part : Arrays.copyOf(part, length);
  }

  // Keys are made by the hundred in one request, so each is written once, into its own length.
  private static byte[] encode(byte[] prefix, Object... parts) {
    byte[][] values = new byte[parts.length][];
    int length = prefix.length;
    for (int i = 0; i < parts.length; i++) {
      values[i] = value(parts[i]);
      length += 1 + values[i].length + (parts[i] instanceof Number ? 0 : 1 + zeros(values[i]));
    }
    byte[] out = Arrays.copyOf(prefix, length);
    int at = prefix.length;
    for (int i = 0; i < parts.length; i++) {
      at = append(out, at, parts[i], values[i]);
    }
    return out;
  }

  private static byte[] value(Object part) {
    return switch (part) {
      case String s -> s.getBytes(StandardCharsets.UTF_8);
      case byte[] b -> b;
      case Long l -> sortable(l);
      case Integer i -> sortable(i);
      default -> throw new IllegalArgumentException("Not a part of a key: " + part.getClass());
    };
  }

  private static byte[] sortable(long value) {
    byte[] bytes = new byte[8];
    LONG.set(bytes, 0, value ^ Long.MIN_VALUE);
    return bytes;
  }

  private static int zeros(byte[] bytes) {
    int zeros = 0;
    for (byte b : bytes) {
      zeros += b == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static int append(byte[] out, int from, Object part, byte[] value) {
    int at = from;
    if (part instanceof Number) {
      out[at++] = NUMBER;
      System.arraycopy(value, 0, out, at, value.length);
      return at + value.length;
    }
    out[at++] = part instanceof String ? STRING : BYTES;
    for (byte b : value) {
      out[at++] = b;
      if (b == 0) {
        out[at++] = (byte) 0xFF;
      }
    }
    out[at++] = 0;
    return at;
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(encoded, other.encoded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && Arrays.equals(encoded, key.encoded);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(encoded);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(encoded);
  }
}
