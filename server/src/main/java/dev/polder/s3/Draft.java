package dev.polder.s3;

import dev.polder.kernel.checksum.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// An object that is being written: a file outside all buckets, which is gone when this is closed
/// unless it was placed before. Used by one thread.
final class Draft implements AutoCloseable {
  /// The largest object or part that one request may carry.
  static final long LARGEST = 5L << 30;

  private static final int BUFFER_BYTES = 128 << 10;

  private final Path file;
  private final FileChannel channel;
  private final MessageDigest md5 = Hashing.md5();
  private final Map<Checksum, Checksum.Running> running = new EnumMap<>(Checksum.class);
  private final Map<Checksum, String> checksums = new EnumMap<>(Checksum.class);
  private String etag = "";
  private long size;

  private Draft(Path file, Set<Checksum> wanted) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    wanted.forEach(each -> running.put(each, each.start()));
  }

  /// A new, empty file that computes these checksums of what is written.
  static Draft create(Path file, Set<Checksum> wanted) throws IOException {
    return new Draft(file, wanted);
  }

  /// Writes all that a stream gives.
  ///
  /// @param expected how many bytes it must be; empty for any number
  void write(InputStream in, OptionalLong expected) throws IOException {
    if (expected.isPresent() && expected.getAsLong() > LARGEST) {
      throw S3Errors.entityTooLarge(expected.getAsLong());
    }
    long usual = Math.clamp(expected.orElse(BUFFER_BYTES) + 1, 512, BUFFER_BYTES);
    var buffer = new byte[(int) usual];
    // Servers give a few kilobytes at a time; a full buffer costs the fewest calls.
    for (int n = in.readNBytes(buffer, 0, buffer.length);
        n > 0;
        n = in.readNBytes(buffer, 0, buffer.length)) {
      take(buffer, n);
      if (size > expected.orElse(LARGEST)) {
        throw expected.isPresent() ? S3Errors.tooManyBytes() : S3Errors.entityTooLarge(size);
      }
    }
    if (expected.isPresent() && size < expected.getAsLong()) {
      throw S3Errors.incompleteBody(size, expected.getAsLong());
    }
    etag = HexFormat.of().formatHex(md5.digest());
    running.forEach((algorithm, sum) -> checksums.put(algorithm, sum.value()));
  }

  private void take(byte[] buffer, int length) throws IOException {
    md5.update(buffer, 0, length);
    running.values().forEach(each -> each.update(buffer, 0, length));
    var bytes = ByteBuffer.wrap(buffer, 0, length);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    size += length;
  }

  /// Adds the bytes of a file without looking at them.
  void append(Path part) throws IOException {
    try (var in = FileChannel.open(part, StandardOpenOption.READ)) {
      append(in, in.size());
    }
  }

  /// Adds bytes from a channel's position on without looking at them.
  void append(FileChannel in, long length) throws IOException {
    long begin = in.position();
    for (long done = 0; done < length; ) {
      long moved = in.transferTo(begin + done, length - done, channel);
      if (moved <= 0) {
        throw new IOException("A file became shorter while it was read");
      }
      done += moved;
    }
    size += length;
  }

  /// Sets the time of the file and describes it. Nothing may be written afterwards.
  void describe(MetadataFiles files, Address address, ObjectMetadata metadata, Instant modified)
      throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(modified));
    files.write(file, address.bucket(), address.key(), metadata);
  }

  /// Returns once the file is on disk.
  void sync() throws IOException {
    channel.force(true);
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  /// The MD5 of what was written, in hexadecimal.
  String etag() {
    return etag;
  }

  /// The checksum of what was written, if it was wanted.
  Optional<String> checksum(Checksum algorithm) {
    return Optional.ofNullable(checksums.get(algorithm));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
