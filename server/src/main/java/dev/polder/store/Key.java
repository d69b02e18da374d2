package dev.polder.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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

  private final byte[] encoded;

  private Key(byte[] encoded) {
    this.encoded = encoded;
  }

  /// A key of these parts, each a `String`, `Long`, `Integer` or `byte[]`.
  public static Key of(Object... parts) {
    var out = new ByteArrayOutputStream(16 * parts.length + 16);
    for (Object part : parts) {
      append(out, part);
    }
    return new Key(out.toByteArray());
  }

  /// The key whose encoded form this is.
  public static Key decode(byte[] encoded) {
    return new Key(encoded.clone());
  }

  /// This key with more parts.
  public Key with(Object... parts) {
    var out = new ByteArrayOutputStream(encoded.length + 32 * parts.length);
    out.writeBytes(encoded);
    for (Object part : parts) {
      append(out, part);
    }
    return new Key(out.toByteArray());
  }

  /// The encoded form. A copy.
  public byte[] bytes() {
    return encoded.clone();
  }

  /// The parts: `String`, `Long` or `byte[]`.
  public List<Object> parts() {
    List<Object> parts = new ArrayList<>();
    for (int at = 0; at < encoded.length; ) {
      byte type = encoded[at++];
      if (type == NUMBER) {
        parts.add(ByteBuffer.wrap(encoded, at, 8).getLong() ^ Long.MIN_VALUE);
        at += 8;
        continue;
      }
      var part = new ByteArrayOutputStream();
      while (encoded[at] != 0 || (at + 1 < encoded.length && encoded[at + 1] == (byte) 0xFF)) {
        part.write(encoded[at]);
        at += encoded[at] == 0 ? 2 : 1;
      }
      at++;
      parts.add(type == STRING ? part.toString(StandardCharsets.UTF_8) : part.toByteArray());
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

  private static void append(ByteArrayOutputStream out, Object part) {
    switch (part) {
      case String s -> terminated(out, STRING, s.getBytes(StandardCharsets.UTF_8));
      case byte[] b -> terminated(out, BYTES, b);
      case Long l -> number(out, l);
      case Integer i -> number(out, i);
      default -> throw new IllegalArgumentException("Not a part of a key: " + part.getClass());
    }
  }

  private static void number(ByteArrayOutputStream out, long value) {
    out.write(NUMBER);
    out.writeBytes(ByteBuffer.allocate(8).putLong(value ^ Long.MIN_VALUE).array());
  }

  private static void terminated(ByteArrayOutputStream out, byte type, byte[] bytes) {
    out.write(type);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        out.write(bytes, from, i + 1 - from);
        out.write(0xFF);
        from = i + 1;
      }
    }
    out.write(bytes, from, bytes.length - from);
    out.write(0);
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
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(encoded);
  }
}
