import dev.polder.glue.GlueService;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Lake;
import dev.polder.kernel.LateLake;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCalls;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.s3.S3Service;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.S3Target;

/// How long a crawl of many partition folders takes, beside merely listing and reading the same
/// files.
///
/// Run after a build, from the top of the repository: `java -cp
/// 'server/target/polder.jar:server/target/lib/*' bench/crawl/CrawlBench.java [folders]
/// [json|parquet]`
///
/// Makes one small file in each of so many folders (10,000) below a temporary directory, crawls all
/// with everything cold but the files in the system's cache, crawls again for new folders only
/// without and with a hundredth more folders, and prints seconds.
public final class CrawlBench {
  private static final String BUCKET = "bench";

  public static void main(String[] args) throws Exception {
    int folders = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    String format = args.length > 1 ? args[1] : "parquet";
    Path data = Files.createTempDirectory("polder-crawl");
    try {
      run(data, folders, format);
    } finally {
      try (var files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).forEach(CrawlBench::delete);
      }
    }
  }

  private static void run(Path data, int folders, String format) throws Exception {
    try (var store = RocksStore.open(data.resolve("store"));
        var time = RunningTime.real()) {
      var events = new LocalEvents();
      var lake = new LateLake();
      var platform = platform(data, store, time, events, lake);
      var s3 = new S3Service(platform);
      lake.set(s3.lake());
      s3.start();
      s3.client(Scope.DEFAULT).createBucket(r -> r.bucket(BUCKET));
      byte[] content = format.equals("json") ? json() : parquet(data);
      make(lake, content, 0, folders);

      double plain = seconds(() -> listAndRead(lake));
      try (var service = new GlueService(platform)) {
        service.start();
        GlueClient glue = service.client(Scope.DEFAULT);
        create(glue);
        double cold = seconds(() -> crawl(glue, events));
        double again = seconds(() -> crawl(glue, events));
        make(lake, content, folders, folders + folders / 100);
        double fresh = seconds(() -> crawl(glue, events));
        double more = seconds(() -> listAndRead(lake));
        System.out.printf(
            "%,d folders, one %s file each of %,d bytes%n", folders, format, content.length);
        System.out.printf("list and read the files        %7.2f s%n", plain);
        System.out.printf("list and read them again       %7.2f s%n", more);
        System.out.printf("crawl everything               %7.2f s  (%.1f x)%n", cold, cold / more);
        System.out.printf(
            "new folders only, none new     %7.2f s  (%.1f x)%n", again, again / more);
        System.out.printf(
            "new folders only, 1 %% new      %7.2f s  (%.1f x)%n", fresh, fresh / more);
      }
      s3.close();
    }
  }

  private static Platform platform(
      Path data, Store store, Time time, LocalEvents events, Lake lake) {
    Clients clients =
        new Clients() {
          @Override
          public <C> C get(Class<C> type, Scope scope) {
            throw new IllegalStateException("no other services");
          }
        };
    ServiceCalls calls =
        new ServiceCalls() {
          @Override
          public boolean supports(String service, String action) {
            return false;
          }

          @Override
          public Object call(Scope scope, String service, String action, Object input) {
            throw new IllegalStateException("no other services");
          }
        };
    return new Platform(
        store,
        time,
        Ids.random(),
        events,
        lake,
        clients,
        calls,
        data,
        () -> URI.create("http://127.0.0.1:1"));
  }

  private static void create(GlueClient glue) {
    glue.createCrawler(r ->
        r.name("bench")
            .role("bench")
            .databaseName("bench")
            .recrawlPolicy(p -> p.recrawlBehavior("CRAWL_NEW_FOLDERS_ONLY"))
            .targets(
                t -> t.s3Targets(S3Target.builder().path("s3://" + BUCKET + "/table/").build())));
  }

  private static void crawl(GlueClient glue, LocalEvents events) throws InterruptedException {
    var ended = new CountDownLatch(1);
    var detail = new AtomicReference<Object>();
    try (var subscription =
        events.subscribe(event -> {
          if (!"Started".equals(event.detail().get("state"))) {
            detail.set(event.detail());
            ended.countDown();
          }
        })) {
      glue.startCrawler(r -> r.name("bench"));
      ended.await();
    }
    System.out.println(detail.get());
  }

  private static void make(Lake lake, byte[] content, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      String key =
          "table/year=%d/month=%d/day=%d/part=%d/file"
              .formatted(2000 + i / 3600, i / 300 % 12 + 1, i / 10 % 30 + 1, i % 10);
      Path file = lake.file(BUCKET, key);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    }
  }

  private static void listAndRead(Lake lake) throws IOException {
    long bytes = 0;
    try (var entries = lake.list(BUCKET, "table/")) {
      for (var entry : (Iterable<Lake.Entry>) entries::iterator) {
        bytes += Files.readAllBytes(entry.file()).length;
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("nothing was read");
    }
  }

  private static byte[] json() {
    var record = new StringBuilder("{");
    for (int i = 0; i < 27; i++) {
      record.append(i == 0 ? "" : ",").append("\"column_").append(i).append("\":").append(i * 1000);
    }
    return (record + "}\n").repeat(10).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] parquet(Path data) throws Exception {
    Path file = data.resolve("one.parquet");
    var select = new StringBuilder("SELECT range AS column_0");
    for (int i = 1; i < 27; i++) {
      select.append(", range * ").append(i).append(" AS column_").append(i);
    }
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute("COPY (" + select + " FROM range(10)) TO '" + file + "' (FORMAT parquet)");
    }
    return Files.readAllBytes(file);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static double seconds(Action action) throws Exception {
    long begin = System.nanoTime();
    action.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
