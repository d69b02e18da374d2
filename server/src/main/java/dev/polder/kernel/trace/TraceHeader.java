package dev.polder.kernel.trace;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a caller says about the trace that its request belongs to.
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
///
/// @param traceId 32 hexadecimal digits; the first 8 are seconds of the epoch
/// @param parentId 16 hexadecimal digits of the span that calls; null if the header names none
/// @param sampled false if the caller wants nothing recorded
public record TraceHeader(String traceId, @Nullable String parentId, boolean sampled) {
  /// The name of the header.
  public static final String NAME = "X-Amzn-Trace-Id";

  /// The header of the W3C, which other tracers send.
  public static final String W3C_NAME = "traceparent";

  /// Reads `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`.
  ///
  /// @return empty if there is no header, or it names no trace
  public static Optional<TraceHeader> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.split(";", 8)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(
            part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            part.substring(equals + 1).strip());
      }
    }
    String parent = parts.get("parent");
    return Optional.ofNullable(parts.get("root"))
        .flatMap(TraceHeader::traceId)
        .map(id ->
            new TraceHeader(
                id,
                parent != null && parent.matches("[0-9a-f]{16}") ? parent : null,
                !"0".equals(parts.get("sampled"))));
  }

  /// Reads `00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01`.
  public static Optional<TraceHeader> parseW3c(@Nullable String header) {
    if (header == null || !header.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*")) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(header.substring(53, 55), 16) & 1) == 1;
    return Optional.of(new TraceHeader(header.substring(3, 35), header.substring(36, 52), sampled));
  }

  /// The 32 digits of an id in X-Ray's form, `1-5759e988-bd862e3fe1be46a994272793`.
  public static Optional<String> traceId(String xrayId) {
    return xrayId.matches("1-[0-9a-f]{8}-[0-9a-f]{24}")
        ? Optional.of(xrayId.substring(2, 10) + xrayId.substring(11))
        : Optional.empty();
  }

  /// An id in X-Ray's form.
  public static String xrayId(String traceId) {
    return "1-" + traceId.substring(0, 8) + "-" + traceId.substring(8);
  }

  @Override
  public String toString() {
    return "Root="
        + xrayId(traceId)
        + (parentId == null ? "" : ";Parent=" + parentId)
        + ";Sampled="
        + (sampled ? 1 : 0);
  }
}
