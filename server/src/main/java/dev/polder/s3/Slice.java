package dev.polder.s3;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of an object that a read asks for.
///
/// @param whole true if nothing narrower was asked for
/// @param parts the number of parts, where one was asked for by its number
record Slice(ByteRange range, boolean whole, Optional<Integer> parts) {

  static Slice of(StoredObject object, @Nullable String header, @Nullable Integer partNumber) {
    if (header != null && partNumber != null) {
      throw S3Errors.invalidRequest(
          "Cannot specify both Range header and partNumber query parameter");
    }
    if (partNumber != null) {
      return part(object, partNumber);
    }
    return Optional.ofNullable(header)
        .flatMap(each -> ByteRange.of(each, object.size()))
        .map(range -> new Slice(range, false, Optional.empty()))
        .orElseGet(() -> new Slice(new ByteRange(0, object.size()), true, Optional.empty()));
  }

  private static Slice part(StoredObject object, int number) {
    List<ObjectMetadata.PartSize> parts = object.metadata().parts();
    if (number < 1 || number > 10_000) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive");
    }
    if (number > Math.max(1, parts.size())) {
      throw S3Errors.invalidPartNumber();
    }
    if (parts.isEmpty()) {
      boolean whole = object.size() == 0;
      return new Slice(new ByteRange(0, object.size()), whole, Optional.empty());
    }
    long first = 0;
    for (var each : parts.subList(0, number - 1)) {
      first += each.size();
    }
    var range = new ByteRange(first, parts.get(number - 1).size());
    return new Slice(range, false, Optional.of(parts.size()));
  }
}
