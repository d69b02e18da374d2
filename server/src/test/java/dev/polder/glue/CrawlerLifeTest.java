package dev.polder.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Await;
import dev.polder.kernel.Event;
import dev.polder.kernel.Lake;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.*;

/// The states of crawlers: running, stopping, cut off and taken up again, and what is refused.
class CrawlerLifeTest extends CrawlerFixture {
  @Test
  void aCrawlersLifeShowsInStatesHistoryMetricsAndEvents() throws Exception {
    put("t/a.json", ROWS);
    create("s3://lake/t/", r -> r.description("d").tags(Map.of("team", "roads")));
    Crawler fresh = crawler();
    assertThat(fresh.state()).isEqualTo(CrawlerState.READY);
    assertThat(fresh.lastCrawl()).isNull();
    assertThat(fresh.schedule()).isNull();
    assertThat(fresh.version()).isEqualTo(1);
    assertThat(fresh.recrawlPolicy().recrawlBehavior()).isEqualTo(RecrawlBehavior.CRAWL_EVERYTHING);
    assertThat(fresh.schemaChangePolicy())
        .isEqualTo(policy(UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior.DEPRECATE_IN_DATABASE));
    glue.startCrawler(r -> r.name("c"));
    Event started = events.poll(60, TimeUnit.SECONDS);
    assertThat(started.source()).isEqualTo("aws.glue");
    assertThat(started.detailType()).isEqualTo("Glue Crawler State Change");
    assertThat(started.detail())
        .containsEntry("state", "Started")
        .containsEntry("crawlerName", "c");
    Map<String, Object> detail = end().detail();
    assertThat(detail)
        .containsEntry("state", "Succeeded")
        .containsEntry("message", "Crawler Succeeded")
        .containsEntry("crawlerName", "c")
        .containsEntry("accountId", "000000000000")
        .containsEntry("warningMessage", "N/A")
        .containsEntry("tablesCreated", "1")
        .containsKeys("runningTime (sec)", "completionDate", "cloudWatchLogLink");
    LastCrawlInfo last = crawler().lastCrawl();
    assertThat(last.status()).isEqualTo(LastCrawlStatus.SUCCEEDED);
    assertThat(last.logGroup()).isEqualTo("/aws-glue/crawlers");
    assertThat(last.logStream()).isEqualTo("c");
    succeed();
    var crawls = glue.listCrawls(r -> r.crawlerName("c").maxResults(1));
    assertThat(crawls.crawls()).hasSize(1);
    assertThat(crawls.crawls().getFirst().state()).isEqualTo(CrawlerHistoryState.COMPLETED);
    assertThat(glue.listCrawls(r -> r.crawlerName("c").nextToken(crawls.nextToken())).crawls())
        .hasSize(1);
    var filter =
        CrawlsFilter.builder()
            .fieldName(FieldName.STATE)
            .filterOperator(FilterOperator.NE)
            .fieldValue("COMPLETED")
            .build();
    assertThat(glue.listCrawls(r -> r.crawlerName("c").filters(filter)).crawls()).isEmpty();
    var metrics =
        glue.getCrawlerMetrics(r -> r.crawlerNameList("c")).crawlerMetricsList().getFirst();
    assertThat(metrics.tablesCreated()).isZero();
    assertThat(metrics.stillEstimating()).isFalse();
    assertThat(glue.listCrawlers(r -> r.tags(Map.of("team", "roads"))).crawlerNames())
        .containsExactly("c");
    assertThat(glue.listCrawlers(r -> r.tags(Map.of("team", "x"))).crawlerNames()).isEmpty();
    var batch = glue.batchGetCrawlers(r -> r.crawlerNames("c", "no"));
    assertThat(batch.crawlers()).hasSize(1);
    assertThat(batch.crawlersNotFound()).containsExactly("no");
    glue.updateCrawler(r -> r.name("c").description("e"));
    assertThat(crawler().version()).isEqualTo(2);
    assertThat(crawler().targets().s3Targets()).hasSize(1);
    glue.deleteCrawler(r -> r.name("c"));
    assertThat(glue.getCrawlers(r -> {}).crawlers()).isEmpty();
    assertThat(tables()).hasSize(1);
  }

