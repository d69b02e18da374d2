import dev.polder.kernel.Clients;
import dev.polder.kernel.Ids;
import dev.polder.kernel.Lake;
import dev.polder.kernel.LocalEvents;
import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.ServiceCalls;
import dev.polder.kernel.time.RunningTime;
import dev.polder.kernel.time.Time;
import dev.polder.stepfunctions.StepFunctionsService;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.RocksStore;
import dev.polder.store.Store;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.sfn.SfnClient;

/// Executions of Step Functions in process, every step durable, against the store's own rate of
/// commits in the same run.
///
/// Arguments: clients (64), seconds of each measurement (5), waiting executions (100000).
public final class Executions {
  private static final String ROLE = "arn:aws:iam::000000000000:role/bench";

  private Executions() {}

  public static void main(String[] arguments) throws Exception {
    int clients = argument(arguments, 0, 64);
    int seconds = argument(arguments, 1, 5);
    int waiting = argument(arguments, 2, 100_000);
    Path directory = Files.createTempDirectory("bench-stepfunctions");
    double raw;
    try (Store store = RocksStore.open(directory.resolve("raw"))) {
      raw = commits(store, clients, seconds, "warm");
      raw = commits(store, clients, seconds, "measured");
    }
    System.out.printf(Locale.ROOT, "store: %.0f commits/s of three values with %d clients%n", raw, clients);
    try (var bench = new Bench(directory.resolve("engine"))) {
      String machine = bench.machine("ten", tenPasses());
      rate(bench, machine, clients, seconds, "w");
      double rate = rate(bench, machine, clients, seconds, "m");
      System.out.printf(
          Locale.ROOT,
          "ten Pass states: %.0f executions/s with %d clients, %.2f of the store's rate%n",
          rate,
          clients,
          rate / raw);
      latency(bench, machine);
    }
    waiting(directory.resolve("waiting"), waiting, clients);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static String tenPasses() {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      states
          .append(i == 0 ? "" : ",")
          .append("\"P").append(i).append("\":{\"Type\":\"Pass\",")
          .append(i == 9 ? "\"End\":true" : "\"Next\":\"P" + (i + 1) + "\"")
          .append("}");
    }
    return "{\"StartAt\":\"P0\",\"States\":{" + states + "}}";
  }

  /// Runs an action on many threads for some seconds; answers how often it ran in a second.
  private static double perSecond(int clients, int seconds, IntConsumer action)
      throws InterruptedException {
    var count = new AtomicLong();
    var done = new CountDownLatch(clients);
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
    return count.get() * 1e9 / (System.nanoTime() - begin);
  }

  private static double commits(Store store, int clients, int seconds, String run)
      throws InterruptedException {
    var next = new AtomicLong();
    byte[] log = new byte[2000];
    byte[] head = new byte[200];
    return perSecond(
        clients,
        seconds,
        _ -> {
          long n = next.incrementAndGet();
          store.commit(
              new Batch()
                  .put(Key.of("bench", run, "head", n), head)
                  .put(Key.of("bench", run, "log", n), log)
                  .put(Key.of("bench", run, "order", n), new byte[0]));
        });
  }

  private static double rate(Bench bench, String machine, int clients, int seconds, String run)
      throws InterruptedException {
    var next = new AtomicLong();
    return perSecond(
        clients,
        seconds,
        _ -> {
          String name = run + next.incrementAndGet();
          bench.client.startExecution(
              b -> b.stateMachineArn(machine).name(name).input("{\"value\":1}"));
        });
  }

  private static void latency(Bench bench, String machine) {
    long[] nanos = new long[2000];
    for (int i = 0; i < nanos.length; i++) {
      String name = "latency" + i;
      long begin = System.nanoTime();
      bench.client.startExecution(b -> b.stateMachineArn(machine).name(name).input("{}"));
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "one client: p50 %.2f ms, p99 %.2f ms from start to end on disk%n",
        nanos[1000] / 1e6,
        nanos[1980] / 1e6);
  }

  private static void waiting(Path directory, int count, int clients) throws Exception {
    String wait =
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":30000000,\"End\":true}}}";
    long before;
    try (var bench = new Bench(directory)) {
      String machine = bench.machine("wait", wait);
      before = heap();
      long begin = System.nanoTime();
      var done = new CountDownLatch(clients);
      for (int client = 0; client < clients; client++) {
        int number = client;
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = number; i < count; i += clients) {
                    String name = "w" + i;
                    bench.client.startExecution(
                        b -> b.stateMachineArn(machine).name(name).input("{}"));
                  }
                  done.countDown();
                });
      }
      done.await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      long after = heap();
      System.out.printf(
          Locale.ROOT,
          "%d waiting: begun in %.1f s, %.1f bytes of heap each%n",
          count,
          seconds,
          (after - before) / (double) count);
    }
    long begin = System.nanoTime();
    try (var bench = new Bench(directory)) {
      long count1 =
          bench.client.listExecutions(
                  b -> b.stateMachineArn(bench.arn("wait")).statusFilter("RUNNING").maxResults(10))
              .executions()
              .size();
      System.out.printf(
          Locale.ROOT,
          "serving again after %.2f s (%d listed)%n",
          (System.nanoTime() - begin) / 1e9,
          count1);
    }
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      LockSupport.parkNanos(200_000_000);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /// A service on a store of its own.
  private static final class Bench implements AutoCloseable {
    private final Store store;
    private final Time time = RunningTime.real();
    private final StepFunctionsService service;
    final SfnClient client;

    Bench(Path directory) {
      this.store = RocksStore.open(directory);
      this.service =
          new StepFunctionsService(
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

    String arn(String name) {
      return "arn:aws:states:us-east-1:000000000000:stateMachine:" + name;
    }

    String machine(String name, String definition) {
      return client
          .createStateMachine(b -> b.name(name).definition(definition).roleArn(ROLE))
          .stateMachineArn();
    }

    @Override
    public void close() {
      service.close();
      time.close();
      store.close();
    }
  }
}
