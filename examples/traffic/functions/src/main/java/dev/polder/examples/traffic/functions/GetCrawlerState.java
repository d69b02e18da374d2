package dev.polder.examples.traffic.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;

/**
 * Tells how the crawl stands. Output: the input with {@code CrawlerState} (READY, RUNNING,
 * STOPPING), {@code CrawlerStatus} (SUCCEEDED, CANCELLED, FAILED; NONE for a crawler that has not
 * finished a crawl) and {@code CrawlerMessage}.
 */
public final class GetCrawlerState
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final GlueClient glue;
  private final Settings settings;

  /** The constructor that Lambda calls; reads {@code CRAWLER_NAME}. */
  public GetCrawlerState() {
    this(Clients.glue(), Settings.environment());
  }

  GetCrawlerState(GlueClient glue, Settings settings) {
    this.glue = glue;
    this.settings = settings;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    String name = settings.text("CRAWLER_NAME");
    Crawler crawler = glue.getCrawler(request -> request.name(name)).crawler();
    LastCrawlInfo last = crawler.lastCrawl();
    return new Fields(event)
        .with(
            Map.of(
                "CrawlerState", crawler.stateAsString(),
                "CrawlerStatus",
                    last == null || last.status() == null ? "NONE" : last.statusAsString(),
                "CrawlerMessage",
                    last == null || last.errorMessage() == null ? "" : last.errorMessage()));
  }
}
