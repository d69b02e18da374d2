package dev.polder.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The operations on folders and files that must last.
final class Disk {
  /// One is held from before a folder is made until its name is on disk, by the folder's parent.
  private static final ReentrantLock[] MAKING =
      Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

  private Disk() {}

  /// The folder that a path below the data directory is in.
  static Path folder(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  /// Returns once what a folder holds is on disk: names given, names taken.
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Returns once a file's bytes and attributes are on disk.
  static void syncFile(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Makes the folders that are missing between `base`, which must be there, and `folder`. When
  /// this returns their names are on disk, whoever made them.
  ///
  /// @param changed is told of each folder in which one was made
  /// @throws NotDirectoryException naming the file that is in the way
  static void makeFolders(Path base, Path folder, Consumer<Path> changed) throws IOException {
    if (Files.isDirectory(folder)) {
      awaitNamed(folder);
    } else if (folder.equals(base)) {
      throw new NoSuchFileException(base.toString());
    } else if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(folder.toString());
    } else {
      makeFolders(base, folder(folder), changed);
      make(folder, changed);
    }
  }

  private static void make(Path folder, Consumer<Path> changed) throws IOException {
    Path parent = folder(folder);
    ReentrantLock making = making(parent);
    making.lock();
    try {
      Files.createDirectory(folder);
      changed.accept(parent);
      sync(parent);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw (IOException) new NotDirectoryException(folder.toString()).initCause(e);
      }
    } finally {
      making.unlock();
    }
  }

  private static void awaitNamed(Path folder) {
    ReentrantLock making = making(folder(folder));
    if (making.isLocked()) {
      making.lock();
      making.unlock();
    }
  }

  private static ReentrantLock making(Path parent) {
    return MAKING[Math.floorMod(parent.hashCode() * 0x9E3779B9 >>> 8, MAKING.length)];
  }

  /// Removes the folders from `folder` up to, and without, `base` while they are empty. Answers the
  /// lowest that is left.
  static Path prune(Path base, Path folder) throws IOException {
    Path at = folder;
    while (!at.equals(base)) {
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS) || !removed(at)) {
        return at;
      }
      at = folder(at);
    }
    return at;
  }

  private static boolean removed(Path folder) throws IOException {
    try {
      Files.delete(folder);
      return true;
    } catch (NoSuchFileException _) {
      return true;
    } catch (DirectoryNotEmptyException _) {
      return false;
    }
  }

  /// Removes folders that hold nothing but folders, from the leaves up.
  ///
  /// @return false if there is a file; some folders may be gone then
  static boolean removeEmpty(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) || !removeEmpty(entry)) {
          return false;
        }
      }
    }
    Files.delete(folder);
    return true;
  }
}
