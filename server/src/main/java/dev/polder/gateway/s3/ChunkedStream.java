package dev.polder.gateway.s3;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The bytes in an `aws-chunked` body: each chunk is its length in hexadecimal, perhaps
/// `;chunk-signature=` and a signature, a line end, the bytes and a line end; after one of length 0
/// come trailing headers. Signatures of chunks are not checked.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">S3:
///   chunked uploads with trailing headers</a>
final class ChunkedStream extends FilterInputStream {
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_TRAILERS = 20;

  private final Map<String, String> trailers = new LinkedHashMap<>();
  private long left;
  private boolean begun;
  private boolean ended;
  private boolean lastWasEnd;

  ChunkedStream(InputStream in) {
    super(in);
  }

  /// The trailing headers by their names in lower case, once the end was read.
  Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !next()) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw cutShort();
    }
    left -= count;
    return count;
  }

  private boolean next() throws IOException {
    if (ended) {
      return false;
    }
    if (begun && !line().isEmpty()) {
      throw malformed("Expected a line end after a chunk");
    }
    begun = true;
    String line = line();
    int semicolon = line.indexOf(';');
    left = length(semicolon < 0 ? line : line.substring(0, semicolon));
    if (left > 0) {
      return true;
    }
    ended = true;
    readTrailers();
    return false;
  }

  private static long length(String digits) {
    try {
      long length = Long.parseLong(digits.strip(), 16);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw malformed("Expected the length of a chunk but was " + digits);
  }

  private void readTrailers() throws IOException {
    for (String line = lineOrEnd(); !line.isEmpty(); line = lineOrEnd()) {
      int colon = line.indexOf(':');
      if (colon < 0 || trailers.size() == MOST_TRAILERS) {
        throw new Refused(
            400,
            "MalformedTrailerError",
            "The request contained trailing data that was not well-formed or did not conform to our"
                + " published schema.");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      trailers.put(name, line.substring(colon + 1).strip());
    }
  }

  private String line() throws IOException {
    String line = lineOrEnd();
    if (line.isEmpty() && lastWasEnd) {
      throw cutShort();
    }
    return line;
  }

  /// A line without its end; empty at the end of the stream.
  private String lineOrEnd() throws IOException {
    var line = new ByteArrayOutputStream(80);
    int c = in.read();
    lastWasEnd = c < 0;
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.size() == LONGEST_LINE) {
        throw malformed("A line between chunks is too long");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static Refused malformed(String message) {
    return new Refused(400, "InvalidRequest", message);
  }

  private static Refused cutShort() {
    return new Refused(400, "IncompleteBody", "The request body terminated unexpectedly");
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
