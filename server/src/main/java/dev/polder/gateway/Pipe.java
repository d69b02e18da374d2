package dev.polder.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Bytes from one thread to another, a bounded number at a time.
final class Pipe {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] chunk = new byte[0];
  private int at;
  private boolean written;
  private boolean abandoned;
  private @Nullable Throwable failure;

  /// Breaks the reader off.
  void fail(Throwable cause) {
    lock.lock();
    try {
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  InputStream reader() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        return length == 0 ? 0 : take(into, from, length);
      }

      @Override
      public void close() {
        abandon();
      }
    };
  }

  OutputStream writer() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        give(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > 0) {
          give(Arrays.copyOfRange(bytes, from, from + length));
        }
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  private int take(byte[] into, int from, int length) throws IOException {
    lock.lock();
    try {
      while (at == chunk.length && !written && failure == null) {
        await();
      }
      if (failure != null) {
        throw new IOException("The answer broke off", failure);
      }
      if (at == chunk.length) {
        return -1;
      }
      int taken = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, into, from, taken);
      at += taken;
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void give(byte[] bytes) throws IOException {
    lock.lock();
    try {
      while (at < chunk.length && !abandoned) {
        await();
      }
      if (abandoned) {
        throw new IOException("The reader has gone");
      }
      chunk = bytes;
      at = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      written = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await() throws IOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
