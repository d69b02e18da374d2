package dev.polder.glue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.xerial.snappy.Snappy;

/// Snappy as Hadoop writes it: blocks of a length uncompressed, then pieces that each have their
/// length compressed before them, both of four bytes, big-endian.
final class HadoopSnappyStream extends InputStream {
  private static final int LARGEST = 64 << 20;

  private final DataInputStream in;
  private byte[] piece = {};
  private int at;
  private int leftInBlock;

  HadoopSnappyStream(InputStream in) {
    this.in = new DataInputStream(in);
  }

  @Override
  public int read() throws IOException {
    return fill() ? piece[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (at == piece.length) {
      if (leftInBlock <= 0) {
        int first = in.read();
        if (first < 0) {
          return false;
        }
        leftInBlock = checked(first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort());
        continue;
      }
      byte[] stored = new byte[checked(in.readInt())];
      in.readFully(stored);
      if (Snappy.uncompressedLength(stored) > LARGEST) {
        throw new IOException("a Snappy block is too large");
      }
      piece = Snappy.uncompress(stored);
      at = 0;
      leftInBlock -= piece.length;
    }
    return true;
  }

  private static int checked(int length) throws IOException {
    if (length < 0 || length > LARGEST) {
      throw new EOFException("not Hadoop's Snappy format");
    }
    return length;
  }
}
