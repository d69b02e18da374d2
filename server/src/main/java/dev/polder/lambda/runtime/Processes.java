package dev.polder.lambda.runtime;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.kernel.Ids;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Starts, watches and kills the processes of functions that are not Java's.
///
/// Each is the leader of a session of its own, so that what it starts goes with it, and where Linux
/// can do it, the kernel kills it when this process dies, however it dies.
public final class Processes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Processes.class.getName());
  private static final long PATIENCE = 10;
  private static final long WATCH = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path folder;
  private final Ids ids;
  private final Interpreters interpreters;
  // A process is killed when the thread that started it ends: it must be one that stays.
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("lambda-starter").factory());
  private final Set<ProcessEnvironment> busy = ConcurrentHashMap.newKeySet();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private final Thread watch;
  private @Nullable List<String> wrapper; // begins every command, once it is known
  private volatile boolean closed;

  /// @param folder for the programs that run functions; made when it is needed
  public Processes(Path folder, Ids ids) {
    this(folder, ids, Objects.requireNonNullElse(System.getenv("PATH"), "/usr/local/bin:/usr/bin"));
  }

  /// @param path where interpreters are looked for
  Processes(Path folder, Ids ids, String path) {
    this.folder = folder;
    this.ids = ids;
    this.interpreters = new Interpreters(path);
    this.watch = Thread.ofVirtual().name("lambda-memory").start(this::watch);
  }

  /// What nobody can guess.
  String secret() {
    return ids.uuid().replace("-", "");
  }

  /// Why a function cannot be run on this machine; empty if it can.
  Optional<String> missing(FunctionSpec spec) {
    return switch (spec.language()) {
      case NODE ->
          interpreters.node().isPresent()
              ? Optional.empty()
              : Optional.of(
                  "Couldn't find node on the path of this machine: install Node.js 18 or newer");
      case PYTHON ->
          interpreters.python().isPresent()
              ? Optional.empty()
              : Optional.of(
                  "Couldn't find python3 on the path of this machine: install Python 3.8 or newer");
      case PROVIDED -> missingBootstrap(spec);
      case JAVA -> Optional.empty();
    };
  }

  private static Optional<String> missingBootstrap(FunctionSpec spec) {
    Optional<Path> found = bootstrap(spec);
    if (found.isEmpty()) {
      return Optional.of("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }
    return Files.isExecutable(found.get())
        ? Optional.empty()
        : Optional.of("fork/exec /var/task/bootstrap: permission denied");
  }

  private static Optional<Path> bootstrap(FunctionSpec spec) {
    return spec.code().stream()
        .map(folder -> folder.resolve("bootstrap"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// Starts the process of a function.
  ///
  /// @param runtimeApi where it asks for invocations
  Process start(FunctionSpec spec, String runtimeApi) {
    List<String> command = new ArrayList<>(wrapper());
    command.addAll(
        switch (spec.language()) {
          case NODE ->
              List.of(
                  interpreters.node().orElseThrow().toString(),
                  "--max-old-space-size=" + spec.memory(),
                  program("index.mjs").toString());
          case PYTHON ->
              List.of(
                  interpreters.python().orElseThrow().toString(),
                  "-u",
                  program("bootstrap.py").toString());
          case PROVIDED -> List.of(bootstrap(spec).orElseThrow().toString());
          case JAVA -> throw new IllegalArgumentException("Java runs in this process");
        });
    var builder =
        new ProcessBuilder(command)
            .directory(spec.code().getFirst().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(spec.variables());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    return start(builder);
  }

  /// What gives a process a session of its own and has it die with this one, as far as this machine
  /// has it.
  private synchronized List<String> wrapper() {
    if (wrapper == null) {
      List<String> session =
          interpreters.onPath("setsid").map(found -> List.of(found.toString())).orElse(List.of());
      List<String> both = new ArrayList<>(session);
      interpreters
          .onPath("setpriv")
          .ifPresent(found -> both.addAll(List.of(found.toString(), "--pdeathsig", "KILL")));
      wrapper = works(both) ? both : works(session) ? session : List.of();
    }
    return wrapper;
  }

  private boolean works(List<String> beginning) {
    List<String> command = new ArrayList<>(beginning);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Process start(ProcessBuilder builder) {
    try {
      Process started = starter.submit(builder::start).get();
      running.add(started.pid());
      return started;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while starting a process", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot start " + builder.command(), e.getCause());
    }
  }

  /// A program of ours as a file.
  private synchronized Path program(String name) {
    try (InputStream in = Objects.requireNonNull(Processes.class.getResourceAsStream(name), name)) {
      byte[] program = in.readAllBytes();
      Path file = folder.resolve(name);
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), program)) {
        Files.createDirectories(folder);
        Path aside = Files.createTempFile(folder, name, ".new");
        Files.write(aside, program);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + name, e);
    }
  }

  /// Ends a process and all that it started.
  void kill(Process process) {
    if (process.isAlive()) {
      List<ProcessHandle> below = process.descendants().toList();
      process.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /// Ends what a process has left behind. To be called as soon as it has ended: later its number
  /// may be another's.
  void killRest(long pid) {
    if (running.remove(pid)) {
      killSessions(List.of(pid));
    }
  }

  private void killSessions(List<Long> leaders) {
    if (leaders.isEmpty() || wrapper().isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-KILL", "--"));
    leaders.forEach(pid -> command.add("-" + pid));
    try {
      Process kill =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        LOG.log(WARNING, "Cannot kill the sessions of " + leaders);
      }
    } catch (IOException e) {
      LOG.log(WARNING, "Cannot kill the sessions of " + leaders, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Watches the memory of an environment from now until [#leave].
  void enter(ProcessEnvironment environment) {
    if (busy.add(environment)) {
      LockSupport.unpark(watch);
    }
  }

  void leave(ProcessEnvironment environment) {
    busy.remove(environment);
  }

  private void watch() {
    while (!closed) {
      if (busy.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, WATCH);
        busy.forEach(ProcessEnvironment::checkMemory);
      }
    }
  }

  /// Kills what still runs.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
    starter.shutdown();
    killSessions(List.copyOf(running));
  }
}
