package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.shape.Shapes;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.CreateCrawlerResponse;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.DeleteCrawlerRequest;
import software.amazon.awssdk.services.glue.model.DeleteCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.ListCrawlersRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlersResponse;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerResponse;

/// The crawlers, apart from their running.
record Crawlers(Catalog catalog) {
  private static final int PAGE = 1000;

  Key key(String name) {
    return catalog.key("crawler", name);
  }

  /// A crawler as it is kept.
  Held<Crawler> held(String name) {
    return catalog
        .find(key(name), Crawler.builder(), Crawler.class)
        .orElseThrow(() -> GlueErrors.noCrawler(name));
  }

  CreateCrawlerResponse create(CreateCrawlerRequest request) {
    Check.absent(request.schedule(), "Schedule");
    var builder = Crawler.builder();
    Shapes.copy(request, builder);
    Crawler made =
        completed(builder.build()).toBuilder()
            .state(CrawlerState.READY)
            .creationTime(catalog.now())
            .lastUpdated(catalog.now())
            .crawlElapsedTime(0L)
            .version(1L)
            .build();
    checked(made);
    Key key = key(made.name());
    catalog.change(
        "Create crawler",
        () -> {
          if (catalog.store().get(key) != null) {
            throw GlueErrors.alreadyExists("Crawler with name " + made.name() + " already exists");
          }
          var batch = new Batch().require(key, null).put(key, Documents.bytes(made));
          if (!request.tags().isEmpty()) {
            new Tags(catalog).put(batch, "crawler/" + made.name(), request.tags());
          }
          return batch;
        });
    return CreateCrawlerResponse.builder().build();
  }

  private void checked(Crawler crawler) {
    CrawlerChecks.check(crawler, new Classifiers(catalog).known(crawler.classifiers()));
  }

  /// The policies that apply where none are given; see
  /// https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html
  private static Crawler completed(Crawler crawler) {
    SchemaChangePolicy policy = crawler.schemaChangePolicy();
    RecrawlBehavior recrawl =
        crawler.recrawlPolicy() == null || crawler.recrawlPolicy().recrawlBehavior() == null
            ? RecrawlBehavior.CRAWL_EVERYTHING
            : crawler.recrawlPolicy().recrawlBehavior();
    boolean logs = recrawl == RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY;
    boolean keeps =
        logs || (crawler.targets() != null && !crawler.targets().catalogTargets().isEmpty());
    UpdateBehavior update = policy == null ? null : policy.updateBehavior();
    DeleteBehavior delete = policy == null ? null : policy.deleteBehavior();
    return crawler.toBuilder()
        .recrawlPolicy(r -> r.recrawlBehavior(recrawl))
        .schemaChangePolicy(p ->
            p.updateBehavior(
                    or(update, logs, UpdateBehavior.LOG, UpdateBehavior.UPDATE_IN_DATABASE))
                .deleteBehavior(
                    or(delete, keeps, DeleteBehavior.LOG, DeleteBehavior.DEPRECATE_IN_DATABASE)))
        .build();
  }

  private static <T> T or(@Nullable T given, boolean first, T one, T other) {
    if (given != null) {
      return given;
    }
    return first ? one : other;
  }

  GetCrawlerResponse get(GetCrawlerRequest request) {
    String name = Check.name(request.name(), "name");
    return GetCrawlerResponse.builder().crawler(shown(held(name).value())).build();
  }

  /// A crawler with the time that its crawl has taken so far, in milliseconds.
  private Crawler shown(Crawler crawler) {
    byte[] open = catalog.store().get(CrawlRunner.openKey(catalog, crawler.name()));
    if (open == null || crawler.state() == CrawlerState.READY) {
      return crawler;
    }
    var begun = CrawlRunner.Open.read(crawler.name(), open).begun();
    return crawler.toBuilder()
        .crawlElapsedTime(Duration.between(begun, catalog.now()).toMillis())
        .build();
  }

  GetCrawlersResponse list(GetCrawlersRequest request) {
    var page =
        catalog.page(
            catalog.key("crawler"),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry -> Optional.of(Documents.read(entry.value(), Crawler.builder(), Crawler.class)));
    return GetCrawlersResponse.builder()
        .crawlers(page.items().stream().map(this::shown).toList())
        .nextToken(page.nextToken())
        .build();
  }

  ListCrawlersResponse names(ListCrawlersRequest request) {
    var page =
        catalog.page(
            catalog.key("crawler"),
            request.nextToken(),
            Check.most(request.maxResults(), PAGE),
            entry ->
                Optional.of(entry.key().string(-1)).filter(name -> tagged(name, request.tags())));
    return ListCrawlersResponse.builder()
        .crawlerNames(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private boolean tagged(String name, Map<String, String> tags) {
    return tags.isEmpty()
        || new Tags(catalog).of("crawler/" + name).entrySet().containsAll(tags.entrySet());
  }

  BatchGetCrawlersResponse batchGet(BatchGetCrawlersRequest request) {
    Check.size(request.crawlerNames(), "crawlerNames", 0, 100);
    List<Crawler> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : request.crawlerNames()) {
      var held = catalog.find(key(name), Crawler.builder(), Crawler.class);
      held.ifPresentOrElse(each -> found.add(shown(each.value())), () -> missing.add(name));
    }
    return BatchGetCrawlersResponse.builder().crawlers(found).crawlersNotFound(missing).build();
  }

  /// Changes the members given. A crawler that runs cannot be changed.
  UpdateCrawlerResponse update(UpdateCrawlerRequest request) {
    Check.absent(request.schedule(), "Schedule");
    String name = Check.name(request.name(), "name");
    catalog.change(
        "Update crawler",
        () -> {
          Held<Crawler> old = held(name);
          if (old.value().state() != CrawlerState.READY) {
            throw GlueErrors.crawlerRunning(
                "Cannot update Crawler while running. Please stop crawl or wait until it completes"
                    + " to update.");
          }
          var builder = old.value().toBuilder();
          Shapes.copy(request, builder);
          Crawler made =
              completed(builder.build()).toBuilder()
                  .lastUpdated(catalog.now())
                  .version(old.value().version() + 1)
                  .build();
          checked(made);
          return old.required(new Batch()).put(old.key(), Documents.bytes(made));
        });
    return UpdateCrawlerResponse.builder().build();
  }

  /// Removes a crawler and its history. What it found stays.
  DeleteCrawlerResponse delete(DeleteCrawlerRequest request) {
    String name = Check.name(request.name(), "name");
    catalog.change(
        "Delete crawler",
        () -> {
          Held<Crawler> old = held(name);
          if (old.value().state() != CrawlerState.READY) {
            throw GlueErrors.crawlerRunning("Crawler with name " + name + " is running");
          }
          Batch batch = old.required(new Batch()).delete(old.key());
          new CrawlHistory(catalog).remove(batch, name);
          new Tags(catalog).remove(batch, "crawler/" + name);
          return batch;
        });
    return DeleteCrawlerResponse.builder().build();
  }
}
