package dev.polder.lambda.runtime;

import dev.polder.kernel.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The execution environments of this process. Keeps idle ones for the next call of the same
/// function, ends those that stay idle, and bounds how many there are: a call that finds no room
/// waits for one.
///
/// How long an environment is idle is measured by the machine and not by [Time]: it is about this
/// process's memory, and a clock that skips a day must not make every call of a daily schedule a
/// cold one.
public final class Environments implements AutoCloseable {

  /// @param total environments at most, busy and idle
  /// @param idle how long one may wait for its next call
  public record Limits(int total, Duration idle) {
    /// 64 environments, idle for ten minutes at most.
    public static final Limits DEFAULT = new Limits(64, Duration.ofMinutes(10));
  }

  /// @param init how long the initialisation took, null where an idle environment served
  /// @param duration how long the handler took
  public record Result(Outcome outcome, @Nullable Duration init, Duration duration) {}

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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>(); // the longest idle first
  private final Map<String, Shared> shared = new HashMap<>();
  private final List<ExecutionEnvironment> busy = new ArrayList<>();
  private final List<ExecutionEnvironment> retired = new ArrayList<>(); // busy for the last time
  private final Thread reaper;
  private int total;
  private boolean closed;

  public Environments(Time time, Limits limits) {
    this.time = time;
    this.limits = limits;
    this.reaper = Thread.ofVirtual().name("lambda-idle").start(this::reap);
  }

  /// Calls a function: in an idle environment, or in a new one. Function failures are values.
  public Result invoke(FunctionSpec spec, Invocation invocation, InvocationLog log) {
    ExecutionEnvironment found = acquire(spec);
    ExecutionEnvironment environment = found == null ? create(spec) : found;
    try {
      Duration init = null;
      if (found == null) {
        long begin = System.nanoTime();
        Outcome failure = environment.init(log);
        init = Duration.ofNanos(System.nanoTime() - begin);
        if (failure != null) {
          return new Result(failure, init, init);
        }
      }
      long begin = System.nanoTime();
      Outcome outcome = environment.invoke(invocation, log);
      return new Result(outcome, init, Duration.ofNanos(System.nanoTime() - begin));
    } finally {
      release(environment);
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
  private @Nullable ExecutionEnvironment acquire(FunctionSpec spec) {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new IllegalStateException("Functions are not run any more");
        }
        for (Iterator<Idle> each = idle.descendingIterator(); each.hasNext(); ) {
          Idle candidate = each.next();
          if (candidate.environment.spec().id().equals(spec.id())) {
            each.remove();
            busy.add(candidate.environment);
            return candidate.environment;
          }
        }
        if (total >= limits.total() && !idle.isEmpty()) {
          end(idle.removeFirst().environment);
        }
        if (total < limits.total()) {
          total++;
          shared.computeIfAbsent(spec.id(), _ -> new Shared(serialization())).users++;
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

  private ExecutionEnvironment create(FunctionSpec spec) {
    lock.lock();
    try {
      Shared parent = java.util.Objects.requireNonNull(shared.get(spec.id()));
      var environment = new ExecutionEnvironment(spec, parent.loader, time);
      busy.add(environment);
      return environment;
    } catch (RuntimeException e) {
      forget(spec.id());
      throw e;
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
    forget(environment.spec().id());
    return true;
  }

  private void forget(String specId) {
    total--;
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
  }

  /// Sees the JDK and, of AWS's jar, only AWS's classes.
  private static final class SerializationLoader extends URLClassLoader {
    SerializationLoader(URL jar) {
      super("lambda-serialization", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!RuntimeJars.isRuntime(name.replace('.', '/'))) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }
}