  @Test
  void unknownCrawlersAreRefusedInTheServicesWords() {
    String text = "Crawler entry with name no does not exist";
    for (Runnable call :
        List.<Runnable>of(
            () -> glue.getCrawler(r -> r.name("no")),
            () -> glue.deleteCrawler(r -> r.name("no")),
            () -> glue.listCrawls(r -> r.crawlerName("no")))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(EntityNotFoundException.class)
          .hasMessageContaining(text);
    }
    assertThatThrownBy(() -> glue.startCrawler(r -> r.name("no")))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Crawler with name no does not exist");
    create("s3://lake/t/");
    assertThatThrownBy(() -> create("s3://lake/t/")).isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> glue.stopCrawler(r -> r.name("c")))
        .isInstanceOf(CrawlerNotRunningException.class);
    assertThatThrownBy(() -> glue.startCrawlerSchedule(r -> r.crawlerName("c")))
        .isInstanceOf(NoScheduleException.class);
  }

  @Test
  void whatWeDoNotHaveIsRefusedByName() {
    Map<String, Consumer<CreateCrawlerRequest.Builder>> bad =
        Map.of(
            "Schedule is not supported", r -> r.schedule("cron(0 * * * ? *)"),
            "Targets.DynamoDBTargets is not supported",
                r -> r.targets(t -> t.dynamoDBTargets(DynamoDBTarget.builder().path("t").build())),
            "RecrawlBehavior CRAWL_EVENT_MODE is not supported",
                r -> r.recrawlPolicy(p -> p.recrawlBehavior("CRAWL_EVENT_MODE")),
            "Invalid S3 path",
                r -> r.targets(t -> t.s3Targets(S3Target.builder().path("lake/t").build())),
            "at least one target", r -> r.targets(t -> {}),
            "Classifier nope not found.", r -> r.classifiers("nope"),
            "Configuration is not valid JSON", r -> r.configuration("{"),
            "Grouping has an unknown member X",
                r -> r.configuration("{\"Version\":1.0,\"Grouping\":{\"X\":1}}"),
            "can have only LOG",
                r ->
                    r.recrawlPolicy(p -> p.recrawlBehavior("CRAWL_NEW_FOLDERS_ONLY"))
                        .schemaChangePolicy(
                            policy(UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior.LOG)),
            "'targets.s3Targets.sampleSize'",
                r ->
                    r.targets(t ->
                        t.s3Targets(S3Target.builder().path("s3://b/").sampleSize(250).build())));
    bad.forEach((message, change) ->
        assertThatThrownBy(() -> create("s3://lake/t/", change))
            .isInstanceOf(GlueException.class)
            .hasMessageContaining(message));
    assertThat(glue.listCrawlers(r -> {}).crawlerNames()).isEmpty();
  }

  /// A lake whose listings never end, for as long as it is told so.
  private final class EndlessLake implements Lake {
    final LinkedBlockingQueue<String> listed = new LinkedBlockingQueue<>();

    @Override
    public boolean hasBucket(String bucket) {
      return true;
    }

    @Override
    public Stream<Entry> list(String bucket, String prefix) {
      listed.add(prefix);
      Path file = directory.resolve("none");
      return Stream.generate(() -> {
        // Lets others run: a thread without end would keep its carrier from them.
        LockSupport.parkNanos(100_000);
        return new Entry(bucket, prefix + "empty", file, 0, TestPlatform.BEGIN);
      });
    }

    @Override
    public List<String> folders(String bucket, String prefix) {
      return List.of();
    }

    @Override
    public Path file(String bucket, String key) {
      return directory.resolve("none");
    }

    @Override
    public Path stage(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(String bucket, Map<Path, String> files) {
      throw new UnsupportedOperationException();
    }
  }

  private EndlessLake startEndless() throws InterruptedException {
    var endless = new EndlessLake();
    close();
    open(endless);
    create("s3://lake/t/");
    glue.startCrawler(r -> r.name("c"));
    assertThat(endless.listed.poll(60, TimeUnit.SECONDS)).isEqualTo("t/");
    return endless;
  }

  @Test
  void aCrawlThatRunsCanBeStoppedAndNothingElse() throws Exception {
    startEndless();
    assertThat(crawler().state()).isEqualTo(CrawlerState.RUNNING);
    platform.time().advance(Duration.ofSeconds(3));
    assertThat(crawler().crawlElapsedTime()).isEqualTo(3000);
    assertThatThrownBy(() -> glue.startCrawler(r -> r.name("c")))
        .isInstanceOf(CrawlerRunningException.class)
        .hasMessageContaining("Crawler with name c has already started");
    assertThatThrownBy(() -> glue.updateCrawler(r -> r.name("c").description("x")))
        .isInstanceOf(CrawlerRunningException.class);
    assertThatThrownBy(() -> glue.deleteCrawler(r -> r.name("c")))
        .isInstanceOf(CrawlerRunningException.class);
    assertThat(glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().state())
        .isEqualTo(CrawlerHistoryState.RUNNING);
    glue.stopCrawler(r -> r.name("c"));
    Event stopped = end();
    assertThat(stopped.detail())
        .containsEntry("state", "Stopped")
        .containsEntry("crawlerName", "c");
    assertThat(crawler().state()).isEqualTo(CrawlerState.READY);
    assertThat(crawler().lastCrawl().status()).isEqualTo(LastCrawlStatus.CANCELLED);
    assertThat(glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().state())
        .isEqualTo(CrawlerHistoryState.STOPPED);
  }

  @Test
  void aCrawlThatWasCutOffIsRunAgainUnderItsId() throws Exception {
    put("t/d=1/a.json", ROWS);
    startEndless();
    String id = glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().crawlId();
    close();
    assertThat(events).allMatch(e -> "Started".equals(e.detail().get("state")));
    open(lake);
    assertThat(end().detail()).containsEntry("state", "Succeeded");
    var crawls = glue.listCrawls(r -> r.crawlerName("c")).crawls();
    assertThat(crawls).extracting(CrawlerHistory::crawlId).containsExactly(id);
    assertThat(crawls.getFirst().state()).isEqualTo(CrawlerHistoryState.COMPLETED);
    assertThat(crawler().lastCrawl().status()).isEqualTo(LastCrawlStatus.SUCCEEDED);
    assertThat(table("t").parameters()).containsEntry("CRAWL_RUN_ID", id);
  }

  @Test
  void aCrawlCutOffWhileItWritesEndsAsOneThatWasNot() throws Exception {
    int folders = 1500;
    for (int i = 0; i < folders; i++) {
      put("t/k=" + i + "/f.json", ROWS);
    }
    create("s3://lake/t/");
    glue.startCrawler(r -> r.name("c"));
    Await.until(() ->
        glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().endTime() != null
            || hasPartitions());
    close();
    open(lake);
    assertThat(end().detail())
        .containsEntry("tablesCreated", "1")
        .containsEntry("tablesUpdated", "0")
        .containsEntry("partitionsCreated", Integer.toString(folders))
        .containsEntry("partitionsUpdated", "0");
    assertThat(partitions("t")).hasSize(folders);
    assertThat(crawler().state()).isEqualTo(CrawlerState.READY);
  }

  private boolean hasPartitions() {
    try {
      return !glue.getPartitions(r -> r.databaseName("db").tableName("t").maxResults(1))
          .partitions()
          .isEmpty();
    } catch (EntityNotFoundException notYet) {
      return false;
    }
  }

  @Test
  void ofManyWhoStartACrawlerOneDoes() throws Exception {
    put("t/a.json", ROWS);
    startEndless();
    var refused = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.submit(() -> {
          try {
            glue.startCrawler(r -> r.name("c"));
          } catch (CrawlerRunningException e) {
            refused.incrementAndGet();
          }
        });
      }
    }
    assertThat(refused).hasValue(20);
    glue.stopCrawler(r -> r.name("c"));
    end();
  }
}
