package dev.polder.glue;

import dev.polder.glue.CrawlRunner.Open;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.CrawlerHistory;
import software.amazon.awssdk.services.glue.model.CrawlerHistoryState;
import software.amazon.awssdk.services.glue.model.CrawlerMetrics;
import software.amazon.awssdk.services.glue.model.CrawlsFilter;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsResponse;
import software.amazon.awssdk.services.glue.model.ListCrawlsRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlsResponse;

/// The crawls of the past and the present, newest first, and what they add up to.
record CrawlHistory(Catalog catalog) {
  static final String LOG_GROUP = "/aws-glue/crawlers";
  private static final int PAGE = 1000;
  private static final int MEDIAN_OF = 100;

  private Key key(Open open) {
    return catalog.key("crawl", open.crawler()).with(-open.begun().toEpochMilli()).with(open.id());
  }

  private static CrawlerHistory.Builder entry(Open open) {
    return CrawlerHistory.builder()
        .crawlId(open.id())
        .startTime(open.begun())
        .logGroup(LOG_GROUP)
        .logStream(open.crawler())
        .messagePrefix(open.id())
        .dpuHour(0.0);
  }

  /// Adds to a batch that a crawl has begun.
  void begin(Batch batch, Open open) {
    batch.put(key(open), Documents.bytes(entry(open).state(CrawlerHistoryState.RUNNING).build()));
  }

  /// Adds to a batch that a crawl has ended.
  void put(Batch batch, Open open, CrawlOutcome outcome, Instant ended) {
    CrawlerHistory made =
        entry(open)
            .state(outcome.end().history)
            .endTime(ended)
            .summary(outcome.summary())
            .errorMessage(outcome.error())
            .build();
    batch.put(key(open), Documents.bytes(made));
  }

  /// Adds to a batch that all crawls of a crawler are forgotten.
  void remove(Batch batch, String crawler) {
    batch.deleteRange(KeyRange.prefix(catalog.key("crawl", crawler)));
  }

  ListCrawlsResponse list(ListCrawlsRequest request) {
    String crawler = Check.name(request.crawlerName(), "crawlerName");
    new Crawlers(catalog).held(crawler);
    var page =
        catalog.page(
            catalog.key("crawl", crawler),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry -> Optional.of(read(entry)).filter(each -> matches(each, request.filters())));
    return ListCrawlsResponse.builder().crawls(page.items()).nextToken(page.nextToken()).build();
  }

  private static CrawlerHistory read(Scan.Entry entry) {
    return Documents.read(entry.value(), CrawlerHistory.builder(), CrawlerHistory.class);
  }

  private static boolean matches(CrawlerHistory crawl, List<CrawlsFilter> filters) {
    return filters.stream().allMatch(filter -> matches(crawl, filter));
  }

  private static boolean matches(CrawlerHistory crawl, CrawlsFilter filter) {
    String value = Check.present(filter.fieldValue(), "filters.member.fieldValue");
    int order =
        switch (Check.present(filter.fieldName(), "filters.member.fieldName")) {
          case CRAWL_ID -> crawl.crawlId().compareTo(value);
          case STATE -> crawl.stateAsString().compareTo(value);
          case START_TIME -> crawl.startTime().compareTo(instant(value));
          case END_TIME ->
              (crawl.endTime() == null ? Instant.MAX : crawl.endTime()).compareTo(instant(value));
          case DPU_HOUR -> crawl.dpuHour().compareTo(number(value));
          case UNKNOWN_TO_SDK_VERSION ->
              throw GlueErrors.invalid("Unknown field " + filter.fieldNameAsString());
        };
    return switch (Check.present(filter.filterOperator(), "filters.member.filterOperator")) {
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case EQ -> order == 0;
      case NE -> order != 0;
      case UNKNOWN_TO_SDK_VERSION ->
          throw GlueErrors.invalid("Unknown operator " + filter.filterOperatorAsString());
    };
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli((long) number(millis));
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw GlueErrors.invalid("Expected a number but was " + value, e);
    }
  }

  /// What the crawlers named, or all, have done. Tables are those of the last crawl that ended.
  GetCrawlerMetricsResponse metrics(GetCrawlerMetricsRequest request) {
    Check.size(request.crawlerNameList(), "crawlerNameList", 0, 100);
    int most = Check.most(request.maxResults(), PAGE);
    List<String> names = request.crawlerNameList();
    var page =
        catalog.page(
            catalog.key("crawler"),
            request.nextToken(),
            most,
            entry ->
                Optional.of(entry.key().string(-1))
                    .filter(name -> names.isEmpty() || names.contains(name)));
    return GetCrawlerMetricsResponse.builder()
        .crawlerMetricsList(page.items().stream().map(this::metrics).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private CrawlerMetrics metrics(String crawler) {
    List<CrawlerHistory> ended = ended(crawler);
    var builder =
        CrawlerMetrics.builder().crawlerName(crawler).timeLeftSeconds(0.0).stillEstimating(false);
    if (ended.isEmpty()) {
      return builder
          .lastRuntimeSeconds(0.0)
          .medianRuntimeSeconds(0.0)
          .tablesCreated(0)
          .tablesUpdated(0)
          .tablesDeleted(0)
          .build();
    }
    List<Double> seconds = ended.stream().map(CrawlHistory::seconds).sorted().toList();
    String last = ended.getFirst().summary();
    return builder
        .lastRuntimeSeconds(seconds(ended.getFirst()))
        .medianRuntimeSeconds(seconds.get(seconds.size() / 2))
        .tablesCreated((int) CrawlOutcome.tables(last, "ADD"))
        .tablesUpdated((int) CrawlOutcome.tables(last, "UPDATE"))
        .tablesDeleted((int) CrawlOutcome.tables(last, "DELETE"))
        .build();
  }

  private List<CrawlerHistory> ended(String crawler) {
    List<CrawlerHistory> ended = new ArrayList<>();
    try (Scan scan = catalog.store().scan(KeyRange.prefix(catalog.key("crawl", crawler)))) {
      while (scan.hasNext() && ended.size() < MEDIAN_OF) {
        CrawlerHistory each = read(scan.next());
        if (each.endTime() != null) {
          ended.add(each);
        }
      }
    }
    return ended;
  }

  private static double seconds(CrawlerHistory crawl) {
    return Duration.between(crawl.startTime(), crawl.endTime()).toMillis() / 1000.0;
  }
}
