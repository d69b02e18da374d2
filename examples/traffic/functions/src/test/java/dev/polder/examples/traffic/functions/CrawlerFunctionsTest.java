package dev.polder.examples.traffic.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerResponse;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.StartCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerResponse;

class CrawlerFunctionsTest {
  private static final Settings SETTINGS =
      new Settings(Map.of("CRAWLER_NAME", "traffic-landing", "LOOKBACK_DAYS", "2")::get);

  private final FakeCrawler glue = new FakeCrawler();

  @Test
  void daysArePinnedWhenTheCrawlerIsStarted() {
    Map<String, Object> answer =
        new RunDataCrawler(glue, SETTINGS)
            .handleRequest(
                Map.of(
                    "executionStart",
                    "2020-05-09T17:00:00Z",
                    "input",
                    Map.of("scheduledTime", "2020-03-02T02:00:00Z")),
                null);

    assertThat(glue.startedCrawler).isEqualTo("traffic-landing");
    assertThat(answer)
        .containsEntry("start", "2020-02-29T00:00:00Z")
        .containsEntry("end", "2020-03-02T00:00:00Z");
  }

  @Test
  void crawlerThatNeverRanHasNoStatus() {
    assertThat(state())
        .containsEntry("CrawlerState", "READY")
        .containsEntry("CrawlerStatus", "NONE");
  }

  @Test
  void failedCrawlIsToldWithItsMessage() {
    glue.last = LastCrawlInfo.builder().status("FAILED").errorMessage("no such bucket").build();

    assertThat(state())
        .containsEntry("CrawlerStatus", "FAILED")
        .containsEntry("CrawlerMessage", "no such bucket")
        .containsEntry("start", "2020-05-01T00:00:00Z");
  }

  private Map<String, Object> state() {
    return new GetCrawlerState(glue, SETTINGS)
        .handleRequest(Map.of("start", "2020-05-01T00:00:00Z"), null);
  }

  private static final class FakeCrawler implements GlueClient {
    private @Nullable LastCrawlInfo last;
    private @Nullable String startedCrawler;

    @Override
    public StartCrawlerResponse startCrawler(StartCrawlerRequest request) {
      startedCrawler = request.name();
      return StartCrawlerResponse.builder().build();
    }

    @Override
    public GetCrawlerResponse getCrawler(GetCrawlerRequest request) {
      return GetCrawlerResponse.builder()
          .crawler(crawler -> crawler.state("READY").lastCrawl(last))
          .build();
    }

    @Override
    public String serviceName() {
      return "glue";
    }

    @Override
    public void close() {}
  }
}
