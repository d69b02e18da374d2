package dev.polder.dynamodb;

import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One change of one item, as a stream keeps it.
///
/// @param key the item's key attributes
/// @param before as the stream's view shows it; null where it does not, or there was no item
/// @param after as the stream's view shows it; null where it does not, or there is no item
record ChangeRecord(
    Kind kind, Origin origin, Instant time, Item key, @Nullable Item before, @Nullable Item after) {

  /// What happened to the item, by the names on the wire.
  enum Kind {
    INSERT,
    MODIFY,
    REMOVE
  }

  /// Who changed the item.
  enum Origin {
    CLIENT,
    /// The service itself, because the item's time had come.
    EXPIRY
  }

  byte[] encode() {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(kind.ordinal());
      out.writeByte(origin.ordinal());
      out.writeLong(time.toEpochMilli());
      write(out, key);
      write(out, before);
      write(out, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ChangeRecord decode(byte[] stored) {
    try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
      Kind kind = Kind.values()[in.readByte()];
      Origin origin = Origin.values()[in.readByte()];
      Instant time = Instant.ofEpochMilli(in.readLong());
      Item key = read(in);
      return new ChangeRecord(
          kind, origin, time, key == null ? Item.EMPTY : key, read(in), read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The time of a stored record, without reading the rest.
  static Instant time(byte[] stored) {
    long millis = 0;
    for (int i = 2; i < 10; i++) {
      millis = millis << 8 | (stored[i] & 0xFF);
    }
    return Instant.ofEpochMilli(millis);
  }

  private static void write(DataOutputStream out, @Nullable Item item) throws IOException {
    if (item == null) {
      out.writeInt(-1);
      return;
    }
    byte[] encoded = ItemEncoding.encode(item);
    out.writeInt(encoded.length);
    out.write(encoded);
  }

  private static @Nullable Item read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : ItemEncoding.decode(in.readNBytes(length));
  }

  /// The bytes that the record's attributes count for.
  int size() {
    return key.size() + (before == null ? 0 : before.size()) + (after == null ? 0 : after.size());
  }
}
