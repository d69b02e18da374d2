package dev.polder.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// How the services lay out what they keep in a store, as one number that the store itself holds. A
/// version that lays it out differently must not guess at what an earlier one has left.
public final class StoreFormat {
  private static final Key FORMAT = Key.of("format");
  private static final String FIRST = "1";
  private static final String PRESENT = "2";

  private StoreFormat() {}

  /// Marks an empty store, and makes sure of every other.
  ///
  /// @param directory of the store, for the message
  /// @throws IllegalStateException if another version of Polder has written the store
  public static void require(Store store, Path directory) {
    byte[] stored = store.get(FORMAT);
    if (stored == null && isEmpty(store)) {
      store.commit(new Batch().put(FORMAT, PRESENT.getBytes(StandardCharsets.US_ASCII)));
      return;
    }
    String format = stored == null ? FIRST : new String(stored, StandardCharsets.US_ASCII);
    if (!format.equals(PRESENT)) {
      throw new IllegalStateException(
          "The data in %s are of format %s; this version reads and writes format %s. Begin with an empty --data directory, or go on with the version that wrote it."
              .formatted(directory, format, PRESENT));
    }
  }

  private static boolean isEmpty(Store store) {
    try (Scan scan = store.scan(new KeyRange(Key.of(), null))) {
      return !scan.hasNext();
    }
  }
}
