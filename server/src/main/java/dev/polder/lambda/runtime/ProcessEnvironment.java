package dev.polder.lambda.runtime;

import dev.polder.kernel.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A function in a process of its own, which asks for its invocations over the Lambda runtime API.
final class ProcessEnvironment implements ExecutionEnvironment, RuntimeApi.Listener {
  private static final int SIGNALLED = 128;

  /// That the process ended before it took the invocation; told apart by identity.
  private static final Outcome NOT_TAKEN = new Outcome.Exited(0);

  private final FunctionSpec spec;
  private final Processes processes;
  private final Time time;
  private final RuntimeApi api;
  private volatile @Nullable InvocationLog log;
  private volatile @Nullable CompletableFuture<Outcome> pending;
  private volatile boolean initialising = true;
  private volatile boolean ended;
  private volatile boolean full;
  private @Nullable Process process;
  private @Nullable Output output;
  private @Nullable ProcessMemory memory;

  /// Prepares; the process is started by [#init].
  ProcessEnvironment(FunctionSpec spec, Processes processes, Time time) {
    this.spec = spec;
    this.processes = processes;
    this.time = time;
    // A custom runtime may take the variable for a host and a port and no more.
    String secret = spec.language() == Language.PROVIDED ? "" : processes.secret();
    this.api = new RuntimeApi(secret, this);
  }

  @Override
  public FunctionSpec spec() {
    return spec;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public @Nullable Outcome init(InvocationLog to) {
    Optional<String> missing = processes.missing(spec);
    if (missing.isPresent()) {
      close();
      return new Outcome.NoEntrypoint(missing.get());
    }
    Outcome outcome = run(to, INIT.plus(spec.timeout()), this::start);
    initialising = false;
    if (outcome instanceof Outcome.Returned) {
      return null;
    }
    close();
    return outcome;
  }

  private void start() {
    Process started = processes.start(spec, api.address());
    memory = new ProcessMemory(started.pid());
    output = new Output(started, processes.secret(), this::printed);
    synchronized (this) {
      process = started;
      if (ended) {
        processes.kill(started);
      }
    }
    var _ = started.onExit().thenAccept(_ -> exited(started));
  }

  @Override
  public @Nullable Outcome invoke(Invocation invocation, InvocationLog to) {
    Instant now = time.instant();
    long deadline = now.plus(spec.timeout()).toEpochMilli();
    Outcome outcome =
        run(to, spec.timeout(), () -> api.deliver(invocation, now.toEpochMilli(), deadline));
    return outcome == NOT_TAKEN ? null : outcome;
  }

  private Outcome run(InvocationLog to, Duration limit, Runnable begin) {
    var result = new CompletableFuture<Outcome>();
    log = to;
    pending = result;
    processes.enter(this);
    try {
      if (ended && !initialising) {
        return NOT_TAKEN;
      }
      Outcome outcome = TimeLimit.await(time, limit, result, begin);
      switch (outcome) {
        case Outcome.TimedOut _, Outcome.Stopped _ -> {
          close();
          awaitOutput();
        }
        case Outcome.Returned _, Outcome.Failed _, Outcome.TooLarge _ -> drain();
        case Outcome.Exited _, Outcome.Signalled _, Outcome.NoEntrypoint _ -> {}
      }
      return outcome;
    } catch (ExecutionException e) {
      close();
      throw new IllegalStateException("Cannot run " + spec.name(), e.getCause());
    } catch (RuntimeException e) {
      close();
      throw e;
    } finally {
      processes.leave(this);
      checkMemory();
      log = null;
      pending = null;
    }
  }

  private void drain() {
    Output from = output;
    if (from != null) {
      from.drain();
    }
  }

  private void awaitOutput() {
    Output from = output;
    if (from != null) {
      from.awaitEnd();
    }
  }

  @Override
  public void ready() {
    if (initialising) {
      complete(new Outcome.Returned(new byte[0]));
    }
  }

  @Override
  public void answered(Outcome outcome) {
    complete(outcome);
  }

  @Override
  public void failed(byte[] payload) {
    ended = true;
    complete(new Outcome.Failed(payload));
  }

  private void complete(Outcome outcome) {
    CompletableFuture<Outcome> waiting = pending;
    if (waiting != null) {
      waiting.complete(outcome);
    }
  }

  private void exited(Process process) {
    ended = true;
    processes.killRest(process.pid());
    Output from = output;
    if (from != null) {
      from.close();
      from.awaitEnd();
    }
    int status = process.exitValue();
    int signal = full ? 9 : status - SIGNALLED;
    if (!initialising && !api.busy()) {
      complete(NOT_TAKEN);
    } else if (Signals.isFatal(signal)) {
      complete(new Outcome.Signalled(signal));
    } else {
      complete(new Outcome.Exited(status));
    }
  }

  private void printed(byte[] from, int offset, int length) {
    InvocationLog to = log;
    if (to != null && length > 0) {
      to.write(from, offset, length);
    }
  }

  /// Kills the process if it has more memory than its function may use.
  void checkMemory() {
    ProcessMemory of = memory;
    Process running = process;
    if (of != null && running != null && !ended && of.now() > (long) spec.memory() << 20) {
      full = true;
      processes.kill(running);
    }
  }

  @Override
  public long memoryUsed() {
    ProcessMemory of = memory;
    return of == null ? 0 : of.most();
  }

  @Override
  public void abort() {
    ended = true;
    complete(new Outcome.Stopped());
  }

  @Override
  public void close() {
    ended = true;
    Process running;
    synchronized (this) {
      running = process;
    }
    if (running != null) {
      processes.kill(running);
    }
    Output from = output;
    if (from != null) {
      from.close();
    }
    api.close();
  }
}
