package dev.polder.s3;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// A run of an object's bytes.
///
/// @param first from 0
/// @param length at least 1, or 0 for the whole of an empty object
record ByteRange(long first, long length) {
  private static final Pattern HEADER = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /// The range that a `Range` header asks for of an object of this size. Empty, which is the whole
  /// object, for a header that is no single byte range: S3 answers as if it were not there.
  static Optional<ByteRange> of(String header, long size) {
    var parsed = HEADER.matcher(header.strip());
    if (!parsed.matches()) {
      return Optional.empty();
    }
    String from = parsed.group(1);
    String to = parsed.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? Optional.empty() : Optional.of(last(number(to), size));
    }
    long first = number(from);
    long end = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (end < first) {
      return Optional.empty();
    }
    if (first >= size) {
      throw S3Errors.invalidRange();
    }
    return Optional.of(new ByteRange(first, Math.min(end, size - 1) - first + 1));
  }

  /// The range of a part copy, which must be of the form `bytes=first-last` and within the object.
  static ByteRange exact(String header, long size) {
    var parsed = HEADER.matcher(header);
    if (!parsed.matches() || parsed.group(1).isEmpty() || parsed.group(2).isEmpty()) {
      throw S3Errors.invalidArgument(
          "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
              + " last are the zero-based offsets of the first and last bytes to copy");
    }
    long first = number(parsed.group(1));
    long last = number(parsed.group(2));
    if (last < first || last >= size) {
      throw S3Errors.invalidArgument(
          "Range specified is not valid for source object of size: " + size);
    }
    return new ByteRange(first, last - first + 1);
  }

  private static ByteRange last(long count, long size) {
    if (count == 0 || size == 0) {
      throw S3Errors.invalidRange();
    }
    long length = Math.min(count, size);
    return new ByteRange(size - length, length);
  }

  private static long number(String digits) {
    return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
  }

  /// The `Content-Range` header.
  String header(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
