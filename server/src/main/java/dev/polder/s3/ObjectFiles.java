package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The objects of all buckets as files. An object appears, changes and goes in one step, and what
/// was answered is on disk.
final class ObjectFiles {
  private static final int ATTEMPTS = 1000;

  private final Layout layout;
  private final FolderNames folders;
  private final MetadataFiles metadata;
  private final Locks buckets;
  private final Locks keys = new Locks(1024);
  private final AtomicLong drafts = new AtomicLong();

  ObjectFiles(Layout layout, FolderNames folders, MetadataFiles metadata, Locks buckets) {
    this.layout = layout;
    this.folders = folders;
    this.metadata = metadata;
    this.buckets = buckets;
  }

  /// An object and a channel at its first byte, which stays the same object's whatever happens to
  /// the key.
  record Opened(StoredObject object, FileChannel channel) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// A new draft.
  Draft draft(Set<Checksum> wanted) throws IOException {
    String name = Long.toHexString(drafts.incrementAndGet());
    return Draft.create(layout.drafts().resolve(name), wanted);
  }

  MetadataFiles metadata() {
    return metadata;
  }

  /// The object of a key, if there is one.
  Optional<StoredObject> find(Address address) throws IOException {
    return reading(address, () -> present(address));
  }

  /// Opens the object of a key.
  Optional<Opened> open(Address address) throws IOException {
    return reading(
        address,
        () -> {
          var object = present(address);
          return object.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Opened(
                      object.get(),
                      FileChannel.open(object.get().file(), StandardOpenOption.READ)));
        });
  }

  /// Makes a described and synced draft the object of its key.
  ///
  /// @return the folder that must be synced for the change to last
  Path place(Path draft, Address address, WriteCondition condition) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return writing(address, () -> placeNow(draft, address, condition));
      } catch (NotDirectoryException e) {
        makeWay(address);
      } catch (NoSuchFileException e) {
        // A folder went away, emptied by a delete, between its making and the move.
        requireBucket(address);
      }
    }
    throw new IOException("Gave up placing an object after " + ATTEMPTS + " attempts");
  }

  private Path placeNow(Path draft, Address address, WriteCondition condition) throws IOException {
    Path plain = layout.plain(address);
    Optional<StoredObject> present =
        condition.equals(WriteCondition.NONE) ? Optional.empty() : present(address);
    condition.check(present);
    Path target = free(address, plain);
    Disk.makeFolders(layout.bucket(address.bucket()), Disk.folder(target), folders::changed);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    folders.changed(Disk.folder(target));
    metadata.settle(address.bucket(), address.key(), attributes(target));
    return Disk.folder(target);
  }

  /// The plain place of an object unless a folder has the name. An object that once gave way stays
  /// aside, so that only [#makeWay] moves objects, and never while a page is listed.
  private Path free(Address address, Path plain) throws IOException {
    Path aside = layout.aside(address);
    if (attributes(aside).isPresent()) {
      return aside;
    }
    if (attributes(plain).filter(BasicFileAttributes::isDirectory).isEmpty()) {
      return plain;
    }
    try {
      Files.delete(plain);
      return plain;
    } catch (DirectoryNotEmptyException _) {
      return aside;
    }
  }

  /// Moves every object that stands where this one needs a folder.
  private void makeWay(Address address) throws IOException {
    Locks.holding(
        buckets.of(address.bucket()).writeLock(),
        () -> {
          String key = address.key();
          for (int slash = key.indexOf('/', 1); slash > 0; slash = key.indexOf('/', slash + 1)) {
            var shorter = new Address(address.bucket(), key.substring(0, slash));
            Path plain = layout.plain(shorter);
            if (Files.isRegularFile(plain, LinkOption.NOFOLLOW_LINKS)) {
              Path aside = layout.aside(shorter);
              Disk.makeFolders(
                  layout.bucket(address.bucket()), Disk.folder(aside), folders::changed);
              Files.move(plain, aside, StandardCopyOption.ATOMIC_MOVE);
              Files.createDirectory(plain);
              folders.changed(Disk.folder(plain));
              folders.changed(Disk.folder(aside));
              Disk.sync(Disk.folder(plain));
            }
          }
          return address;
        });
  }

  private void requireBucket(Address address) {
    if (!Files.isDirectory(layout.bucket(address.bucket()))) {
      throw S3Errors.noSuchBucket();
    }
  }

  /// Removes the object of a key.
  ///
  /// @return the folder that must be synced for the change to last; empty if there was no object
  Optional<Path> remove(Address address, WriteCondition condition) throws IOException {
    return writing(
        address,
        () -> {
          var present = present(address);
          condition.check(present);
          if (present.isEmpty()) {
            return Optional.empty();
          }
          Files.deleteIfExists(present.get().file());
          Files.deleteIfExists(layout.aside(address));
          metadata.settle(address.bucket(), address.key(), Optional.empty());
          Path folder = Disk.folder(layout.plain(address));
          return Optional.of(Disk.prune(layout.bucket(address.bucket()), folder));
        });
  }

  /// Describes an object anew; the change lasts when this returns.
  StoredObject describe(Address address, UnaryOperator<ObjectMetadata> change) throws IOException {
    return writing(
        address,
        () -> {
          StoredObject object = present(address).orElseThrow(S3Errors::noSuchKey);
          ObjectMetadata changed = change.apply(object.metadata());
          metadata.replace(object.file(), address.bucket(), address.key(), changed);
          return new StoredObject(
              address, object.file(), object.size(), object.modified(), changed);
        });
  }

  private Optional<StoredObject> present(Address address) {
    Path plain = layout.plain(address);
    var attributes = attributes(plain);
    if (attributes.isPresent() && attributes.get().isRegularFile()) {
      return Optional.of(object(address, plain, attributes.get()));
    }
    Path aside = layout.aside(address);
    return attributes(aside)
        .filter(BasicFileAttributes::isRegularFile)
        .map(each -> object(address, aside, each));
  }

  /// The object that a file is.
  StoredObject object(Address address, Path file, BasicFileAttributes attributes) {
    return new StoredObject(
        address,
        file,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        metadata.read(file, address.bucket(), address.key(), attributes));
  }

  private static Optional<BasicFileAttributes> attributes(Path file) {
    try {
      return Optional.ofNullable(
          file.getFileSystem()
              .provider()
              .readAttributesIfExists(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException _) {
      return Optional.empty(); // Below a file.
    }
  }

  private <T extends @Nullable Object> T reading(Address address, Locks.Action<T> action)
      throws IOException {
    return Locks.holding(
        buckets.of(address.bucket()).readLock(),
        () -> Locks.holding(keys.of(address).readLock(), action));
  }

  private <T extends @Nullable Object> T writing(Address address, Locks.Action<T> action)
      throws IOException {
    return Locks.holding(
        buckets.of(address.bucket()).readLock(),
        () -> Locks.holding(keys.of(address).writeLock(), action));
  }
}
