package dev.polder.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The folders of the data directory that are S3's. All are on one volume. Names that begin with a
/// dot are no buckets'.
///
/// @param root holds a folder for each bucket
record Layout(Path root) {

  Path drafts() {
    return root.resolve(".draft");
  }

  Path uploads() {
    return root.resolve(".upload");
  }

  Path stages() {
    return root.resolve(".stage");
  }

  Path bucket(String name) {
    return root.resolve(name);
  }

  /// Where an object's file is unless a folder has its name.
  Path plain(Address address) {
    return below(address, KeyPath.of(address.key()));
  }

  /// Where an object's file is when a folder has its name.
  Path aside(Address address) {
    return below(address, KeyPath.aside(address.key()));
  }

  private Path below(Address address, String path) {
    try {
      return Path.of(bucket(address.bucket()) + "/" + path);
    } catch (InvalidPathException e) {
      // Only a process whose locale is not UTF-8 gets here: escapes cover all else.
      throw S3Errors.because(e, S3Errors.invalidUri());
    }
  }

  void create() throws IOException {
    Files.createDirectories(drafts());
    Files.createDirectories(uploads());
    Files.createDirectories(stages());
    Disk.sync(root);
  }
}
