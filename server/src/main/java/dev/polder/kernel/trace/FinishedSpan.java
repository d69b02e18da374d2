package dev.polder.kernel.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A span that has ended.
///
/// @param traceId 32 hexadecimal digits
/// @param id 16 hexadecimal digits
/// @param parentId null for the first of a trace
/// @param attributes as [Span#set] describes
/// @param failure null if it did not fail
public record FinishedSpan(
    String traceId,
    String id,
    @Nullable String parentId,
    Span.Kind kind,
    String name,
    Instant start,
    Instant end,
    Map<String, String> attributes,
    @Nullable Failure failure) {

  public FinishedSpan {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /// How a span failed.
  ///
  /// @param caller true if the caller is to blame
  public record Failure(String type, String message, boolean caller) {}
}
