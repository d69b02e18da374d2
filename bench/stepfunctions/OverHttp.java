import dev.polder.kernel.Json;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Step Functions as its callers see it: a server in a process of its own, called over HTTP, every
/// step of Standard executions on disk. Each rate stands beside the rate at which the bare store
/// commits on the same disk in the same run.
///
/// Arguments: clients (64), seconds of each measurement (5), items of the Map (100000), executions
/// that wait (1000000).
public final class OverHttp {
  private static final String ROLE = "arn:aws:iam::000000000000:role/bench";

  private OverHttp() {}

  public static void main(String[] arguments) throws Exception {
    int clients = argument(arguments, 0, 64);
    int seconds = argument(arguments, 1, 5);
    int items = argument(arguments, 2, 100_000);
    int waiting = argument(arguments, 3, 1_000_000);
    Path directory = Files.createTempDirectory("bench-http");
    double raw = raw(directory.resolve("raw"), clients, seconds);
    say("store: %.0f commits/s of three values with %d clients", raw, clients);
    try (Server server = Server.start(directory.resolve("server"))) {
      ten(server, clients, seconds, raw);
      sync(server);
      map(server, items, raw);
    }
    waiting(directory.resolve("waiting"), waiting, clients, raw);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  /// Something done over and over by one of many clients.
  private interface Action {
    void run(int client, long number) throws Exception;
  }

  private static double perSecond(int clients, int seconds, Action action)
      throws InterruptedException {
    var count = new AtomicLong();
    var done = new CountDownLatch(clients);
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    for (int i = 0; i < clients; i++) {
      int client = i;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (System.nanoTime() < end) {
                    action.run(client, count.incrementAndGet());
                  }
                } catch (Exception e) {
                  e.printStackTrace();
                }
                done.countDown();
              });
    }
    done.await();
    return count.get() * 1e9 / (System.nanoTime() - begin);
  }

  private static double raw(Path directory, int clients, int seconds) throws Exception {
    byte[] log = new byte[2000];
    byte[] head = new byte[200];
    try (Store store = RocksStore.open(directory)) {
      double rate = 0;
      for (String run : List.of("warm", "measured")) {
        rate =
            perSecond(
                clients,
                seconds,
                (_, n) ->
                    store.commit(
                        new Batch()
                            .put(Key.of("bench", run, "head", n), head)
                            .put(Key.of("bench", run, "log", n), log)
                            .put(Key.of("bench", run, "order", n), new byte[0])));
      }
      return rate;
    }
  }

  private static String passes(int count) {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < count; i++) {
      states
          .append(i == 0 ? "" : ",")
          .append("\"P").append(i).append("\":{\"Type\":\"Pass\",")
          .append(i == count - 1 ? "\"End\":true" : "\"Next\":\"P" + (i + 1) + "\"")
          .append("}");
    }
    return "{\"StartAt\":\"P0\",\"States\":{" + states + "}}";
  }

  private static void ten(Server server, int clients, int seconds, double raw) throws Exception {
    String machine = server.machine("ten", passes(10), "STANDARD");
    double rate = 0;
    double cpu = 0;
    for (String run : List.of("w", "m")) {
      cpu = server.cpu();
      rate = perSecond(clients, seconds, (_, n) -> server.begin(machine, run + n));
      cpu = (server.cpu() - cpu) / (rate * seconds);
    }
    say(
        "ten Pass states: %.0f executions/s over HTTP with %d clients, %.2f of the store's rate,"
            + " %.0f µs on a core each",
        rate, clients, rate / raw, cpu * 1e6);
    long[] nanos = new long[1000];
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      server.begin(machine, "l" + i);
      nanos[i] = System.nanoTime() - begin;
    }
    latency("one client, from start to end on disk", nanos);
  }

  private static void sync(Server server) throws Exception {
    String machine = server.machine("sync", passes(10), "EXPRESS");
    long[] nanos = new long[2000];
    for (int i = 0; i < 2 * nanos.length; i++) {
      long begin = System.nanoTime();
      server.call("StartSyncExecution", Map.of("stateMachineArn", machine, "input", "{}"));
      nanos[i % nanos.length] = System.nanoTime() - begin;
    }
    latency("StartSyncExecution of ten Pass states", nanos);
  }

  private static void latency(String what, long[] nanos) {
    Arrays.sort(nanos);
    say(
        "%s: p50 %.2f ms, p99 %.2f ms",
        what, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }

  private static void map(Server server, int items, double raw) throws Exception {
    StringBuilder rows = new StringBuilder("n\n");
    for (int i = 0; i < items; i++) {
      rows.append(i).append('\n');
    }
    server.put("/bench-items", "");
    server.put("/bench-items/items.csv", rows.toString());
    for (String type : List.of("EXPRESS", "STANDARD")) {
      String machine =
          server.machine(
              "map-" + type,
              "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"ItemReader\":{\"Resource\":"
                  + "\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{\"InputType\":\"CSV\","
                  + "\"CSVHeaderLocation\":\"FIRST_ROW\"},\"Parameters\":{\"Bucket\":\"bench-items\","
                  + "\"Key\":\"items.csv\"}},\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":"
                  + "\"DISTRIBUTED\",\"ExecutionType\":\""
                  + type
                  + "\"},\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":1,"
                  + "\"End\":true}}},\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\","
                  + "\"Parameters\":{\"Bucket\":\"bench-items\",\"Prefix\":\"out\"}},\"End\":true}}}",
              "STANDARD");
      long begin = System.nanoTime();
      String arn = server.begin(machine, "one");
      String status = "RUNNING";
      while (status.equals("RUNNING")) {
        Thread.sleep(20);
        status =
            String.valueOf(server.call("DescribeExecution", Map.of("executionArn", arn)).get("status"));
      }
      double took = (System.nanoTime() - begin) / 1e9;
      say(
          "Map over %d items, %s children: %s in %.1f s, %.0f items/s, %.2f of the store's rate",
          items, type, status, took, items / took, items / took / raw);
    }
  }

  private static void waiting(Path directory, int count, int clients, double raw)
      throws Exception {
    String wait =
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":30000000,\"End\":true}}}";
    try (Server server = Server.start(directory)) {
      String machine = server.machine("wait", wait, "STANDARD");
      server.begin(machine, "first");
      long before = server.heap();
      long begin = System.nanoTime();
      var done = new CountDownLatch(clients);
      for (int i = 0; i < clients; i++) {
        int first = i;
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int n = first; n < count; n += clients) {
                      server.begin(machine, "w" + n);
                    }
                  } catch (Exception e) {
                    e.printStackTrace();
                  }
                  done.countDown();
                });
      }
      done.await();
      double took = (System.nanoTime() - begin) / 1e9;
      say(
          "%d waiting: begun at %.0f/s (%.2f of the store's rate), %.1f bytes of heap each",
          count, count / took, count / took / raw, (server.heap() - before) / (double) count);
      server.kill();
    }
    long begin = System.nanoTime();
    try (Server server = Server.start(directory)) {
      server.begin("arn:aws:states:us-east-1:000000000000:stateMachine:wait", "after");
      say("serving again %.2f s after a kill", (System.nanoTime() - begin) / 1e9);
    }
  }

  /// A server in a process of its own.
  private record Server(Process process, URI endpoint, HttpClient client) implements AutoCloseable {
    private static final Pattern USED = 
        Pattern.compile("(?im)^\\s*(?:def ?new|tenured)[^\\n]*?used (\\d+)K");

    static Server start(Path data) throws IOException {
      Process process =
          new ProcessBuilder(
                  java("java"),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-XX:+UseSerialGC",
                  "-Xmx1g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.polder.Main",
                  "start",
                  "--port",
                  "0",
                  "--log-level",
                  "warn",
                  "--data",
                  data.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready ")) {
          return new Server(
              process,
              URI.create(line.substring(6).strip()),
              HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
        }
      }
      throw new IOException("The server did not start");
    }

    private static String java(String tool) {
      return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    String machine(String name, String definition, String type) throws Exception {
      return String.valueOf(
          call(
                  "CreateStateMachine",
                  Map.of("name", name, "definition", definition, "roleArn", ROLE, "type", type))
              .get("stateMachineArn"));
    }

    String begin(String machine, String name) throws Exception {
      return String.valueOf(
          call("StartExecution", Map.of("stateMachineArn", machine, "name", name, "input", "{}"))
              .get("executionArn"));
    }

    Map<String, Object> call(String operation, Map<String, Object> input) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .header("Content-Type", "application/x-amz-json-1.0")
              .header("X-Amz-Target", "AWSStepFunctions." + operation)
              .POST(HttpRequest.BodyPublishers.ofString(Json.write(input)))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(operation + ": " + response.statusCode() + " " + response.body());
      }
      return Json.parseObject(response.body());
    }

    void put(String path, String body) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve(path))
              .PUT(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(path + ": " + response.statusCode() + " " + response.body());
      }
    }

    /// Seconds on cores so far: says the same where others use the machine, too.
    double cpu() {
      return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    /// Bytes of the heap in use after a full collection.
    long heap() throws Exception {
      String pid = Long.toString(process.pid());
      for (int i = 0; i < 2; i++) {
        output(java("jcmd"), pid, "GC.run");
      }
      Matcher matcher = USED.matcher(output(java("jcmd"), pid, "GC.heap_info"));
      long used = 0;
      while (matcher.find()) {
        used += Long.parseLong(matcher.group(1)) * 1024;
      }
      return used;
    }

    private static String output(String... command) throws Exception {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
