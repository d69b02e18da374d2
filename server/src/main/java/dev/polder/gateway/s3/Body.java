package dev.polder.gateway.s3;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.kernel.Digests;
import dev.polder.kernel.checksum.Checksum;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The body of a request: out of its chunks, and checked against what the request says of it.
///
/// @param length in bytes; null where it was not announced
/// @param trailing the checksum that comes after the bytes
record Body(InputStream bytes, @Nullable Long length, Optional<Checksum> trailing) {
  private static final int LARGEST_DOCUMENT = 8 << 20;
  private static final int BUFFER_BYTES = 64 << 10;

  /// Of a request that carries an object or a part. Its MD5 and the checksum in its headers are for
  /// the service to check.
  static Body of(HttpRequest request) {
    Headers headers = request.headers();
    String hash = headers.first("x-amz-content-sha256", "");
    boolean chunked =
        hash.startsWith("STREAMING-")
            || headers
                .first("content-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("aws-chunked");
    if (!chunked) {
      InputStream bytes = new ClientStream(request.body());
      return hash.length() == 64
          ? new Body(
              new CheckedStream(bytes, List.of(new Hash(hash))),
              request.contentLength(),
              Optional.empty())
          : new Body(bytes, request.contentLength(), Optional.empty());
    }
    var chunks =
        new ChunkedStream(new BufferedInputStream(new ClientStream(request.body()), BUFFER_BYTES));
    Optional<Checksum> trailing = trailing(headers);
    List<CheckedStream.Check> checks =
        trailing
            .<List<CheckedStream.Check>>map(each -> List.of(new Trailer(each, chunks)))
            .orElse(List.of());
    return new Body(new CheckedStream(chunks, checks), decodedLength(headers), trailing);
  }

  private static @Nullable Long decodedLength(Headers headers) {
    String length = headers.first("x-amz-decoded-content-length");
    try {
      return length == null ? null : Long.valueOf(length.strip());
    } catch (NumberFormatException e) {
      throw new Refused(
          400, "InvalidArgument", "Expected x-amz-decoded-content-length but was " + length);
    }
  }

  private static Optional<Checksum> trailing(Headers headers) {
    String names = headers.first("x-amz-trailer", "");
    for (String name : names.split(",")) {
      String lower = name.strip().toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-amz-checksum-")) {
        return Optional.of(
            Checksum.named(lower.substring("x-amz-checksum-".length()))
                .orElseThrow(() ->
                    new Refused(
                        400,
                        "InvalidRequest",
                        "The value specified in the x-amz-trailer header is not supported")));
      }
    }
    return Optional.empty();
  }

  /// The whole body of a request that carries a document, with its MD5 and checksum checked.
  static InputStream document(HttpRequest request) throws IOException {
    byte[] document = of(request).bytes().readNBytes(LARGEST_DOCUMENT + 1);
    if (document.length > LARGEST_DOCUMENT) {
      throw new Refused(
          400,
          "MaxMessageLengthExceeded",
          "Your request was too large. (" + LARGEST_DOCUMENT + ")");
    }
    String md5 = request.headers().first("content-md5");
    if (md5 != null
        && !md5.equals(Base64.getEncoder().encodeToString(Digests.of("MD5").digest(document)))) {
      throw new Refused(
          400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    for (Checksum algorithm : Checksum.values()) {
      String given = request.headers().first(algorithm.header());
      if (given != null && !given.equals(algorithm.of(document))) {
        throw mismatch(algorithm);
      }
    }
    return new ByteArrayInputStream(document);
  }

  private static Refused mismatch(Checksum algorithm) {
    return new Refused(
        400,
        "BadDigest",
        "The " + algorithm + " you specified did not match the calculated checksum.");
  }

  /// The SHA-256 that a request was signed with.
  private static final class Hash implements CheckedStream.Check {
    private final String expected;
    private final MessageDigest actual = Digests.of("SHA-256");

    Hash(String expected) {
      this.expected = expected;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      actual.update(bytes, offset, length);
    }

    @Override
    public void end() {
      if (!HexFormat.of().formatHex(actual.digest()).equalsIgnoreCase(expected)) {
        throw new Refused(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    }
  }

  /// A checksum that comes after the bytes.
  private static final class Trailer implements CheckedStream.Check {
    private final Checksum algorithm;
    private final Checksum.Running actual;
    private final ChunkedStream chunks;

    Trailer(Checksum algorithm, ChunkedStream chunks) {
      this.algorithm = algorithm;
      this.actual = algorithm.start();
      this.chunks = chunks;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      actual.update(bytes, offset, length);
    }

    @Override
    public void end() {
      String given = chunks.trailers().get(algorithm.header());
      if (given == null) {
        throw new Refused(
            400,
            "MalformedTrailerError",
            "The request contained trailing data that was not well-formed or did not conform to our"
                + " published schema.");
      }
      if (!given.equals(actual.value())) {
        throw mismatch(algorithm);
      }
    }
  }
}
