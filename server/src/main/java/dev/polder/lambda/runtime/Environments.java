package dev.polder.lambda.runtime;

import dev.polder.kernel.LocalHttp;
import dev.polder.kernel.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The execution environments of this process. Keeps idle ones for the next call of the same
/// function, ends those that stay idle, and bounds how many there are: a call that finds no room
/// waits for one.
///
/// How long an environment is idle is measured by the machine and not by [Time]: it is about this
/// process's memory, and a clock that skips a day must not make every call of a daily schedule a
/// cold one.
public final class Environments implements AutoCloseable {

  private static final int STARTS = Math.max(2, Runtime.getRuntime().availableProcessors());

  /// @param total environments at most, busy and idle
  /// @param processes how many of these may be processes of their own
  /// @param idle how long one may wait for its next call
  public record Limits(int total, int processes, Duration idle) {
    /// 64 environments, 32 of them processes, idle for ten minutes at most.
    public static final Limits DEFAULT = new Limits(64, 32, Duration.ofMinutes(10));
  }

  /// What is to be called.
  ///
  /// @param id as in the specification
  /// @param language as in the specification
  /// @param spec asked for only where no idle environment serves
  public record Wanted(String id, Language language, Supplier<FunctionSpec> spec) {}

  /// @param init how long the initialisation took, null where an idle environment served
  /// @param duration how long the handler took
  /// @param memory the most that the environment has used, in bytes
  public record Result(Outcome outcome, @Nullable Duration init, Duration duration, long memory) {}

  private record Idle(ExecutionEnvironment environment, long since) {}

  /// AWS's serialisation classes, shared by the environments of one function: loading them costs
  /// more than the rest of a cold start, and their caches hold on to the function's classes.
  private static final class Shared {
    final URLClassLoader loader;
    int users;

    Shared(URLClassLoader loader) {
      this.loader = loader;
    }
  }

  private final Time time;
  private final Limits limits;
  private final Processes processes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>(); // the longest idle first
  private final Map<String, Shared> shared = new HashMap<>();
  private final List<ExecutionEnvironment> busy = new ArrayList<>();
  private final List<ExecutionEnvironment> retired = new ArrayList<>(); // busy for the last time
  private final Thread reaper;
  private int total;
  private int apart; // of the total: processes
  private int starting; // of those apart: not ready yet
  private boolean closed;

  /// @param processes closed with this
  public Environments(Time time, Limits limits, Processes processes) {
    this.time = time;
    this.limits = limits;
    this.processes = processes;
    this.reaper = Thread.ofVirtual().name("lambda-idle").start(this::reap);
  }

  /// Calls a function: in an idle environment, or in a new one. Function failures are values.
  public Result invoke(Wanted wanted, Invocation invocation, InvocationLog log) {
    while (true) {
      ExecutionEnvironment found = acquire(wanted);
      ExecutionEnvironment environment = found == null ? create(wanted) : found;
      try {
        Result result = invoke(environment, found == null, invocation, log);
        if (result != null) {
          return result;
        }
      } finally {
        release(environment);
      }
    }
  }

  private @Nullable Result invoke(
      ExecutionEnvironment environment, boolean cold, Invocation invocation, InvocationLog log) {
    Duration init = null;
    if (cold) {
      long begin = System.nanoTime();
      Outcome failure = init(environment, log);
      init = Duration.ofNanos(System.nanoTime() - begin);
      if (failure != null) {
        return new Result(failure, init, init, environment.memoryUsed());
      }
    }
    long begin = System.nanoTime();
    Outcome outcome = environment.invoke(invocation, log);
    Duration duration = Duration.ofNanos(System.nanoTime() - begin);
    return outcome == null ? null : new Result(outcome, init, duration, environment.memoryUsed());
  }

  private @Nullable Outcome init(ExecutionEnvironment environment, InvocationLog log) {
    try {
      return environment.init(log);
    } finally {
      started(environment.spec().language());
    }
  }

