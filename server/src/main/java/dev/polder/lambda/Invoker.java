package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.Json;
import dev.polder.kernel.LocalHttp;
import dev.polder.kernel.Platform;
import dev.polder.kernel.trace.Span;
import dev.polder.lambda.runtime.Environments;
import dev.polder.lambda.runtime.FunctionSpec;
import dev.polder.lambda.runtime.Invocation;
import dev.polder.lambda.runtime.Language;
import dev.polder.lambda.runtime.Outcome;
import dev.polder.lambda.runtime.Processes;
import dev.polder.lambda.runtime.Signals;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs functions and says how they ended, in the words of the Invoke API.
final class Invoker implements AutoCloseable {
  /// Bytes that a response may have.
  static final int RESPONSE_LIMIT = 6_291_556;

  private static final Duration PORT_WAIT = Duration.ofSeconds(60);

  /// A call that was carried out.
  ///
  /// @param failed true if the function, and not the service, failed
  /// @param stopped true if the server ended it; the rest means nothing then
  record Completed(byte[] payload, boolean failed, boolean stopped, byte[] tail) {}

  /// What is to be called.
  ///
  /// @param name as the caller named it
  record Call(FunctionName name, FunctionConfig config, String requestId, byte[] payload) {}

  private final Platform platform;
  private final CodeStore code;
  private final Path modules;
  private final LocalHttp server;
  private final Path logs;
  private final Environments environments;
  private final Map<String, Integer> running = new HashMap<>();

  /// @param modules what `polder runtimes install` fills
  /// @param server this one, for functions in its process
  Invoker(
      Platform platform,
      CodeStore code,
      Environments.Limits limits,
      Path modules,
      LocalHttp server) {
    this.platform = platform;
    this.code = code;
    this.modules = modules;
    this.server = server;
    Path folder = platform.data().resolve("lambda");
    this.logs = folder.resolve("logs");
    var processes = new Processes(folder.resolve("runtimes"), platform.ids());
    this.environments = new Environments(platform.time(), limits, processes);
  }

  /// Runs a function to its end, within its reserved concurrency.
  ///
  /// @param reserved the most that may run at once; null for no limit
  /// @throws software.amazon.awssdk.services.lambda.model.TooManyRequestsException above it
  Completed run(Call call, String clientContext, @Nullable Integer reserved) {
    String arn = call.name().arn();
    enter(arn, reserved);
    try (var _ = platform.time().work()) {
      return run(call, clientContext);
    } finally {
      leave(arn);
    }
  }

  private void enter(String arn, @Nullable Integer reserved) {
    synchronized (running) {
      int now = running.getOrDefault(arn, 0);
      if (reserved != null && now >= reserved) {
        throw LambdaErrors.throttled();
      }
      running.put(arn, now + 1);
    }
  }

  private void leave(String arn) {
    synchronized (running) {
      running.computeIfPresent(arn, (_, n) -> n == 1 ? null : n - 1);
    }
  }

  private Completed run(Call call, String clientContext) {
    try (Span span = span(call)) {
      Completed completed = run(call, clientContext, span);
      if (completed.failed()) {
        span.failed("FunctionError", new String(completed.payload(), UTF_8), false);
      }
      return completed;
    }
  }

  private Span span(Call call) {
    return platform
        .tracer()
        .begin(
            Span.Kind.SEGMENT,
            call.config().name(),
            Map.of(
                "origin", "AWS::Lambda::Function",
                "aws.function_arn", call.name().arn(),
                "aws.request_id", call.requestId()));
  }

  private Completed run(Call call, String clientContext, Span span) {
    FunctionConfig config = call.config();
    String id = call.requestId();
    String trace = span == Span.NONE ? untraced(id) : span.header().toString();
    var log = new FunctionLog(logFile(call.name()));
    log.line("START RequestId: " + id + " Version: " + config.version());
    var invocation =
        new Invocation(id, call.name().qualifiedArn(), call.payload(), clientContext, trace);
    var wanted =
        new Environments.Wanted(
            specId(call.name(), config),
            Runtimes.language(config.settings().runtime()),
            () -> spec(call.name(), config));
    var result = environments.invoke(wanted, invocation, log);
    Completed completed = completed(result.outcome(), id, config, log);
    log.line("END RequestId: " + id);
    log.line(report(id, config, result));
    log.flush();
    return new Completed(completed.payload(), completed.failed(), completed.stopped(), log.tail());
  }

  /// The X-Ray header of a call that nobody traces.
  private String untraced(String id) {
    String digits = id.replace("-", "");
    String seconds = Long.toHexString(platform.time().instant().getEpochSecond());
    String root = "1-" + seconds + "-" + digits.substring(8);
    return "Root=" + root + ";Parent=" + digits.substring(0, 16) + ";Sampled=0";
  }

