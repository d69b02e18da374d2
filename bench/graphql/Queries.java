import com.sun.management.OperatingSystemMXBean;
import dev.polder.appsync.ApiDeployment;
import dev.polder.appsync.AppSyncService;
import dev.polder.appsync.DeployedApi;
import dev.polder.appsync.api.Generation;
import dev.polder.dynamodb.DynamoDbService;
import dev.polder.gateway.Front;
import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.auth.Authenticator;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.graphql.GraphqlRoute;
import dev.polder.graphql.Signers;
import dev.polder.kernel.Ids;
import dev.polder.kernel.LateLake;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// GraphQL over HTTP, tables durable: queries a second and their latency with nested lists, and the
/// deletion of a post with its comments in one transaction, beside what the store alone takes for as
/// many keys. The clients are in the same process and take their share of its processors.
///
/// Arguments: clients (8), seconds of each measurement (5), deletions (40), comments (500).
public final class Queries {
  private static final String SCHEMA =
      """
      type Post @model { id: ID! title: String!
        comments: [Comment] @hasMany(indexName: "byPost", fields: ["id"], onDelete: CASCADE) }
      type Comment @model { id: ID! content: String!
        postID: ID @index(name: "byPost", sortKeyFields: ["content"])
        post: Post @belongsTo(fields: ["postID"]) }
      """;

  // Time on a core says the same where others use the machine too.
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Queries() {}

  public static void main(String[] arguments) throws Exception {
    int clients = argument(arguments, 0, 8);
    int seconds = argument(arguments, 1, 5);
    int deletions = argument(arguments, 2, 40);
    int comments = argument(arguments, 3, 500);
    Path directory = Files.createTempDirectory("bench-graphql");
    try (var bench = new Bench(directory)) {
      for (int post = 0; post < 100; post++) {
        bench.post("p" + post, 100);
      }
      String point = "{ getPost(id: \"p7\") { id title } }";
      String twenty =
          "{ listPosts(limit: 20) { items { id title comments(limit: 20) { items { id content } } }"
              + " } }";
      String all =
          "{ listPosts(limit: 90) { items { title comments(limit: 100) { items { content post {"
              + " title } } } } } }";
      deletions(bench, deletions, comments);
      rate(bench, "one object", point, clients, seconds);
      rate(bench, "20 posts with 20 comments", twenty, clients, seconds);
      rate(bench, "90 posts with 100 comments and back", all, 1, seconds);
    }
    raw(directory.resolve("raw"), deletions, comments);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void rate(Bench bench, String name, String query, int clients, int seconds)
      throws Exception {
    perSecond(bench, query, clients, seconds);
    long cpu = PROCESS.getProcessCpuTime();
    var latencies = perSecond(bench, query, clients, seconds);
    cpu = PROCESS.getProcessCpuTime() - cpu;
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f queries/s with %d clients, p50 %.2f ms, p99 %.2f ms, %.2f ms on a core each%n",
        name,
        latencies.length / (double) seconds,
        clients,
        millis(latencies, 0.5),
        millis(latencies, 0.99),
        cpu / 1e6 / latencies.length);
  }

  private static long[] perSecond(Bench bench, String query, int clients, int seconds)
      throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<long[]> all = new ArrayList<>();
    var done = new CountDownLatch(clients);
    for (int client = 0; client < clients; client++) {
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                long[] mine = new long[1 << 20];
                int count = 0;
                while (System.nanoTime() < end) {
                  long begin = System.nanoTime();
                  bench.ask(query);
                  mine[count++] = System.nanoTime() - begin;
                }
                synchronized (all) {
                  all.add(Arrays.copyOf(mine, count));
                }
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
  }

  private static double mean(long[] nanos) {
    return Arrays.stream(nanos).average().orElse(0) / 1e6;
  }

  private static void deletions(Bench bench, int deletions, int comments) {
    long[] latencies = new long[deletions];
    long[] cpus = new long[deletions];
    for (int i = -deletions; i < deletions; i++) {
      bench.post("d" + i, comments);
      long cpu = PROCESS.getProcessCpuTime();
      long begin = System.nanoTime();
      bench.delete("d" + i);
      latencies[Math.max(i, 0)] = System.nanoTime() - begin;
      cpus[Math.max(i, 0)] = PROCESS.getProcessCpuTime() - cpu;
    }
    Arrays.sort(latencies);
    System.out.printf(
        Locale.ROOT,
        "delete a post with %d comments: p50 %.2f ms, p99 %.2f ms, %.2f ms on a core each%n",
        comments,
        millis(latencies, 0.5),
        millis(latencies, 0.99),
        mean(cpus));
  }

