package dev.polder.gateway.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes as the client sends them. A client that breaks off is the client's affair and no
/// failure of ours, whatever the server says it with.
final class ClientStream extends FilterInputStream {

  ClientStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      var refused =
          new Refused(
              400,
              "IncompleteBody",
              "You did not provide the number of bytes specified by the Content-Length HTTP header");
      refused.initCause(e);
      throw refused;
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException | RuntimeException _) {
      // What was needed has been read, or its lack has been told.
    }
  }
}
