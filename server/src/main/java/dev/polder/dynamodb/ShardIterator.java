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

  /// The form that clients keep: the stream's ARN, as at AWS, and what is opaque.
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
    String opaque =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(inner.getBytes(StandardCharsets.UTF_8));
    return scope.arn("dynamodb", "table/" + table + "/stream/" + label) + "|1|" + opaque;
  }

  /// Reads the form that clients keep.
  ///
  /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException if it is none
  static ShardIterator read(@Nullable String text) {
    try {
      String whole = String.valueOf(text);
      String opaque = whole.substring(whole.lastIndexOf('|') + 1);
      String inner = new String(Base64.getUrlDecoder().decode(opaque), StandardCharsets.UTF_8);
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
