package dev.polder.examples.traffic.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The INSERT of {@code sql/etl.sql} for one range after another. */
final class EtlQuery {
  /** How far the windows look back: the longest is the previous speed's, one hour. */
  private static final Duration CONTEXT = Duration.ofHours(1);

  /** How far a point's clock may run ahead of the time of arrival. */
  private static final Duration CLOCK_AHEAD = Duration.ofHours(1);

  private final SqlTemplate template;
  private final Duration lateness;

  /**
   * @param lateness how long after it was measured an event may have arrived and still count;
   *     bounds the arrival hours that are read
   */
  EtlQuery(Duration lateness) {
    this.template = SqlTemplate.parse(text());
    this.lateness = lateness;
  }

  /** The text with {@code ?} for each parameter: the same for every range. */
  String query() {
    return template.query();
  }

  /** Athena's execution parameters for the range. */
  List<String> parameters(TimeRange range) {
    Instant contextStart = range.start().minus(CONTEXT);
    Map<String, String> literals = new LinkedHashMap<>();
    literals.put("range_start", Long.toString(range.start().getEpochSecond()));
    literals.put("range_end", Long.toString(range.end().getEpochSecond()));
    literals.put("context_start", Long.toString(contextStart.getEpochSecond()));
    putHour(literals, "from", contextStart.minus(CLOCK_AHEAD));
    putHour(literals, "until", range.end().plus(lateness));
    return template.arguments(literals);
  }

  private static void putHour(Map<String, String> literals, String edge, Instant hour) {
    ZonedDateTime utc = hour.atZone(ZoneOffset.UTC);
    literals.put(edge + "_year", text("%04d", utc.getYear()));
    literals.put(edge + "_month", text("%02d", utc.getMonthValue()));
    literals.put(edge + "_day", text("%02d", utc.getDayOfMonth()));
    literals.put(edge + "_hour", text("%02d", utc.getHour()));
  }

  private static String text(String format, int value) {
    return "'" + String.format(Locale.ROOT, format, value) + "'";
  }

  private static String text() {
    try (InputStream in = EtlQuery.class.getResourceAsStream("/sql/etl.sql")) {
      if (in == null) {
        throw new IllegalStateException("The deployed jar lacks sql/etl.sql");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