  // An item, its entry in an index and its record in the stream: three keys of an item's size.
  private static void raw(Path directory, int deletions, int comments) {
    try (Store store = RocksStore.open(directory)) {
      byte[] value = new byte[300];
      long[] latencies = new long[deletions];
      long[] cpus = new long[deletions];
      for (int i = -deletions; i < deletions; i++) {
        var puts = new Batch();
        var deletes = new Batch();
        for (int item = 0; item <= comments; item++) {
          puts.put(Key.of("item", i, item), value).put(Key.of("index", i, item), value);
          deletes
              .delete(Key.of("item", i, item))
              .delete(Key.of("index", i, item))
              .put(Key.of("stream", i, item), value);
        }
        store.commit(puts);
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        store.commit(deletes);
        latencies[Math.max(i, 0)] = System.nanoTime() - begin;
        cpus[Math.max(i, 0)] = PROCESS.getProcessCpuTime() - cpu;
      }
      Arrays.sort(latencies);
      System.out.printf(
          Locale.ROOT,
          "the store alone, as many keys in one batch: p50 %.2f ms, p99 %.2f ms, %.2f ms on a core"
              + " each%n",
          millis(latencies, 0.5),
          millis(latencies, 0.99),
          mean(cpus));
    }
  }

  /// A server and its client.
  private static final class Bench implements AutoCloseable {
    private final Store store;
    private final Time time = RunningTime.real();
    private final DynamoDbService tables;
    private final AppSyncService service;
    private final HelidonServer server;
    private final DeployedApi api;
    private final URI endpoint;
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Bench(Path directory) {
      store = RocksStore.open(directory.resolve("store"));
      Ids ids = Ids.random();
      var front = new Front(ids);
      var platform =
          new Platform(
              store,
              time,
              ids,
              new LocalEvents(),
              new LateLake(),
              front,
              front,
              directory,
              () -> URI.create("http://127.0.0.1:1"));
      tables = new DynamoDbService(platform);
      service = new AppSyncService(platform);
      front.add(tables);
      front.add(service);
      tables.start();
      service.start();
      api = service.deploy(Scope.DEFAULT, ApiDeployment.of("b", "dev", Generation.V2, SCHEMA));
      var options = GatewayOptions.of(time, ids);
      var signers = new Signers(new Authenticator(options.authentication(), options.sessions(), time));
      var gateway =
          new Gateway(List.of(), options)
              .route(GraphqlRoute.PREFIX, new GraphqlRoute(service, ids, signers));
      server = new HelidonServer(gateway, gateway, null);
      endpoint =
          URI.create("http://127.0.0.1:" + server.start("127.0.0.1", 0) + "/graphql/" + api.apiId());
    }

    void ask(String query) {
      send("{\"query\":\"" + query.replace("\"", "\\\"") + "\"}");
    }

    /// With a variable, as clients have it.
    void delete(String post) {
      send(
          "{\"query\":\"mutation Delete($id: ID!) { deletePost(input: {id: $id}) { id title } }\","
              + "\"variables\":{\"id\":\"" + post + "\"}}");
    }

    private void send(String json) {
      try {
        var request =
            HttpRequest.newBuilder(endpoint)
                .header("x-api-key", String.valueOf(api.apiKey()))
                .POST(BodyPublishers.ofString(json))
                .build();
        String body = http.send(request, BodyHandlers.ofString()).body();
        if (body.contains("\"errors\"")) {
          throw new IllegalStateException(body.substring(0, Math.min(500, body.length())));
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void post(String id, int comments) {
      ask("mutation { createPost(input: {id: \"" + id + "\", title: \"Title of " + id + "\"}) { id } }");
      DynamoDbClient client = tables.client(Scope.DEFAULT);
      String table = api.tables().get("Comment");
      for (int from = 0; from < comments; from += 25) {
        List<WriteRequest> puts = new ArrayList<>();
        for (int i = from; i < Math.min(comments, from + 25); i++) {
          puts.add(put(id, i));
        }
        client.batchWriteItem(
            BatchWriteItemRequest.builder().requestItems(Map.of(table, puts)).build());
      }
    }

    private static WriteRequest put(String post, int i) {
      Map<String, AttributeValue> item =
          Map.of(
              "id", AttributeValue.fromS(post + "-comment-" + i),
              "postID", AttributeValue.fromS(post),
              "content", AttributeValue.fromS("Comment " + i + " " + "x".repeat(100)),
              "createdAt", AttributeValue.fromS("2020-05-01T00:00:00.000Z"),
              "updatedAt", AttributeValue.fromS("2020-05-01T00:00:00.000Z"),
              "__typename", AttributeValue.fromS("Comment"));
      return WriteRequest.builder().putRequest(one -> one.item(item)).build();
    }

    @Override
    public void close() {
      http.close();
      server.close();
      service.close();
      tables.close();
      time.close();
      store.close();
    }
  }
}
