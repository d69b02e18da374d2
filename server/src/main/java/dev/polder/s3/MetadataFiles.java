package dev.polder.s3;

import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Keeps what S3 knows of an object with its file: in one extended attribute, or in the store where
/// the file system has none or the attribute is too large for it (ext4: 4 KB).
///
/// What is kept names the size and time of the file that it describes. If a file was changed by
/// another hand, its ETag and checksums are dropped and the rest holds.
final class MetadataFiles {
  private static final String ATTRIBUTE = "polder.s3";
  private static final int USUAL_BYTES = 4096;

  private final Store store;

  MetadataFiles(Store store) {
    this.store = store;
  }

  /// Describes a file that will be the object `key`. Its size and time must be final.
  void write(Path file, String bucket, String key, ObjectMetadata metadata) throws IOException {
    var attributes = attributes(file);
    byte[] value = metadata.encode(attributes.size(), nanos(attributes.lastModifiedTime()));
    if (!writeAttribute(file, value)) {
      store.commit(new Batch().put(asideKey(bucket, key, attributes), value));
    }
  }

  /// Describes an object anew. The change is on disk when this returns.
  void replace(Path file, String bucket, String key, ObjectMetadata metadata) throws IOException {
    var attributes = attributes(file);
    byte[] value = metadata.encode(attributes.size(), nanos(attributes.lastModifiedTime()));
    if (writeAttribute(file, value)) {
      Disk.syncFile(file);
      settle(bucket, key, Optional.empty());
      return;
    }
    store.commit(new Batch().put(asideKey(bucket, key, attributes), value));
    removeAttribute(file);
    Disk.syncFile(file);
  }

  /// What is known of an object.
  ObjectMetadata read(Path file, String bucket, String key, BasicFileAttributes attributes) {
    byte[] attribute = readAttribute(file);
    byte[] value = attribute.length > 0 ? attribute : aside(bucket, key, attributes);
    return ObjectMetadata.decode(value)
        .map(described -> checked(described, attributes))
        .orElseGet(() -> unknown(ObjectMetadata.EMPTY, attributes));
  }

  /// Forgets what the store keeps of a key, except of the file that the object now is.
  void settle(String bucket, String key, Optional<BasicFileAttributes> present) {
    var stale = new Batch();
    var kept = present.map(each -> asideKey(bucket, key, each));
    try (var scan = store.scan(KeyRange.prefix(Key.of("s3", "metadata", bucket, key)))) {
      while (scan.hasNext()) {
        Key found = scan.next().key();
        if (!kept.equals(Optional.of(found))) {
          stale.delete(found);
        }
      }
    }
    if (!stale.isEmpty()) {
      store.commit(stale);
    }
  }

  private static ObjectMetadata checked(
      ObjectMetadata.Described described, BasicFileAttributes attributes) {
    boolean same =
        described.size() == attributes.size()
            && described.modifiedNanos() == nanos(attributes.lastModifiedTime());
    return same ? described.metadata() : unknown(described.metadata(), attributes);
  }

  /// A file of another hand: its ETag follows from its size and time, and has the form of a
  /// multipart one, which nobody takes for an MD5 of the bytes.
  private static ObjectMetadata unknown(ObjectMetadata rest, BasicFileAttributes attributes) {
    byte[] identity =
        ByteBuffer.allocate(16)
            .putLong(attributes.size())
            .putLong(nanos(attributes.lastModifiedTime()))
            .array();
    String etag = HexFormat.of().formatHex(Hashing.md5().digest(identity)) + "-1";
    return rest.of(etag, null, List.of());
  }

  private byte[] aside(String bucket, String key, BasicFileAttributes attributes) {
    byte[] exact = store.get(asideKey(bucket, key, attributes));
    if (exact != null) {
      return exact;
    }
    try (var scan = store.scan(KeyRange.prefix(Key.of("s3", "metadata", bucket, key)))) {
      return scan.hasNext() ? scan.next().value() : new byte[0];
    }
  }

  // The time of the file is in the key, so that an object that is about to be replaced keeps its
  // own description until the new file has its name.
  private static Key asideKey(String bucket, String key, BasicFileAttributes attributes) {
    return Key.of("s3", "metadata", bucket, key, nanos(attributes.lastModifiedTime()));
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static Optional<UserDefinedFileAttributeView> view(Path file) {
    return Optional.ofNullable(
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
  }

  private static boolean writeAttribute(Path file, byte[] value) throws IOException {
    var view = view(file);
    if (view.isEmpty()) {
      return false;
    }
    try {
      view.get().write(ATTRIBUTE, ByteBuffer.wrap(value));
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException _) {
      return false; // Not supported here, or larger than the file system takes.
    }
  }

  private static void removeAttribute(Path file) throws IOException {
    var view = view(file);
    if (view.isPresent() && readAttribute(file).length > 0) {
      view.get().delete(ATTRIBUTE);
    }
  }

  private static byte[] readAttribute(Path file) {
    var view = view(file);
    if (view.isEmpty()) {
      return new byte[0];
    }
    try {
      var usual = ByteBuffer.allocate(USUAL_BYTES);
      int length = view.get().read(ATTRIBUTE, usual);
      return Arrays.copyOf(usual.array(), length);
    } catch (IOException _) {
      return readLarge(view.get());
    }
  }

  private static byte[] readLarge(UserDefinedFileAttributeView view) {
    try {
      var buffer = ByteBuffer.allocate(view.size(ATTRIBUTE));
      view.read(ATTRIBUTE, buffer);
      return buffer.array();
    } catch (IOException _) {
      return new byte[0]; // No such attribute.
    }
  }
}
