package dev.polder.lambda.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a process prints, on its way to the log.
///
/// The answer of an invocation and what it printed come by different ways. To know that all of it
/// has come, this writes a mark of its own into the pipe behind it, through Linux's `/proc`; where
/// there is none, it waits until the pipe has been quiet for a moment.
///
/// It reads the pipe through `/proc` too: the JDK, which empties the pipe of a process that has
/// ended, may take the last lines away from somebody who is reading there.
final class Output implements AutoCloseable {
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(3);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
  private static final long MARKED = TimeUnit.SECONDS.toNanos(30);

  private final InputStream in;
  private final InvocationLog log;
  private final byte[] mark;
  private final @Nullable FileChannel pipe;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long written; // marks
  private long seen; // marks
  private boolean ended;

  /// Begins to read.
  ///
  /// @param secret what no process prints by chance
  Output(Process process, String secret, InvocationLog log) {
    this.in = reading(process);
    this.log = log;
    this.mark = ("\0" + secret + "\n").getBytes(US_ASCII);
    this.pipe = pipe(process.pid());
    // A virtual thread would keep its carrier while it reads from a pipe.
    Thread.ofPlatform().daemon().name("lambda-output-" + process.pid()).start(this::read);
  }

  /// Where a process writes to, by its name; fails where that is not a pipe any more.
  private static Path standardOutput(long pid) throws IOException {
    Path name = Path.of("/proc/" + pid + "/fd/1");
    if (!Files.readSymbolicLink(name).toString().startsWith("pipe:")) {
      throw new NoSuchFileException(name.toString());
    }
    return name;
  }

  private static InputStream reading(Process process) {
    InputStream given = process.getInputStream();
    try {
      var own = new FileInputStream(standardOutput(process.pid()).toFile());
      given.close();
      return own;
    } catch (IOException _) {
      return given;
    }
  }

  private static @Nullable FileChannel pipe(long pid) {
    try {
      return FileChannel.open(standardOutput(pid), StandardOpenOption.WRITE);
    } catch (IOException _) {
      return null;
    }
  }

  private void read() {
    byte[] buffer = new byte[1 << 13];
    int kept = 0;
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer, kept, buffer.length - kept)) {
        kept = pass(buffer, kept + n);
      }
    } catch (IOException _) {
      // closed
    } finally {
      log.write(buffer, 0, kept);
      end();
    }
  }

  /// Hands over all but what may be the beginning of a mark, which is moved to the front.
  private int pass(byte[] buffer, int length) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      int same = same(buffer, i, length);
      if (same == mark.length) {
        log.write(buffer, from, i - from);
        from = i + same;
        i = from - 1;
        seen();
      } else if (same > 0 && i + same == length) {
        log.write(buffer, from, i - from);
        System.arraycopy(buffer, i, buffer, 0, same);
        return same;
      }
    }
    log.write(buffer, from, length - from);
    return 0;
  }

  private int same(byte[] buffer, int from, int length) {
    int same = 0;
    while (same < mark.length && from + same < length && buffer[from + same] == mark[same]) {
      same++;
    }
    return same;
  }

  private void seen() {
    lock.lock();
    try {
      seen++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns once all that the process had printed is in the log; where it cannot be marked, after
  /// a moment.
  void drain() {
    FileChannel to = pipe;
    boolean marked = to != null && mark(to);
    lock.lock();
    try {
      long wanted = marked ? written : Long.MAX_VALUE;
      long left = marked ? MARKED : QUIET;
      while (seen < wanted && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean mark(FileChannel to) {
    lock.lock();
    try {
      written++;
    } finally {
      lock.unlock();
    }
    try {
      to.write(ByteBuffer.wrap(mark));
      return true;
    } catch (IOException _) {
      return false; // the process is gone
    }
  }

  /// Gives up the way of the marks, so that the end of the process is the end of its output.
  @Override
  public void close() {
    try {
      if (pipe != null) {
        pipe.close();
      }
    } catch (IOException _) {
      // nothing was buffered
    }
  }

  /// After [#close()] and the end of the process: waits for the end of its output, not longer than
  /// two seconds, for what it has started may hold on to the pipe.
  void awaitEnd() {
    lock.lock();
    try {
      long left = LONGEST;
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
