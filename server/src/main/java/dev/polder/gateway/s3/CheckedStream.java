package dev.polder.gateway.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A body whose end is not reached unless its bytes are what the request says.
final class CheckedStream extends FilterInputStream {
  private final List<Check> checks;
  private boolean ended;

  /// Something that must hold of all bytes.
  interface Check {
    void update(byte[] bytes, int offset, int length);

    /// Throws what S3 answers if it does not hold.
    void end();
  }

  CheckedStream(InputStream in, List<Check> checks) {
    super(in);
    this.checks = List.copyOf(checks);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      for (Check check : checks) {
        check.update(bytes, offset, count);
      }
    } else if (count < 0 && !ended) {
      ended = true;
      checks.forEach(Check::end);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
