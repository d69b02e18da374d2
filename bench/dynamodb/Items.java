import dev.polder.dynamodb.DynamoDbService;
import dev.polder.gateway.Crc32Header;
import dev.polder.gateway.Gateway;
import dev.polder.gateway.GatewayOptions;
import dev.polder.gateway.http.HelidonServer;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Lake;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCalls;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.RocksStore;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Items of DynamoDB against the store's own limits in the same run: point reads, queries of 100
/// items by an index, durable puts, deletes in batches of 25; in process and over HTTP.
///
/// Arguments: clients (64), seconds of each measurement (4).
public final class Items {
  private static final int ITEMS = 20_000;
  private static final int GROUP = 100;
  private static final String TEXT = "x".repeat(300);

  private Items() {}

  public static void main(String[] arguments) throws Exception {
    int clients = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
    Path directory = Files.createTempDirectory("bench-dynamodb");
    try (Store store = RocksStore.open(directory.resolve("raw"))) {
      fill(store);
      for (boolean warm : new boolean[] {true, false}) {
        var raw = new Raw(store, clients, warm ? 1 : seconds);
        if (!warm) {
          raw.print();
          engine(directory.resolve("engine"), clients, seconds, raw);
        }
      }
    }
  }

  /// The store's own rates.
  private static final class Raw {
    final Rate gets;
    final Rate scans;
    final Rate puts;

    Raw(Store store, int clients, int seconds) throws InterruptedException {
      var at = new AtomicLong();
      gets = perSecond(clients, seconds, _ -> store.get(rawKey(at.incrementAndGet() % ITEMS)));
      scans =
          perSecond(
              clients,
              seconds,
              _ -> {
                long group = at.incrementAndGet() % (ITEMS / GROUP);
                try (Scan scan = store.scan(KeyRange.prefix(Key.of("index", group)))) {
                  while (scan.hasNext()) {
                    scan.next();
                  }
                }
              });
      byte[] value = new byte[350];
      var next = new AtomicLong(ITEMS);
      puts =
          perSecond(
              clients,
              seconds,
              _ -> {
                long n = next.incrementAndGet();
                store.commit(
                    new Batch()
                        .put(rawKey(n), value)
                        .put(Key.of("written", n % GROUP, n), value));
              });
    }

    void print() {
      Items.print("store: get", gets, gets);
      Items.print("store: scan of 100", scans, scans);
      Items.print("store: commit of item and entry", puts, puts);
    }

  }

  private static Key rawKey(long n) {
    return Key.of("item", "k" + n);
  }

  private static void fill(Store store) {
    byte[] value = new byte[350];
    for (long from = 0; from < ITEMS; from += 500) {
      var batch = new Batch();
      for (long n = from; n < from + 500; n++) {
        batch.put(rawKey(n), value).put(Key.of("index", n / GROUP, n), value);
      }
      store.commit(batch);
    }
  }

  private static void engine(Path directory, int clients, int seconds, Raw raw) throws Exception {
    try (var bench = new Bench(directory)) {
      bench.fill();
      for (boolean warm : new boolean[] {true, false}) {
        int time = warm ? 2 : seconds;
        var at = new AtomicLong();
        Rate gets =
            perSecond(clients, time, _ -> bench.get(at.incrementAndGet() % ITEMS));
        Rate queries =
            perSecond(clients, time, _ -> bench.query(at.incrementAndGet() % (ITEMS / GROUP)));
        var next = new AtomicLong(warm ? 1_000_000 : 100_000_000);
        Rate puts = perSecond(clients, time, _ -> bench.put(next.incrementAndGet()));
        if (!warm) {
          print("in process: get", gets, raw.gets);
          print("in process: query of 100 by index", queries, raw.scans);
          print("in process: put with an index", puts, raw.puts);
        }
      }
      bench.deletes();
      bench.http(clients, seconds, raw);
    }
  }

  private static void print(String what, Rate rate, Rate limit) {
    System.out.printf(
        Locale.ROOT,
        "%-40s %9.0f /s  %.2f of the store's  %7.1f us of CPU, %.1f times the store's%n",
        what,
        rate.perSecond,
        rate.perSecond / limit.perSecond,
        rate.micros,
        rate.micros / limit.micros);
  }

