package dev.polder.stepfunctions.execution;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes that are written or read one after the other: whole numbers in as few bytes as they need,
/// and texts with their length before them.
final class Bytes {
  private byte[] bytes;
  private int at;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static Bytes empty() {
    return new Bytes(new byte[256]);
  }

  static Bytes of(byte[] bytes) {
    return new Bytes(bytes);
  }

  byte[] written() {
    return Arrays.copyOf(bytes, at);
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  Bytes number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return this;
  }

  long number() {
    long rest = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      rest |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
  }

  int small() {
    return Math.toIntExact(number());
  }

  Bytes text(@Nullable String value) {
    if (value == null) {
      return number(-1);
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
    return this;
  }

  @Nullable String optionalText() {
    int length = small();
    if (length < 0) {
      return null;
    }
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  String text() {
    String value = optionalText();
    if (value == null) {
      throw new IllegalStateException("Expected a text at byte " + at);
    }
    return value;
  }

  Bytes payload(@Nullable Payload value) {
    return text(value == null ? null : value.text());
  }

  @Nullable Payload optionalPayload() {
    String value = optionalText();
    return value == null ? null : Payload.ofText(value);
  }

  Payload payload() {
    return Payload.ofText(text());
  }

  private void room(int more) {
    if (at + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }
}
