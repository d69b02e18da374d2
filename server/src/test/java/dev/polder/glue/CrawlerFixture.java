package dev.polder.glue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Event;
import dev.polder.kernel.Lake;
import dev.polder.kernel.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

/// A platform with a lake in a directory and one crawler named `c`, which tests create and run.
abstract class CrawlerFixture {
  static final String ROWS = "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n";

  @TempDir Path directory;
  final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  TestPlatform platform;
  GlueClient glue;
  DirectoryLake lake;

  @BeforeEach
  void open() throws IOException {
    lake = new DirectoryLake(directory.resolve("lake"));
    Files.createDirectories(directory.resolve("lake/lake"));
    open(lake);
  }

  final void open(Lake given) {
    platform = TestPlatform.in(directory);
    platform.use(given);
    platform.events().subscribe(events::add);
    platform.add(GlueService::new);
    glue = platform.client(GlueClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  void put(String key, String text) {
    lake.put("lake/" + key, text.getBytes(UTF_8));
  }

  void create(String path, Consumer<CreateCrawlerRequest.Builder> more) {
    glue.createCrawler(r -> {
      r.name("c").role("arn:aws:iam::000000000000:role/svc/Crawl").databaseName("db");
      r.targets(t -> t.s3Targets(S3Target.builder().path(path).build()));
      more.accept(r);
    });
  }

  void create(String path) {
    create(path, _ -> {});
  }

  static SchemaChangePolicy policy(UpdateBehavior update, DeleteBehavior delete) {
    return SchemaChangePolicy.builder().updateBehavior(update).deleteBehavior(delete).build();
  }

  /// Waits for the next event of a crawl's end.
  Event end() throws InterruptedException {
    while (true) {
      Event event = events.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("the crawl ended within a minute").isNotNull();
      if (!"Started".equals(event.detail().get("state"))) {
        return event;
      }
    }
  }

  /// Runs the crawler and answers its event.
  Map<String, Object> crawl() throws InterruptedException {
    platform.time().advance(Duration.ofMinutes(1));
    glue.startCrawler(r -> r.name("c"));
    return end().detail();
  }

  Map<String, Object> succeed() throws InterruptedException {
    Map<String, Object> detail = crawl();
    assertThat(detail).containsEntry("state", "Succeeded");
    return detail;
  }

  List<Table> tables() {
    return glue.getTables(r -> r.databaseName("db")).tableList();
  }

  Table table(String name) {
    return glue.getTable(r -> r.databaseName("db").name(name)).table();
  }

  List<Partition> partitions(String table) {
    return glue.getPartitionsPaginator(r -> r.databaseName("db").tableName(table)).stream()
        .flatMap(page -> page.partitions().stream())
        .toList();
  }

  static String columns(Table table) {
    return table.storageDescriptor().columns().stream()
        .map(c -> c.name() + " " + c.type())
        .collect(Collectors.joining(", "));
  }

  Crawler crawler() {
    return glue.getCrawler(r -> r.name("c")).crawler();
  }
}