  /// How many environments there are now, busy and idle.
  public int size() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the idle environments of a function that was changed or deleted; busy ones end after
  /// their call.
  public void retire(String specId) {
    lock.lock();
    try {
      idle.removeIf(each -> each.environment.spec().id().equals(specId) && end(each.environment));
      for (ExecutionEnvironment each : busy) {
        if (each.spec().id().equals(specId)) {
          retired.add(each);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// An idle environment of this function, or null after making room for a new one.
  private @Nullable ExecutionEnvironment acquire(Wanted wanted) {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new IllegalStateException("Functions are not run any more");
        }
        ExecutionEnvironment found = idle(wanted);
        if (found != null) {
          busy.add(found);
          return found;
        }
        if (mayStart(wanted.language()) && makeRoom(wanted.language().process())) {
          total++;
          if (wanted.language().process()) {
            apart++;
            starting++;
          } else {
            shared.computeIfAbsent(wanted.id(), _ -> new Shared(serialization())).users++;
          }
          return null;
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an environment", e);
    } finally {
      lock.unlock();
    }
  }

  /// Takes the environment that was used last, and ends those that cannot serve any more.
  private @Nullable ExecutionEnvironment idle(Wanted wanted) {
    Instant now = null;
    for (Iterator<Idle> each = idle.descendingIterator(); each.hasNext(); ) {
      ExecutionEnvironment candidate = each.next().environment;
      if (!candidate.spec().id().equals(wanted.id())) {
        continue;
      }
      each.remove();
      now = now == null ? time.instant() : now;
      if (!candidate.ended() && now.isBefore(candidate.spec().until())) {
        return candidate;
      }
      end(candidate);
    }
    return null;
  }

  /// Starting a process is work for a processor. Where all have enough of it, a call is served
  /// sooner by one of the processes that come to be ready.
  private boolean mayStart(Language language) {
    return !language.process() || starting < STARTS;
  }

  private void started(Language language) {
    if (language.process()) {
      lock.lock();
      try {
        starting--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean makeRoom(boolean process) {
    if (process && apart >= limits.processes()) {
      endFirst(true);
    } else if (total >= limits.total()) {
      endFirst(false);
    }
    return total < limits.total() && (!process || apart < limits.processes());
  }

  private void endFirst(boolean process) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      ExecutionEnvironment candidate = each.next().environment;
      if (!process || candidate.spec().language().process()) {
        each.remove();
        end(candidate);
        return;
      }
    }
  }

  private ExecutionEnvironment create(Wanted wanted) {
    try {
      FunctionSpec spec = wanted.spec().get();
      ExecutionEnvironment environment =
          spec.language().process()
              ? new ProcessEnvironment(spec, processes, time)
              : new JavaEnvironment(spec, parent(spec), time);
      lock.lock();
      try {
        busy.add(environment);
        if (closed) {
          environment.abort();
        }
      } finally {
        lock.unlock();
      }
      return environment;
    } catch (RuntimeException e) {
      started(wanted.language());
      lock.lock();
      try {
        forget(wanted.id(), wanted.language());
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  private ClassLoader parent(FunctionSpec spec) {
    lock.lock();
    try {
      return Objects.requireNonNull(shared.get(spec.id())).loader;
    } finally {
      lock.unlock();
    }
  }

  private void release(ExecutionEnvironment environment) {
    lock.lock();
    try {
      busy.remove(environment);
      boolean old = retired.remove(environment);
      if (environment.ended() || old || closed) {
        end(environment);
      } else {
        idle.addLast(new Idle(environment, System.nanoTime()));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean end(ExecutionEnvironment environment) {
    environment.close();
    forget(environment.spec().id(), environment.spec().language());
    return true;
  }

  private void forget(String specId, Language language) {
    total--;
    if (language.process()) {
      apart--;
    }
    Shared parent = shared.get(specId);
    if (parent != null && --parent.users == 0) {
      shared.remove(specId);
      try {
        parent.loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    changed.signalAll();
  }

  private static URLClassLoader serialization() {
    try {
      URL jar = RuntimeJars.serialization().toUri().toURL();
      return new SerializationLoader(jar);
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private void reap() {
    lock.lock();
    try {
      while (!closed) {
        if (idle.isEmpty()) {
          changed.await();
          continue;
        }
        long left = limits.idle().toNanos() - (System.nanoTime() - idle.getFirst().since);
        if (left > 0) {
          long rest = changed.awaitNanos(left);
          assert rest <= left;
        } else {
          end(idle.removeFirst().environment);
        }
      }
    } catch (InterruptedException _) {
      // closed
    } finally {
      lock.unlock();
    }
  }

  /// Ends every environment; calls in hand end as [Outcome.Stopped].
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!idle.isEmpty()) {
        end(idle.removeFirst().environment);
      }
      busy.forEach(ExecutionEnvironment::abort);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    reaper.interrupt();
    processes.close();
  }

  /// Sees the JDK; of AWS's jar, only AWS's classes; of the server, only how to call it.
  private static final class SerializationLoader extends URLClassLoader {
    SerializationLoader(URL jar) {
      super("lambda-serialization", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      for (Class<?> shared : List.of(LocalHttp.class, LocalHttp.Answer.class)) {
        if (name.equals(shared.getName())) {
          return shared;
        }
      }
      if (!RuntimeJars.isRuntime(name.replace('.', '/'))) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }
}
