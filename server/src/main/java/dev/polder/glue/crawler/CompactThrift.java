package dev.polder.glue.crawler;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Reads Thrift's compact protocol, as far as Parquet's footer needs it; see
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
///
/// Whatever does not fit the bytes is [Corrupt]: lengths are checked before anything is made of
/// them.
final class CompactThrift {
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int BYTE = 3;
  static final int I16 = 4;
  static final int I32 = 5;
  static final int I64 = 6;
  static final int DOUBLE = 7;
  static final int BINARY = 8;
  static final int LIST = 9;
  static final int SET = 10;
  static final int MAP = 11;
  static final int STRUCT = 12;
  private static final int DEEPEST = 64;

  /// The bytes are not what they should be.
  static final class Corrupt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message) {
      super(message);
    }
  }

  /// A field's header.
  ///
  /// @param type 0 at the end of the struct
  record Field(int id, int type) {
    boolean ends() {
      return type == 0;
    }
  }

  private final byte[] bytes;
  private final int end;
  private int at;

  CompactThrift(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /// @param before the field read before in the same struct; 0 at its beginning
  Field field(int before) {
    int head = next();
    int type = head & 0x0F;
    if (type == 0) {
      return new Field(0, 0);
    }
    int delta = (head >> 4) & 0x0F;
    return new Field(delta == 0 ? (int) zigzag() : before + delta, type);
  }

  /// A list's element type in the lowest four bits, its length above them.
  long list() {
    int head = next();
    long size = (head >> 4) & 0x0F;
    if (size == 15) {
      size = varint();
    }
    if (size < 0 || size > end - at) {
      throw new Corrupt("a list of " + size + " elements does not fit");
    }
    return size << 4 | head & 0x0F;
  }

  int i32() {
    return (int) zigzag();
  }

  long i64() {
    return zigzag();
  }

  byte i8() {
    return (byte) next();
  }

  String string() {
    int length = length();
    String text = new String(bytes, at, length, UTF_8);
    at += length;
    return text;
  }

  void skip(int type) {
    skip(type, 0);
  }

  private void skip(int type, int depth) {
    if (depth > DEEPEST) {
      throw new Corrupt("too deep");
    }
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> next();
      case I16, I32, I64 -> varint();
      case DOUBLE -> move(8);
      case BINARY -> move(length());
      case LIST, SET -> skipList(depth);
      case MAP -> skipMap(depth);
      case STRUCT -> {
        int id = 0;
        for (Field field = field(id); !field.ends(); field = field(id)) {
          skip(field.type(), depth + 1);
          id = field.id();
        }
      }
      default -> throw new Corrupt("unknown type " + type);
    }
  }

  private void skipList(int depth) {
    long list = list();
    int element = (int) (list & 0x0F);
    for (long i = list >> 4; i > 0; i--) {
      // A boolean takes a byte of its own in a list.
      skip(element == TRUE || element == FALSE ? BYTE : element, depth + 1);
    }
  }

  private void skipMap(int depth) {
    long size = varint();
    if (size < 0 || size > end - at) {
      throw new Corrupt("a map of " + size + " entries does not fit");
    }
    int types = size == 0 ? 0 : next();
    for (long i = 0; i < size; i++) {
      skip(types >> 4 & 0x0F, depth + 1);
      skip(types & 0x0F, depth + 1);
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new Corrupt("a text of " + length + " bytes does not fit");
    }
    return (int) length;
  }

  private void move(int count) {
    if (count > end - at) {
      throw new Corrupt("cut short");
    }
    at += count;
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7F) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    throw new Corrupt("a number is too long");
  }

  private int next() {
    if (at >= end) {
      throw new Corrupt("cut short");
    }
    return bytes[at++] & 0xFF;
  }
}
