package dev.polder.dynamodb;

import dev.polder.kernel.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A place in a stream, as clients keep it.
///
/// @param position the next sequence number to read; -1 for the oldest record there is
/// @param issued when it was given out
record ShardIterator(Scope scope, String table, String label, long position, Instant issued) {
  static final long OLDEST = -1;

  /// The opaque form.
  String text() {
    String inner =
        String.join(
            "|",
            scope.account(),
            scope.region(),
            table,
            label,
            Long.toString(position),
            Long.toString(issued.toEpochMilli()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(inner.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads the opaque form.
  ///
  /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException if it is none
  static ShardIterator read(@Nullable String text) {
    try {
      String inner =
          new String(Base64.getUrlDecoder().decode(String.valueOf(text)), StandardCharsets.UTF_8);
      String[] part = inner.split("\\|", -1);
      if (part.length == 6) {
        return new ShardIterator(
            new Scope(part[0], part[1]),
            part[2],
            part[3],
            Long.parseLong(part[4]),
            Instant.ofEpochMilli(Long.parseLong(part[5])));
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static RuntimeException invalid() {
    return DynamoDbErrors.invalid("Invalid ShardIterator");
  }
}
