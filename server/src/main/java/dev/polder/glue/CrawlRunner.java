package dev.polder.glue;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.polder.glue.Catalog.Held;
import dev.polder.glue.CrawlOutcome.End;
import dev.polder.glue.crawler.Classification;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerHistory;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;

/// Runs crawls. A crawl that runs has an entry in the store from before it starts until its outcome
/// is recorded; what is open when the process ends is run again, under the same id, by the next
/// one.
final class CrawlRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CrawlRunner.class.getName());

  /// An open crawl.
  record Open(String crawler, String id, Instant begun) {
    byte[] bytes() {
      return Documents.bytes(CrawlerHistory.builder().crawlId(id).startTime(begun).build());
    }

    static Open read(String crawler, byte[] bytes) {
      var entry = Documents.read(bytes, CrawlerHistory.builder(), CrawlerHistory.class);
      return new Open(crawler, entry.crawlId(), entry.startTime());
    }
  }

  private static final class Run {
    final CountDownLatch ended = new CountDownLatch(1);
    volatile boolean stops;
    volatile boolean abandoned;
  }

  private final Platform platform;
  private final Map<Key, Run> runs = new ConcurrentHashMap<>();

  CrawlRunner(Platform platform) {
    this.platform = platform;
  }

  static Key openKey(Catalog catalog, String crawler) {
    return catalog.key("running", crawler);
  }

  /// Takes up the crawls that were open when the last process ended.
  void resume() {
    for (Scope scope : scopes()) {
      var catalog = new Catalog(platform, scope);
      Key prefix = catalog.key("running");
      try (Scan scan = platform.store().scan(KeyRange.prefix(prefix))) {
        scan.stream()
            .map(entry -> Open.read(entry.key().string(-1), entry.value()))
            .forEach(open -> begin(catalog, open));
      }
    }
  }

  private List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>();
    KeyRange rest = KeyRange.prefix(Key.of("glue"));
    while (rest != null) {
      KeyRange range = rest;
      rest = null;
      try (Scan scan = platform.store().scan(range)) {
        if (scan.hasNext()) {
          Key key = scan.next().key();
          scopes.add(new Scope(key.string(1), key.string(2)));
          Key after = KeyRange.prefix(Key.of("glue", key.string(1), key.string(2))).to();
          rest = after == null ? null : new KeyRange(after, range.to());
        }
      }
    }
    return scopes;
  }

  /// Runs a crawl whose entry is in the store.
  void begin(Catalog catalog, Open open) {
    var run = new Run();
    Key key = openKey(catalog, open.crawler());
    runs.put(key, run);
    platform
        .time()
        .run(
            "crawl " + open.crawler(),
            () -> {
              try {
                perform(catalog, open, run);
              } finally {
                runs.remove(key, run);
                run.ended.countDown();
              }
            });
  }

  /// Asks an open crawl to end early.
  void stop(Catalog catalog, String crawler) {
    Run run = runs.get(openKey(catalog, crawler));
    if (run != null) {
      run.stops = true;
    }
  }

  private void perform(Catalog catalog, Open open, Run run) {
    var log = new CrawlLog();
    CrawlOutcome outcome = outcome(catalog, open, run, log);
    // A crawl that this process abandons is taken up by the next.
    if (!run.abandoned || outcome.end() == End.SUCCEEDED) {
      log.warnings().forEach(each -> LOG.log(INFO, "Crawler " + open.crawler() + ": " + each));
      record(catalog, open, outcome);
    }
  }

  /// Crawls and answers how it ended, whatever happens: a crawl must not be left running.
  private static CrawlOutcome outcome(Catalog catalog, Open open, Run run, CrawlLog log) {
    try {
      crawl(catalog, open, run, log);
      return CrawlOutcome.of(End.SUCCEEDED, null, log);
    } catch (CrawlStoppedException e) {
      return CrawlOutcome.of(End.STOPPED, null, log);
    } catch (CrawlFailedException e) {
      return CrawlOutcome.of(End.FAILED, e.getMessage(), log);
    } catch (GlueException e) {
      return CrawlOutcome.of(End.FAILED, e.awsErrorDetails().errorMessage(), log);
    } catch (RuntimeException | Error e) {
      LOG.log(
          run.abandoned ? DEBUG : ERROR,
          "Crawl " + open.id() + " of crawler " + open.crawler() + " failed",
          e);
      return CrawlOutcome.of(End.FAILED, "Internal Service Exception", log);
    }
  }

  private static void crawl(Catalog catalog, Open open, Run run, CrawlLog log) {
    Crawler crawler = crawler(catalog, open).value();
    if (crawler.state() == CrawlerState.STOPPING) {
      throw new CrawlStoppedException();
    }
    var settings = CrawlerSettings.of(crawler);
    var classifiers = new Classifiers(catalog).load(settings.classifiers());
    new Crawl(
            catalog,
            settings,
            new Classification(classifiers),
            open.id(),
            open.begun(),
            () -> run.stops || run.abandoned,
            log)
        .run();
  }

  private static Held<Crawler> crawler(Catalog catalog, Open open) {
    return catalog
        .find(catalog.key("crawler", open.crawler()), Crawler.builder(), Crawler.class)
        .orElseThrow(() -> GlueErrors.noCrawler(open.crawler()));
  }

  private void record(Catalog catalog, Open open, CrawlOutcome outcome) {
    Instant ended = catalog.now();
    catalog.change(
        "Crawl",
        () -> {
          Held<Crawler> held = crawler(catalog, open);
          Crawler made =
              held.value().toBuilder()
                  .state(CrawlerState.READY)
                  .lastCrawl(lastCrawl(open, outcome))
                  .build();
          Batch batch =
              held.required(new Batch())
                  .put(held.key(), Documents.bytes(made))
                  .delete(openKey(catalog, open.crawler()));
          new CrawlHistory(catalog).put(batch, open, outcome, ended);
          return batch;
        });
    new CrawlEvents(platform, catalog.scope()).ended(open.crawler(), outcome, open.begun(), ended);
  }

  private static LastCrawlInfo lastCrawl(Open open, CrawlOutcome outcome) {
    return LastCrawlInfo.builder()
        .status(outcome.end().lastCrawl)
        .errorMessage(outcome.error())
        .logGroup(CrawlHistory.LOG_GROUP)
        .logStream(open.crawler())
        .messagePrefix(open.id())
        .startTime(open.begun())
        .build();
  }

  /// Abandons what runs, and waits until it has let go of the store.
  @Override
  public void close() {
    runs.values().forEach(run -> run.abandoned = true);
    for (Run run : List.copyOf(runs.values())) {
      await(run);
    }
  }

  private static void await(Run run) {
    boolean interrupted = false;
    while (true) {
      try {
        run.ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
