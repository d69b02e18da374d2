package dev.polder.lambda.runtime;

import dev.polder.kernel.time.Time;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A Java function in a class loader of this process.
///
/// The function runs on a platform thread of its own and not on a virtual one: a handler that never
/// leaves the processor would keep a carrier thread from the whole server, also after its time-out.
final class JavaEnvironment implements ExecutionEnvironment {
  private static final System.Logger LOG = System.getLogger(JavaEnvironment.class.getName());

  private final FunctionSpec spec;
  private final Time time;
  private final FunctionLoader loader;
  private final Thread thread;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile @Nullable InvocationLog log;
  private volatile @Nullable CompletableFuture<Outcome> pending;
  private volatile boolean ended;
  private @Nullable RuntimeInterface runtime;

  /// @param parent sees the serialisation library
  JavaEnvironment(FunctionSpec spec, ClassLoader parent, Time time) {
    this.spec = spec;
    this.time = time;
    try {
      this.loader = new FunctionLoader(spec.code(), parent);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the code of " + spec.name(), e);
    }
    this.thread = Thread.ofPlatform().daemon().name("lambda-" + spec.name()).unstarted(this::serve);
    thread.setContextClassLoader(loader);
    thread.start();
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
    Outcome outcome = run(to, INIT.plus(spec.timeout()), this::initialize);
    boolean ready = outcome instanceof Outcome.Returned;
    if (!ready) {
      close();
    }
    return ready ? null : outcome;
  }

  private Outcome initialize() throws ReflectiveOperationException {
    var output = new PrintStream(new Output(), false, StandardCharsets.UTF_8);
    runtime = new RuntimeInterface(loader, spec, output, time, this::exited);
    byte[] error = runtime.init(spec.handler());
    return error == null ? new Outcome.Returned(new byte[0]) : new Outcome.Failed(error);
  }

  @Override
  public Outcome invoke(Invocation invocation, InvocationLog to) {
    Instant deadline = time.instant().plus(spec.timeout());
    return run(to, spec.timeout(), () -> call(invocation, deadline));
  }

  private Outcome call(Invocation invocation, Instant deadline)
      throws ReflectiveOperationException {
    RuntimeInterface ready = Objects.requireNonNull(runtime);
    try {
      return new Outcome.Returned(ready.invoke(invocation, deadline.toEpochMilli()));
    } catch (InvocationTargetException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof VirtualMachineError || cause instanceof IOError) {
        ended = true; // the runtime ends its process on these too
      }
      return new Outcome.Failed(ready.thrown(cause));
    }
  }

  private interface Step {
    Outcome run() throws ReflectiveOperationException;
  }

  private Outcome run(InvocationLog to, Duration limit, Step step) {
    var result = new CompletableFuture<Outcome>();
    log = to;
    pending = result;
    try {
      if (ended) {
        return new Outcome.Stopped(); // before there was a call that could be told
      }
      Outcome outcome =
          TimeLimit.await(time, limit, result, () -> tasks.add(() -> complete(result, step)));
      switch (outcome) {
        case Outcome.TimedOut _, Outcome.Exited _, Outcome.Signalled _, Outcome.Stopped _ ->
            close();
        case Outcome.Returned _, Outcome.Failed _, Outcome.TooLarge _, Outcome.NoEntrypoint _ -> {}
      }
      return outcome;
    } catch (ExecutionException e) {
      close();
      throw new IllegalStateException("Cannot run " + spec.name(), e.getCause());
    } finally {
      log = null;
      pending = null;
    }
  }

  private void complete(CompletableFuture<Outcome> result, Step step) {
    try {
      result.complete(step.run());
    } catch (Throwable e) {
      // Whatever a function does to its thread must reach its caller.
      result.completeExceptionally(e);
    }
  }

  private void exited(int status) {
    end(new Outcome.Exited(status));
  }

  /// That of the whole process, which functions share.
  @Override
  public long memoryUsed() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Override
  public void abort() {
    end(new Outcome.Stopped());
  }

  private void end(Outcome outcome) {
    ended = true;
    CompletableFuture<Outcome> waiting = pending;
    if (waiting != null) {
      waiting.complete(outcome);
    }
  }

  private void serve() {
    try {
      while (!ended) {
        tasks.take().run();
        // As the runtime does: a flag that one invocation left is not the next one's.
        Thread.interrupted();
      }
    } catch (InterruptedException _) {
      // closed
    } finally {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "Cannot close the code of " + spec.name(), e);
      }
    }
  }

  /// Ends the environment. Code that still runs is interrupted and then left to itself, without
  /// access to its jars; its output goes nowhere.
  @Override
  public void close() {
    ended = true;
    log = null;
    thread.interrupt();
    try {
      loader.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Cannot close the code of " + spec.name(), e);
    }
  }

  /// What the function prints goes to the log of the invocation in hand; between invocations, from
  /// its own threads, to nobody.
  private final class Output extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      InvocationLog to = log;
      if (to != null) {
        to.write(from, offset, length);
      }
    }
  }
}
