package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.glue.CrawlRunner.Open;
import dev.polder.store.Batch;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.StartCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StartCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerScheduleResponse;

/// Starting and stopping crawlers. Crawlers have no schedules of their own: EventBridge Scheduler
/// can start them.
record CrawlerRuns(Catalog catalog, CrawlRunner runner) {

  StartCrawlerResponse start(StartCrawlerRequest request) {
    String name = Check.name(request.name(), "name");
    var platform = catalog.platform();
    // Held until the crawl holds its own, so that a skipping clock cannot jump in between.
    try (var _ = platform.time().work()) {
      var open = new Open(name, platform.ids().uuid(), catalog.now());
      catalog.change(
          "Start crawler",
          () -> {
            Held<Crawler> held = held(name);
            if (held.value().state() != CrawlerState.READY) {
              throw GlueErrors.crawlerRunning("Crawler with name " + name + " has already started");
            }
            Crawler made = held.value().toBuilder().state(CrawlerState.RUNNING).build();
            Batch batch =
                held.required(new Batch())
                    .put(held.key(), Documents.bytes(made))
                    .put(CrawlRunner.openKey(catalog, name), open.bytes());
            new CrawlHistory(catalog).begin(batch, open);
            return batch;
          });
      new CrawlEvents(platform, catalog.scope()).started(name, open.begun());
      runner.begin(catalog, open);
    }
    return StartCrawlerResponse.builder().build();
  }

  StopCrawlerResponse stop(StopCrawlerRequest request) {
    String name = Check.name(request.name(), "name");
    catalog.change(
        "Stop crawler",
        () -> {
          Held<Crawler> held = held(name);
          if (held.value().state() == CrawlerState.READY) {
            throw GlueErrors.crawlerNotRunning(name);
          }
          if (held.value().state() == CrawlerState.STOPPING) {
            throw GlueErrors.crawlerStopping(name);
          }
          Crawler made = held.value().toBuilder().state(CrawlerState.STOPPING).build();
          return held.required(new Batch()).put(held.key(), Documents.bytes(made));
        });
    runner.stop(catalog, name);
    return StopCrawlerResponse.builder().build();
  }

  StartCrawlerScheduleResponse startSchedule(StartCrawlerScheduleRequest request) {
    String name = held(Check.name(request.crawlerName(), "crawlerName")).value().name();
    throw GlueErrors.noSchedule(name);
  }

  StopCrawlerScheduleResponse stopSchedule(StopCrawlerScheduleRequest request) {
    String name = held(Check.name(request.crawlerName(), "crawlerName")).value().name();
    throw GlueErrors.schedulerNotRunning(name);
  }

  /// Removing the schedule that a crawler does not have changes nothing; setting one is refused.
  UpdateCrawlerScheduleResponse updateSchedule(UpdateCrawlerScheduleRequest request) {
    String name = held(Check.name(request.crawlerName(), "crawlerName")).value().name();
    if (request.schedule() != null && !request.schedule().isEmpty()) {
      throw GlueErrors.unsupported("Schedule of crawler " + name);
    }
    return UpdateCrawlerScheduleResponse.builder().build();
  }

  private Held<Crawler> held(String name) {
    return catalog
        .find(new Crawlers(catalog).key(name), Crawler.builder(), Crawler.class)
        .orElseThrow(() -> GlueErrors.notFound("Crawler with name " + name + " does not exist"));
  }
}