  /// How often something ran in a second, and the CPU time of the process for each time, which says
  /// the same where others use the machine too.
  private record Rate(double perSecond, double micros) {}

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /// Runs an action on many threads for some seconds.
  private static Rate perSecond(int clients, int seconds, IntConsumer action)
      throws InterruptedException {
    var count = new AtomicLong();
    var done = new CountDownLatch(clients);
    long cpu = cpu();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    for (int client = 0; client < clients; client++) {
      int number = client;
      Thread.ofVirtual()
          .start(
              () -> {
                while (System.nanoTime() < end) {
                  action.accept(number);
                  count.incrementAndGet();
                }
                done.countDown();
              });
    }
    done.await();
    return new Rate(
        count.get() * 1e9 / (System.nanoTime() - begin), (cpu() - cpu) / 1e3 / count.get());
  }

  /// A service on a store of its own.
  private static final class Bench implements AutoCloseable {
    private final Store store;
    private final Time time = RunningTime.real();
    private final DynamoDbService service;
    private final DynamoDbClient client;

    Bench(Path directory) {
      this.store = RocksStore.open(directory);
      this.service =
          new DynamoDbService(
              new Platform(
                  store,
                  time,
                  Ids.random(),
                  new LocalEvents(),
                  absent(Lake.class),
                  absent(Clients.class),
                  absent(ServiceCalls.class),
                  directory,
                  () -> URI.create("http://127.0.0.1")));
      service.start();
      this.client = service.client(Scope.DEFAULT);
      client.createTable(
          b ->
              b.tableName("items")
                  .billingMode("PAY_PER_REQUEST")
                  .attributeDefinitions(attribute("id"), attribute("post"))
                  .keySchema(key("id"))
                  .globalSecondaryIndexes(
                      GlobalSecondaryIndex.builder()
                          .indexName("byPost")
                          .keySchema(key("post"))
                          .projection(p -> p.projectionType("ALL"))
                          .build()));
    }

    private static AttributeDefinition attribute(String name) {
      return AttributeDefinition.builder().attributeName(name).attributeType("S").build();
    }

    private static KeySchemaElement key(String name) {
      return KeySchemaElement.builder().attributeName(name).keyType("HASH").build();
    }

