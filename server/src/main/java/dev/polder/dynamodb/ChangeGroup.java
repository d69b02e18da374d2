package dev.polder.dynamodb;

import dev.polder.dynamodb.ChangeRecord.Kind;
import dev.polder.dynamodb.ChangeRecord.Origin;
import dev.polder.dynamodb.expression.KeySchema;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes of one table that were made together, as its stream keeps them in one value: who made
/// them and when, then each change with the images that the stream shows, in the form in which
/// items are stored anyway. Where it shows none, the item's key stands in their place.
final class ChangeGroup {
  /// How many changes one value has at most.
  static final int MOST = 32;

  // A group that has as many bytes takes no further change: who reads a page of a stream must not
  // have to read many times as much.
  private static final int ENOUGH_BYTES = 128 << 10;
  private static final Kind[] KINDS = Kind.values();
  private static final Origin[] ORIGINS = Origin.values();
  private static final int HEADER = 1 + Long.BYTES;
  // No item is stored in no bytes.
  private static final byte[] ABSENT = {};

  private ChangeGroup() {}

  /// Where the group ends that begins with one of several changes: the index after its last.
  static int end(List<Outcome> changes, int from) {
    int bytes = 0;
    int to = from;
    while (to < changes.size() && to - from < MOST && bytes < ENOUGH_BYTES) {
      bytes += changes.get(to).sizeBefore() + changes.get(to).sizeAfter();
      to++;
    }
    return to;
  }

  /// The stored form of changes.
  static byte[] encode(List<Outcome> changes, StreamView view, Origin origin, Instant time) {
    List<byte[]> parts = new ArrayList<>(3 * changes.size());
    for (Outcome change : changes) {
      byte[] before = shown(view.showsOld(), change.storedBefore());
      byte[] after = shown(view.showsNew(), change.storedAfter());
      parts.add(before.length == 0 && after.length == 0 ? key(change) : ABSENT);
      parts.add(before);
      parts.add(after);
    }
    int length = HEADER + changes.size();
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put((byte) origin.ordinal()).putLong(time.toEpochMilli());
    for (int i = 0; i < parts.size(); i++) {
      if (i % 3 == 0) {
        out.put((byte) kind(changes.get(i / 3)).ordinal());
      }
      out.putInt(parts.get(i).length).put(parts.get(i));
    }
    return out.array();
  }

  private static byte[] shown(boolean shows, byte @Nullable [] stored) {
    return shows && stored != null ? stored : ABSENT;
  }

  private static Kind kind(Outcome change) {
    return switch (change.growth()) {
      case 1 -> Kind.INSERT;
      case -1 -> Kind.REMOVE;
      default -> Kind.MODIFY;
    };
  }

  private static byte[] key(Outcome change) {
    Item item = change.after() == null ? change.before() : change.after();
    return ItemEncoding.encode(key(item, change.layout().table().key()));
  }

  private static Item key(@Nullable Item item, KeySchema schema) {
    return item == null ? Item.EMPTY : item.only(new LinkedHashSet<>(schema.names()));
  }

  /// The time of stored changes, without reading the rest.
  static Instant time(byte[] stored) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(stored).getLong(1));
  }

  /// Removes changes from the store that were made before a moment.
  ///
  /// @param all above them, in the order in which they were made
  static void trim(Store store, Key all, Instant before) {
    Key last = null;
    try (Scan scan = store.scan(KeyRange.prefix(all))) {
      while (scan.hasNext()) {
        Scan.Entry entry = scan.next();
        if (!time(entry.value()).isBefore(before)) {
          break;
        }
        last = entry.key();
      }
    }
    if (last != null) {
      store.commit(new Batch().deleteRange(new KeyRange(all, KeyRange.prefix(last).to())));
    }
  }

  /// The changes whose stored form this is.
  static List<ChangeRecord> decode(byte[] stored, KeySchema schema) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    Origin origin = ORIGINS[in.get()];
    Instant time = Instant.ofEpochMilli(in.getLong());
    List<ChangeRecord> records = new ArrayList<>();
    while (in.hasRemaining()) {
      Kind kind = KINDS[in.get()];
      Item key = item(in);
      Item before = item(in);
      Item after = item(in);
      if (key == null) {
        key = key(after == null ? before : after, schema);
      }
      records.add(new ChangeRecord(kind, origin, time, key, before, after));
    }
    return records;
  }

  private static @Nullable Item item(ByteBuffer in) {
    int length = in.getInt();
    if (length == 0) {
      return null;
    }
    byte[] stored = new byte[length];
    in.get(stored);
    return ItemEncoding.decode(stored);
  }
}
