package dev.polder.amplify;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Tells when files of a project change.
public final class ProjectWatch implements AutoCloseable {
  private static final Set<String> PASSED_OVER = Set.of("node_modules", ".git");

  // Editors write a file in several steps, builds many files: wait until it has been quiet so long.
  private static final long QUIET_MILLIS = 200;

  private final Path root;
  private final WatchService watch;

  /// @param root watched with everything below
  public ProjectWatch(Path root) {
    this.root = root;
    try {
      this.watch = root.getFileSystem().newWatchService();
      register();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until something has changed, and then until nothing does any more.
  public void awaitChange() throws InterruptedException {
    taken(watch.take());
    for (WatchKey key = next(); key != null; key = next()) {
      taken(key);
    }
    try {
      register();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WatchKey next() throws InterruptedException {
    return watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void taken(WatchKey key) {
    key.pollEvents();
    key.reset();
  }

  // Registering a folder again is harmless; new ones are found so.
  private void register() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (PASSED_OVER.contains(ProjectFiles.name(folder))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
