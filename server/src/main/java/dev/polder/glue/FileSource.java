package dev.polder.glue;

import com.github.luben.zstd.ZstdInputStream;
import dev.polder.glue.crawler.Source;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyInputStream;

/// A file of the lake as classifiers see it. How it is compressed is told by its first bytes; only
/// Hadoop's Snappy, which has none of its own, by its name. Never reads more than was asked for,
/// save that the first read takes a small file whole.
final class FileSource implements Source, AutoCloseable {
  private static final int FIRST_READ = 16 << 10;

  private final Path file;
  private final FileChannel channel;
  private final String compression;
  private byte[] read = {};
  private boolean whole;

  private FileSource(Path file, FileChannel channel, String compression) {
    this.file = file;
    this.channel = channel;
    this.compression = compression;
  }

  /// @throws IOException if the file cannot be opened
  static FileSource open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      byte[] magic = bytes(channel, 0, 10);
      return new FileSource(file, channel, compression(magic, String.valueOf(file.getFileName())));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static String compression(byte[] magic, String name) {
    if (begins(magic, 0x1F, 0x8B)) {
      return "gzip";
    }
    if (begins(magic, 0x28, 0xB5, 0x2F, 0xFD)) {
      return "zstd";
    }
    if (begins(magic, 'B', 'Z', 'h')) {
      return "bzip2";
    }
    if (begins(magic, 'P', 'K', 3, 4)) {
      return "zip";
    }
    boolean framed = begins(magic, 0xFF, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P', 'p', 'Y');
    boolean xerial = begins(magic, 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0);
    return framed || xerial || name.toLowerCase(Locale.ROOT).endsWith(".snappy")
        ? "snappy"
        : "none";
  }

  private static boolean begins(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String compression() {
    return compression;
  }

  @Override
  public Head head(int most) throws IOException {
    if (read.length < most && !whole) {
      int wanted = Math.max(most, FIRST_READ);
      byte[] bytes = beginning(wanted);
      whole = bytes.length <= wanted;
      read = whole ? bytes : Arrays.copyOf(bytes, wanted);
    }
    return read.length <= most ? new Head(read, whole) : new Head(Arrays.copyOf(read, most), false);
  }

  /// So many bytes, or one more if there are more.
  private byte[] beginning(int wanted) throws IOException {
    if (compression.equals("none")) {
      return bytes(channel, 0, wanted + 1);
    }
    channel.position(0);
    // Not closed: that would close the channel, which is closed with this source.
    InputStream stored = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    InputStream plain = uncompressed(stored);
    return plain == null ? new byte[0] : plain.readNBytes(wanted + 1);
  }

  private @Nullable InputStream uncompressed(InputStream in) throws IOException {
    return switch (compression) {
      case "gzip" -> new GZIPInputStream(in);
      case "zstd" -> new ZstdInputStream(in);
      case "bzip2" -> new BZip2CompressorInputStream(in, true);
      case "zip" -> {
        var zip = new ZipInputStream(in);
        yield zip.getNextEntry() == null ? null : zip;
      }
      default -> {
        byte[] magic = bytes(channel, 0, 2);
        if (begins(magic, 0xFF, 0x06)) {
          yield new SnappyFramedInputStream(in);
        }
        yield begins(magic, 0x82, 'S') ? new SnappyInputStream(in) : new HadoopSnappyStream(in);
      }
    };
  }

  @Override
  public byte[] tail(int most) throws IOException {
    long from = Math.max(0, size() - most);
    return bytes(channel, from, most);
  }

  private static byte[] bytes(FileChannel channel, long from, int most) throws IOException {
    long left = Math.max(0, channel.size() - from);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, left));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        break;
      }
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
