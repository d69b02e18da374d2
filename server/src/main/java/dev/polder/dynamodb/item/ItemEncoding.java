package dev.polder.dynamodb.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Items as they are stored: a byte that names the format, the size, then attributes one after
/// another, lengths before what they measure, nothing to be searched for.
public final class ItemEncoding {
  private static final byte FORMAT = 2;

  private ItemEncoding() {}

  /// The stored form of an item.
  public static byte[] encode(Item item) {
    var out = new Writer();
    out.octet(FORMAT);
    out.number(item.size());
    out.attributes(item.attributes());
    return out.bytes();
  }

  /// The size of the item whose stored form this is, without reading the rest.
  public static int size(byte[] stored) {
    return begin(stored).number();
  }

  private static Reader begin(byte[] stored) {
    var in = new Reader(stored);
    if (in.octet() != FORMAT) {
      throw new IllegalArgumentException("Not an item");
    }
    return in;
  }

  /// The item whose stored form this is.
  public static Item decode(byte[] stored) {
    Reader in = begin(stored);
    int _ = in.number();
    return new Item(in.attributes());
  }

  private static final class Writer {
    private byte[] buffer = new byte[256];
    private int length;

    byte[] bytes() {
      return Arrays.copyOf(buffer, length);
    }

    void attributes(Map<String, Value> attributes) {
      number(attributes.size());
      attributes.forEach((name, value) -> {
        text(name);
        value(value);
      });
    }

    private void value(Value value) {
      octet(value.type().ordinal());
      switch (value) {
        case Value.S s -> text(s.value());
        case Value.N n -> text(n.text());
        case Value.B b -> bytes(b.bytes());
        case Value.BOOL bool -> octet(bool.value() ? 1 : 0);
        case Value.NULL _ -> {}
        case Value.L l -> {
          number(l.elements().size());
          l.elements().forEach(this::value);
        }
        case Value.M m -> attributes(m.entries());
        case Value.SS ss -> {
          number(ss.members().size());
          ss.members().forEach(this::text);
        }
        case Value.NS ns -> {
          number(ns.members().size());
          ns.members().forEach(n -> text(n.text()));
        }
        case Value.BS bs -> {
          number(bs.members().size());
          bs.members().forEach(b -> bytes(b.bytes()));
        }
      }
    }

    private void text(String text) {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] bytes) {
      number(bytes.length);
      room(bytes.length);
      System.arraycopy(bytes, 0, buffer, length, bytes.length);
      length += bytes.length;
    }

    /// Seven bits a byte, the lowest first.
    void number(int number) {
      int rest = number;
      while (rest >= 0x80) {
        octet(rest | 0x80);
        rest >>>= 7;
      }
      octet(rest);
    }

    void octet(int octet) {
      room(1);
      buffer[length++] = (byte) octet;
    }

    private void room(int more) {
      if (length + more > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
      }
    }
  }

  private static final class Reader {
    private static final Type[] TYPES = Type.values();

    private final byte[] stored;
    private int at;

    Reader(byte[] stored) {
      this.stored = stored;
    }

    Map<String, Value> attributes() {
      int size = number();
      Map<String, Value> attributes = LinkedHashMap.newLinkedHashMap(size);
      for (int i = 0; i < size; i++) {
        attributes.put(text(), value());
      }
      return attributes;
    }

    private Value value() {
      return switch (TYPES[octet()]) {
        case S -> new Value.S(text());
        case N -> new Value.N(text());
        case B -> new Value.B(bytes());
        case BOOL -> new Value.BOOL(octet() == 1);
        case NULL -> Value.NULL;
        case L -> new Value.L(list());
        case M -> new Value.M(attributes());
        case SS -> new Value.SS(strings());
        case NS -> new Value.NS(numbers());
        case BS -> new Value.BS(binaries());
      };
    }

    private List<Value> list() {
      int size = number();
      List<Value> elements = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        elements.add(value());
      }
      return elements;
    }

    private Set<String> strings() {
      int size = number();
      Set<String> members = LinkedHashSet.newLinkedHashSet(size);
      for (int i = 0; i < size; i++) {
        members.add(text());
      }
      return members;
    }

    private Set<Value.N> numbers() {
      int size = number();
      Set<Value.N> members = LinkedHashSet.newLinkedHashSet(size);
      for (int i = 0; i < size; i++) {
        members.add(new Value.N(text()));
      }
      return members;
    }

    private Set<Value.B> binaries() {
      int size = number();
      Set<Value.B> members = LinkedHashSet.newLinkedHashSet(size);
      for (int i = 0; i < size; i++) {
        members.add(new Value.B(bytes()));
      }
      return members;
    }

    private String text() {
      int length = number();
      at += length;
      return new String(stored, at - length, length, StandardCharsets.UTF_8);
    }

    private byte[] bytes() {
      int length = number();
      at += length;
      return Arrays.copyOfRange(stored, at - length, at);
    }

    int number() {
      int number = 0;
      for (int shift = 0; ; shift += 7) {
        int octet = octet();
        number |= (octet & 0x7F) << shift;
        if (octet < 0x80) {
          return number;
        }
      }
    }

    int octet() {
      return stored[at++] & 0xFF;
    }
  }
}