  private Path logFile(FunctionName name) {
    return logs.resolve(name.scope().account())
        .resolve(name.scope().region())
        .resolve(name.name() + ".log");
  }

  private FunctionSpec spec(FunctionName name, FunctionConfig config) {
    Settings settings = config.settings();
    Language language = Runtimes.language(settings.runtime());
    Path task = code.task(config.code().id());
    FunctionSession session = FunctionSession.begin(platform, name, config);
    List<Path> layers =
        settings.layers().stream().map(layer -> code.task(layer.code().id())).toList();
    var runtime = Runtimes.variables(settings.runtime(), modules, layers);
    return new FunctionSpec(
        specId(name, config),
        config.name(),
        language,
        settings.handler(),
        language == Language.JAVA
            ? code.classPath(config.code().id(), settings.layers())
            : folders(task, layers),
        Variables.of(name, config, task, endpoint(), runtime, session.variables()),
        Duration.ofSeconds(settings.timeout()),
        settings.memorySize(),
        session.until(),
        server);
  }

  /// A function's own folder, then those of its layers, of which the last lies on top.
  private static List<Path> folders(Path task, List<Path> layers) {
    List<Path> all = new ArrayList<>();
    all.add(task);
    all.addAll(layers.reversed());
    return all;
  }

  /// Where this server answers. Work that an earlier process left behind is taken up before the
  /// port is open, and a function must not begin before it can call back.
  private URI endpoint() {
    long end = System.nanoTime() + PORT_WAIT.toNanos();
    while (true) {
      try {
        return platform.endpoint().get();
      } catch (NullPointerException | IllegalStateException e) {
        if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException("The port is not open", e);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /// Returns once a function that is called can call back.
  void awaitPort() {
    var _ = endpoint();
  }

  private static String specId(FunctionName name, FunctionConfig config) {
    return name.arn() + ":" + config.version() + ":" + config.revisionId();
  }

  /// Ends the environments of a state of a function that is no more.
  void retire(FunctionName name, FunctionConfig config) {
    environments.retire(specId(name, config));
  }

  private Completed completed(Outcome outcome, String id, FunctionConfig config, FunctionLog log) {
    return switch (outcome) {
      case Outcome.Returned(byte[] payload) when payload.length > RESPONSE_LIMIT ->
          tooLarge(payload.length);
      case Outcome.TooLarge(long size) -> tooLarge(size);
      case Outcome.Returned(byte[] payload) -> new Completed(payload, false, false, new byte[0]);
      case Outcome.Failed(byte[] payload) -> new Completed(payload, true, false, new byte[0]);
      case Outcome.TimedOut() -> {
        String text =
            String.format(
                Locale.ROOT, "Task timed out after %d.00 seconds", config.settings().timeout());
        String at = platform.time().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        log.line(at + " " + id + " " + text + "\n");
        yield failed("Sandbox.Timedout", "RequestId: " + id + " Error: " + text);
      }
      case Outcome.Exited(int status) -> ended(id, log, status == 0 ? "" : "exit status " + status);
      case Outcome.Signalled(int number) -> ended(id, log, "signal: " + Signals.name(number));
      case Outcome.NoEntrypoint(String reason) -> {
        String text = "RequestId: " + id + " Error: " + reason;
        log.line(text + "\nRuntime.InvalidEntrypoint");
        yield failed("Runtime.InvalidEntrypoint", text);
      }
      case Outcome.Stopped() -> new Completed(new byte[0], true, true, new byte[0]);
    };
  }

  private static Completed tooLarge(long size) {
    return failed(
        "Function.ResponseSizeTooLarge",
        "Response payload size ("
            + size
            + " bytes) exceeded maximum allowed payload size ("
            + RESPONSE_LIMIT
            + " bytes).");
  }

  private static Completed ended(String id, FunctionLog log, String how) {
    String reason = how.isEmpty() ? "without providing a reason" : "with error: " + how;
    String text = "RequestId: " + id + " Error: Runtime exited " + reason;
    log.line(text + "\nRuntime.ExitError");
    return failed("Runtime.ExitError", text);
  }

  private static Completed failed(String type, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("errorType", type);
    error.put("errorMessage", message);
    return new Completed(Json.write(error).getBytes(UTF_8), true, false, new byte[0]);
  }

  private static String report(String id, FunctionConfig config, Environments.Result result) {
    double millis = result.duration().toNanos() / 1e6;
    String line =
        String.format(
            Locale.ROOT,
            "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %.0f ms\tMemory Size: %d"
                + " MB\tMax Memory Used: %d MB\t",
            id,
            millis,
            Math.ceil(millis),
            config.settings().memorySize(),
            result.memory() >> 20);
    Duration init = result.init();
    return init == null
        ? line
        : line + String.format(Locale.ROOT, "Init Duration: %.2f ms\t", init.toNanos() / 1e6);
  }

  @Override
  public void close() {
    environments.close();
  }
}
