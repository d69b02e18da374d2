package dev.polder.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.kernel.Ids;
import dev.polder.kernel.LocalHttp;
import dev.polder.kernel.time.ManualTime;
import dev.polder.kernel.time.Time;
import dev.polder.lambda.Compiled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
  private static final Instant NOW = Instant.parse("2020-05-01T00:00:00Z");

  private static final String SOURCE =
      """
      package fn;
      import com.amazonaws.services.lambda.runtime.*;
      import java.io.*;
      import java.time.*;
      import java.util.*;
      import java.util.function.*;
      public class Handlers {
        static int calls;
        public static class Point { public int x; public List<String> names; public Instant at; }
        public static class Pojo implements RequestHandler<Point, Map<String, Object>> {
          public Map<String, Object> handleRequest(Point in, Context context) {
            System.out.println("x is " + in.x);
            context.getLogger().log("by logger");
            Map<String, Object> out = new TreeMap<>();
            out.put("x", in.x + 1);
            out.put("names", in.names);
            out.put("function", context.getFunctionName());
            out.put("memory", context.getMemoryLimitInMB());
            out.put("arn", context.getInvokedFunctionArn());
            out.put("id", context.getAwsRequestId());
            out.put("left", context.getRemainingTimeInMillis());
            out.put("calls", ++calls);
            return out;
          }
        }
        public String plain(Map<String, Object> in) {
          Function<String, String> env = System::getenv;
          return env.apply("GREETING") + " " + System.getenv("GREETING") + " "
              + System.getenv().get("GREETING") + " " + System.getenv("PATH") + " "
              + System.getProperty("set.by.function", "unset") + System.setProperty("set.by.function", "x");
        }
        public static class Stream implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
            out.write('['); in.transferTo(out); out.write(']');
          }
        }
        public String times() {
          return Instant.now() + " " + LocalDate.now(ZoneOffset.UTC) + " " + LocalDate.now() + " "
              + new Date().getTime() + " " + System.currentTimeMillis() + " " + Clock.systemUTC().instant()
              + " " + ZonedDateTime.now(ZoneId.of("UTC")).toInstant();
        }
        public void boom(String in) { throw new IllegalStateException("no " + in); }
        public void exit(int status) { System.exit(status); }
        public void halt(int status) { Runtime.getRuntime().halt(status); }
        public String hang() throws Exception {
          System.out.println("hanging");
          new java.util.concurrent.CountDownLatch(1).await();
          return "";
        }
        public String trace() { new RuntimeException("traced").printStackTrace(); return "ok"; }
        public String loaders() { return Handlers.class.getClassLoader().getClass().getSimpleName() + canSee("dev.polder.kernel.Json") + canSee("org.rocksdb.RocksDB") + canSee("java.sql.Connection"); }
        static boolean canSee(String type) {
          try { Class.forName(type); return true; } catch (ClassNotFoundException e) { return false; }
        }
        public String resource() throws Exception {
          try (InputStream in = Handlers.class.getResource("/data.txt").openStream()) { return new String(in.readAllBytes()); }
        }
        public String weak() { System.out.println("seen"); return "seen"; }
        public void memory() { throw new OutOfMemoryError("too much"); }
        public static class BadInit { static { if (true) throw new IllegalArgumentException("init failed"); } public void go() {} }
      }
      """;

  private static byte[] jar = {};

  @TempDir Path directory;
  private final ManualTime time = new ManualTime(NOW);
  private final Environments environments =
      environments(new Environments.Limits(8, 8, Duration.ofMinutes(1)));
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CountDownLatch logged = new CountDownLatch(1);

  @BeforeAll
  static void compile() {
    Map<String, byte[]> files = new HashMap<>(Compiled.classes(Map.of("fn.Handlers", SOURCE)));
    files.put("data.txt", "from the jar".getBytes(UTF_8));
    jar = Compiled.zip(files);
  }

  @AfterEach
  void close() {
    environments.close();
  }

  private FunctionSpec spec(String handler, Map<String, String> extra) throws IOException {
    Path file = directory.resolve("code.zip");
    Files.write(file, jar);
    Map<String, String> variables = new HashMap<>(extra);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "f");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    return new FunctionSpec(
        handler + extra,
        "f",
        Language.JAVA,
        handler,
        List.of(file),
        variables,
        Duration.ofSeconds(3),
        512,
        Instant.MAX,
        LocalHttp.NONE);
  }

  private Environments environments(Environments.Limits limits) {
    return new Environments(time, limits, new Processes(Path.of("unused"), Ids.seeded(1)));
  }

  private static Environments.Wanted wanted(FunctionSpec spec) {
    return new Environments.Wanted(spec.id(), spec.language(), () -> spec);
  }

  private static Invocation invocation(String id, String payload) {
    return new Invocation(id, "arn:f", payload.getBytes(UTF_8), "", "Root=1-0-0");
  }

  private Outcome invoke(String handler, String payload) throws IOException {
    return invoke(spec(handler, Map.of()), payload);
  }

  private Outcome invoke(FunctionSpec spec, String payload) {
    return environments
        .invoke(
            wanted(spec),
            invocation("id-1", payload),
            (from, offset, length) -> {
              synchronized (log) {
                log.write(from, offset, length);
              }
              logged.countDown();
            })
        .outcome();
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(byte[] payload) -> new String(payload, UTF_8);
      case Outcome.Failed(byte[] payload) -> "failed " + new String(payload, UTF_8);
      case Outcome.TimedOut() -> "timed out";
      case Outcome.TooLarge(long size) -> "too large " + size;
      case Outcome.NoEntrypoint(String reason) -> reason;
      case Outcome.Exited(int status) -> "exited " + status;
      case Outcome.Signalled(int number) -> "signalled " + number;
      case Outcome.Stopped() -> "stopped";
    };
  }

  @Test
  void aPojoHandlerIsServedAsAtAws() throws Exception {
    String in = "{\"x\":4,\"names\":[\"a\"],\"unknown\":1}";
    assertThat(text(invoke("fn.Handlers$Pojo", in)))
        .isEqualTo(
            "{\"arn\":\"arn:f\",\"calls\":1,\"function\":\"f\",\"id\":\"id-1\",\"left\":3000,"
                + "\"memory\":512,\"names\":[\"a\"],\"x\":5}");
    assertThat(log.toString(UTF_8)).isEqualTo("x is 4\nby logger\n");
    assertThat(text(invoke("fn.Handlers$Pojo::handleRequest", in))).contains("\"calls\":1");
    assertThat(text(invoke("fn.Handlers$Pojo", in))).contains("\"calls\":2");
    assertThat(environments.size()).isEqualTo(2);
  }

  @Test
  void aMachineWithoutTheInterpreterIsToldWhatToInstall() {
    var limits = new Environments.Limits(1, 1, Duration.ofMinutes(1));
    var processes = new Processes(directory, Ids.seeded(1), directory.toString());
    try (var bare = new Environments(time, limits, processes)) {
      for (Language language : List.of(Language.NODE, Language.PYTHON)) {
        var spec =
            new FunctionSpec(
                language.name(),
                "f",
                language,
                "index.handler",
                List.of(directory),
                Map.of(),
                Duration.ofSeconds(3),
                128,
                Instant.MAX,
                LocalHttp.NONE);
        Outcome outcome =
            bare.invoke(wanted(spec), invocation("i", "{}"), (_, _, _) -> {}).outcome();
        assertThat(text(outcome)).startsWith("Couldn't find ").contains("install");
      }
      assertThat(bare.size()).isZero();
    }
  }

  @Test
  void streamsPassBytes() throws Exception {
    assertThat(text(invoke("fn.Handlers$Stream", "{\"a\":1}"))).isEqualTo("[{\"a\":1}]");
  }

  @Test
  void environmentsAndPropertiesAreTheFunctionsOwn() throws Exception {
    FunctionSpec one = spec("fn.Handlers::plain", Map.of("GREETING", "hi"));
    FunctionSpec two = spec("fn.Handlers::plain", Map.of("GREETING", "ho"));
    assertThat(text(invoke(one, "{}"))).isEqualTo("\"hi hi hi null unsetnull\"");
    assertThat(text(invoke(two, "{}"))).isEqualTo("\"ho ho ho null unsetnull\"");
    assertThat(text(invoke(two, "{}"))).isEqualTo("\"ho ho ho null xx\"");
    assertThat(System.getProperty("set.by.function")).isNull();
  }

  @Test
  void theFunctionsClockIsTheServers() throws Exception {
    long ms = NOW.toEpochMilli();
    assertThat(text(invoke("fn.Handlers::times", "{}")))
        .isEqualTo("\"%s 2020-05-01 2020-05-01 %d %d %s %s\"".formatted(NOW, ms, ms, NOW, NOW));
  }

  @Test
  void whatIsThrownIsReportedAsTheRuntimeDoes() throws Exception {
    assertThat(text(invoke("fn.Handlers::boom", "\"way\"")))
        .startsWith(
            "failed {\"errorMessage\":\"no way\",\"errorType\":\"java.lang.IllegalStateException\","
                + "\"stackTrace\":[\"fn.Handlers.boom(Handlers.java:")
        .doesNotContain("runtime.api.client", "RuntimeInterface");
    assertThat(log.toString(UTF_8))
        .startsWith("no way: java.lang.IllegalStateException\njava.lang.IllegalStateException: no");
    assertThat(text(invoke("fn.Handlers::boom", "\"2\""))).contains("no 2");
    assertThat(environments.size()).isEqualTo(1);
  }

  @Test
  void printStackTraceGoesToTheLog() throws Exception {
    assertThat(text(invoke("fn.Handlers::trace", "{}"))).isEqualTo("\"ok\"");
    assertThat(log.toString(UTF_8)).startsWith("java.lang.RuntimeException: traced\n\tat fn.");
  }

  @Test
  void whatCannotBeInitialisedFailsEachCallInANewEnvironment() throws Exception {
    assertThat(text(invoke("fn.Nope::go", "{}")))
        .isEqualTo(
            "failed {\"errorMessage\":\"Class not found: fn.Nope\","
                + "\"errorType\":\"java.lang.ClassNotFoundException\"}");
    assertThat(text(invoke("fn.Handlers$BadInit::go", "{}")))
        .startsWith("failed {\"errorMessage\":\"Error loading class fn.Handlers$BadInit\"");
    assertThat(text(invoke("fn.Handlers::absent", "{}")))
        .startsWith("failed {\"errorMessage\":\"No public method named absent");
    assertThat(text(invoke("::", "{}"))).startsWith("failed {\"errorMessage\":\"Invalid handler");
    assertThat(environments.size()).isZero();
  }

  @Test
  void theProcessOfAFunctionEndsAloneWhenItExits() throws Exception {
    assertThat(text(invoke("fn.Handlers::exit", "3"))).isEqualTo("exited 3");
    assertThat(text(invoke("fn.Handlers::halt", "4"))).isEqualTo("exited 4");
    assertThat(environments.size()).isZero();
    assertThat(text(invoke("fn.Handlers::memory", "3"))).contains("OutOfMemoryError");
    assertThat(environments.size()).isZero();
  }

  @Test
  void theServersClassesAreOutOfSight() throws Exception {
    assertThat(text(invoke("fn.Handlers::loaders", "{}")))
        .isEqualTo("\"FunctionLoaderfalsefalsetrue\"");
  }

  @Test
  void resourcesComeFromTheJar() throws Exception {
    assertThat(text(invoke("fn.Handlers::resource", "{}"))).isEqualTo("\"from the jar\"");
  }

  @Test
  void aCallEndsWhenItsTimeIsUp() throws Exception {
    FunctionSpec spec = spec("fn.Handlers::hang", Map.of());
    var call = new FutureTask<>(() -> invoke(spec, "{}"));
    Thread.ofVirtual().start(call);
    logged.await();
    time.advance(Duration.ofMillis(2999));
    assertThat(call.isDone()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(text(call.get())).isEqualTo("timed out");
    assertThat(environments.size()).isZero();
  }

  @Test
  void theTimeOfACallRunsFromBeforeItBegins() throws Exception {
    var late = new AtomicBoolean();
    var watching =
        new Time() {
          @Override
          public Instant instant() {
            return time.instant();
          }

          @Override
          public Timer at(Instant due, Runnable task) {
            try {
              late.compareAndSet(false, logged.await(300, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return time.at(due, task);
          }

          @Override
          public Work work() {
            return time.work();
          }

          @Override
          public void close() {}
        };
    var limits = new Environments.Limits(1, 1, Duration.ofMinutes(1));
    try (var watched =
        new Environments(watching, limits, new Processes(Path.of("unused"), Ids.seeded(1)))) {
      var called =
          watched.invoke(
              wanted(spec("fn.Handlers::weak", Map.of())),
              invocation("i", "{}"),
              (_, _, _) -> logged.countDown());
      assertThat(text(called.outcome())).isEqualTo("\"seen\"");
    }
    assertThat(late).isFalse();
  }

  @Test
  void callsAtTheSameTimeRunInEnvironmentsOfTheirOwn() throws Exception {
    FunctionSpec spec = spec("fn.Handlers$Pojo", Map.of());
    List<FutureTask<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var call = new FutureTask<>(() -> invoke(spec, "{\"x\":1}"));
      calls.add(call);
      Thread.ofVirtual().start(call);
    }
    for (var call : calls) {
      assertThat(text(call.get())).contains("\"x\":2");
    }
    assertThat(environments.size()).isBetween(1, 8);
    environments.retire(spec.id());
    assertThat(environments.size()).isZero();
  }

  @Test
  void anIdleEnvironmentIsReleasedWithItsClasses() throws Exception {
    var limits = new Environments.Limits(2, 2, Duration.ofMillis(1));
    try (var brief = environments(limits)) {
      FunctionSpec spec = spec("fn.Handlers::weak", Map.of());
      WeakReference<?> loader = loaderOf(brief, spec);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (brief.size() > 0 || loader.get() != null) {
        assertThat(System.nanoTime()).as("deadline").isLessThan(end);
        System.gc();
        logged.await(5, TimeUnit.MILLISECONDS);
      }
    }
  }

  /// Calls a function and answers a reference to the loader of its classes.
  private static WeakReference<?> loaderOf(Environments brief, FunctionSpec spec) {
    List<WeakReference<?>> seen = new ArrayList<>();
    InvocationLog log =
        (_, _, _) -> seen.add(new WeakReference<>(Thread.currentThread().getContextClassLoader()));
    var outcome = brief.invoke(wanted(spec), invocation("i", "{}"), log).outcome();
    assertThat(text(outcome)).isEqualTo("\"seen\"");
    return seen.getFirst();
  }

  @Test
  void aCallWaitsWhereThereIsNoRoom() throws Exception {
    var limits = new Environments.Limits(1, 1, Duration.ofMinutes(1));
    try (var one = environments(limits)) {
      List<FutureTask<Outcome>> calls = new ArrayList<>();
      List<FunctionSpec> specs = new ArrayList<>();
      for (String greeting : List.of("a", "b", "c")) {
        specs.add(spec("fn.Handlers::plain", Map.of("GREETING", greeting)));
      }
      for (FunctionSpec spec : specs) {
        var call =
            new FutureTask<>(
                () -> one.invoke(wanted(spec), invocation("i", "{}"), (_, _, _) -> {}).outcome());
        calls.add(call);
        Thread.ofVirtual().start(call);
      }
      for (var call : calls) {
        assertThat(text(call.get())).contains("null unset");
      }
      assertThat(one.size()).isEqualTo(1);
    }
  }
}
