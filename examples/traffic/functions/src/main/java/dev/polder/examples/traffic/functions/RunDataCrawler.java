package dev.polder.examples.traffic.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * Starts the crawler of the landed data and pins what this execution is to fill.
 *
 * <p>Input: {@code executionStart} and the fields of {@link Span}. Output: the same with {@code
 * start} and {@code end}, the ISO instants of the first day to fill and of the day after the last
 * one. A crawler that is already running is the error {@code CrawlerRunningException}; the state
 * machine tries again later, because that crawl may have passed the new folders by.
 */
public final class RunDataCrawler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final GlueClient glue;
  private final Settings settings;

  /** The constructor that Lambda calls; reads {@code CRAWLER_NAME} and {@code LOOKBACK_DAYS}. */
  public RunDataCrawler() {
    this(Clients.glue(), Settings.environment());
  }

  RunDataCrawler(GlueClient glue, Settings settings) {
    this.glue = glue;
    this.settings = settings;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    TimeRange span = Span.of(new Fields(event).request(), settings.lookbackDays());
    String crawler = settings.text("CRAWLER_NAME");
    glue.startCrawler(request -> request.name(crawler));
    return Map.of(
        "crawler", crawler, "start", span.start().toString(), "end", span.end().toString());
  }
}