    private static <T> T absent(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, _) -> {
                throw new UnsupportedOperationException(method.getName());
              }));
    }

    private static Map<String, AttributeValue> item(long n, String post) {
      return Map.of(
          "id", AttributeValue.fromS("k" + n),
          "post", AttributeValue.fromS(post),
          "text", AttributeValue.fromS(TEXT),
          "count", AttributeValue.fromN(Long.toString(n)));
    }

    void fill() {
      for (long n = 0; n < ITEMS; n += 25) {
        List<WriteRequest> writes = new ArrayList<>();
        for (long i = n; i < n + 25; i++) {
          Map<String, AttributeValue> item = item(i, "p" + i / GROUP);
          writes.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
        }
        client.batchWriteItem(b -> b.requestItems(Map.of("items", writes)));
      }
    }

    void get(long n) {
      client.getItem(b -> b.tableName("items").key(Map.of("id", AttributeValue.fromS("k" + n))));
    }

    void query(long group) {
      int count =
          client
              .query(
                  b ->
                      b.tableName("items")
                          .indexName("byPost")
                          .keyConditionExpression("post = :p")
                          .expressionAttributeValues(
                              Map.of(":p", AttributeValue.fromS("p" + group))))
              .items()
              .size();
      if (count != GROUP) {
        throw new IllegalStateException("Expected 100 items but were " + count);
      }
    }

    void put(long n) {
      client.putItem(b -> b.tableName("items").item(item(n, "q" + n % 1000)));
    }

    /// Deletes groups of 500 as a resolver does: query the index, delete in batches of 25.
    void deletes() {
      long[] nanos = new long[20];
      for (int round = 0; round < nanos.length; round++) {
        String post = "r" + round;
        for (int n = 0; n < 500; n++) {
          long number = 900_000_000L + round * 500L + n;
          client.putItem(b -> b.tableName("items").item(item(number, post)));
        }
        long begin = System.nanoTime();
        List<WriteRequest> deletes =
            client
                .query(
                    b ->
                        b.tableName("items")
                            .indexName("byPost")
                            .keyConditionExpression("post = :p")
                            .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(post))))
                .items()
                .stream()
                .map(
                    item ->
                        WriteRequest.builder()
                            .deleteRequest(d -> d.key(Map.of("id", item.get("id"))))
                            .build())
                .toList();
        for (int from = 0; from < deletes.size(); from += 25) {
          List<WriteRequest> batch = deletes.subList(from, from + 25);
          client.batchWriteItem(b -> b.requestItems(Map.of("items", batch)));
        }
        nanos[round] = System.nanoTime() - begin;
      }
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "in process: query and delete 500 by 25          p50 %.1f ms%n",
          nanos[nanos.length / 2] / 1e6);
    }

    /// Over kept connections with prepared requests, so that the client costs little.
    void http(int clients, int seconds, Raw raw) throws Exception {
      var gateway =
          new Gateway(List.of(service), GatewayOptions.of(time, Ids.random()))
              .finish("dynamodb", new Crc32Header());
      try (var server = new HelidonServer(gateway)) {
        int port = server.start("127.0.0.1", 0);
        var at = new AtomicLong();
        for (boolean warm : new boolean[] {true, false}) {
          int time = warm ? 2 * seconds : seconds;
          Rate gets =
              requests(port, clients, time, "GetItem", () -> body("get", at.incrementAndGet()));
          Rate queries =
              requests(port, clients, time, "Query", () -> body("query", at.incrementAndGet()));
          Rate puts =
              requests(port, clients, time, "PutItem", () -> body("put", at.incrementAndGet()));
          if (!warm) {
            print("over HTTP: get", gets, raw.gets);
            print("over HTTP: query of 100 by index", queries, raw.scans);
            print("over HTTP: put with an index", puts, raw.puts);
          }
        }
      }
    }

    private static String body(String what, long n) {
      return switch (what) {
        case "get" -> "{\"TableName\":\"items\",\"Key\":{\"id\":{\"S\":\"k" + n % ITEMS + "\"}}}";
        case "query" ->
            "{\"TableName\":\"items\",\"IndexName\":\"byPost\",\"KeyConditionExpression\":\"post = :p\","
                + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"p" + n % (ITEMS / GROUP) + "\"}}}";
        default ->
            "{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"h" + n + "\"},\"post\":{\"S\":\"q"
                + n % 1000 + "\"},\"text\":{\"S\":\"" + TEXT + "\"},\"count\":{\"N\":\"" + n + "\"}}}";
      };
    }

    private static Rate requests(
        int port, int clients, int seconds, String operation, Supplier<String> body)
        throws Exception {
      var connections = new ConcurrentLinkedQueue<Connection>();
      for (int i = 0; i < clients; i++) {
        connections.add(new Connection(port));
      }
      Rate rate =
          perSecond(
              clients,
              seconds,
              _ -> {
                Connection connection = connections.remove();
                connection.send(operation, body.get());
                connections.add(connection);
              });
      for (Connection connection : connections) {
        connection.socket.close();
      }
      return rate;
    }

    @Override
    public void close() {
      service.close();
      time.close();
      store.close();
    }
  }

  /// A kept connection that speaks as little HTTP as the measurement needs.
  private static final class Connection {
    private final Socket socket;
    private final byte[] buffer = new byte[1 << 17];

    Connection(int port) throws Exception {
      this.socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
    }

    void send(String operation, String body) {
      try {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: DynamoDB_20120810."
                + operation
                + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=bench/20200101/us-east-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=0\r\nX-Amz-Date: 20200101T000000Z"
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n";
        byte[] all = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + bytes.length);
        System.arraycopy(bytes, 0, all, head.length(), bytes.length);
        socket.getOutputStream().write(all);
        receive();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void receive() throws IOException {
      int length = 0;
      int whole = Integer.MAX_VALUE;
      while (length < whole) {
        int read = socket.getInputStream().read(buffer, length, buffer.length - length);
        if (read < 0) {
          throw new EOFException();
        }
        length += read;
        if (whole == Integer.MAX_VALUE) {
          whole = whole(length);
        }
      }
      if (buffer[9] != '2') {
        throw new IllegalStateException(new String(buffer, 0, length, StandardCharsets.UTF_8));
      }
    }

    /// The length of the whole answer, once its head is there.
    private int whole(int length) {
      String text = new String(buffer, 0, Math.min(length, 2048), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return Integer.MAX_VALUE;
      }
      String lower = text.substring(0, end).toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length:") + 15;
      int line = lower.indexOf("\r\n", at);
      String number = lower.substring(at, line < 0 ? lower.length() : line).strip();
      return end + 4 + Integer.parseInt(number);
    }
  }
}
