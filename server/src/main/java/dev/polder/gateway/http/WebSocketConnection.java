package dev.polder.gateway.http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One WebSocket on a connection of Helidon's. Its virtual thread reads; a second one lives only
/// while there is something to write, so that a socket that waits costs one.
final class WebSocketConnection implements ServerConnection, WebSocket {
  private static final System.Logger LOG = System.getLogger(WebSocketConnection.class.getName());

  /// Who answers no ping for so long is gone.
  private static final Duration SILENCE =
      Duration.ofSeconds(3L * WebSocketListener.HEARTBEAT_SECONDS);

  private static final long FAREWELL_MILLIS = 2000;

  private final DataReader reader;
  private final DataWriter writer;
  private final WebSocketListener listener;
  private final Heartbeats heartbeats;
  private final Object lock = new Object();
  private volatile long heard = System.nanoTime();

  // All that follows is guarded by the lock.
  private @Nullable Deque<byte[]> queue;
  private int queued;
  private boolean writing;
  private boolean closing;
  private boolean broken;
  private @Nullable Thread reading;

  WebSocketConnection(
      ConnectionContext context, WebSocketListener listener, Heartbeats heartbeats) {
    this.reader = context.dataReader();
    this.writer = context.dataWriter();
    this.listener = listener;
    this.heartbeats = heartbeats;
  }

  @Override
  public void handle(Limit limit) {
    int code = WebSocketFrames.VANISHED;
    heartbeats.add(this);
    try {
      listener.opened(this);
      code = read();
    } catch (WebSocketFrames.Violation e) {
      code = e.code();
      close(code, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.log(ERROR, "A WebSocket failed on a defect", e);
      close(WebSocketFrames.DEFECT, "Internal error");
    } finally {
      heartbeats.remove(this);
      farewell();
      listener.closed(code);
    }
  }

  /// Reads until the client says goodbye, and answers the code that it gave.
  private int read() throws WebSocketFrames.Violation {
    var frames = new WebSocketFrames(reader);
    while (true) {
      synchronized (lock) {
        if (broken) {
          return WebSocketFrames.VANISHED;
        }
        reading = Thread.currentThread();
      }
      WebSocketFrames.Incoming incoming;
      try {
        incoming = frames.next();
      } catch (RuntimeException e) {
        // Whatever Helidon calls it, the socket cannot be read from any more.
        LOG.log(DEBUG, "A client vanished", e);
        return WebSocketFrames.VANISHED;
      } finally {
        synchronized (lock) {
          reading = null;
        }
      }
      heard = System.nanoTime();
      switch (incoming) {
        case WebSocketFrames.Incoming.Text text -> listener.text(text.text());
        case WebSocketFrames.Incoming.Ping ping -> offer(WebSocketFrames.pong(ping.payload()));
        case WebSocketFrames.Incoming.Pong _ -> {}
        case WebSocketFrames.Incoming.Close close -> {
          close(close.code(), "");
          return close.code();
        }
      }
    }
  }

  @Override
  public boolean send(String text) {
    return offer(WebSocketFrames.text(text));
  }

  @Override
  public void close(int code, String reason) {
    synchronized (lock) {
      if (closing) {
        return;
      }
      offer(WebSocketFrames.close(code, reason));
      closing = true;
    }
  }

  private boolean offer(byte[] frame) {
    synchronized (lock) {
      if (closing || broken) {
        return false;
      }
      if (queued + frame.length > LARGEST_QUEUE) {
        LOG.log(DEBUG, "A client that does not read is cut off");
        abort();
        return false;
      }
      if (queue == null) {
        queue = new ArrayDeque<>(4);
      }
      queue.add(frame);
      queued += frame.length;
      if (!writing) {
        writing = true;
        Thread.ofVirtual().name("websocket-writer").start(this::write);
      }
      return true;
    }
  }

  private void write() {
    try {
      for (byte[] frame = take(); frame != null; frame = take()) {
        writer.write(BufferData.create(frame));
        writer.flush();
      }
    } catch (RuntimeException e) {
      LOG.log(DEBUG, "Cannot write to a client", e);
      synchronized (lock) {
        abort();
        writing = false;
        lock.notifyAll();
      }
    }
  }

  private byte @Nullable [] take() {
    synchronized (lock) {
      byte[] frame = queue == null || broken ? null : queue.poll();
      if (frame == null) {
        queue = null;
        queued = 0;
        writing = false;
        lock.notifyAll();
      } else {
        queued -= frame.length;
      }
      return frame;
    }
  }

  /// Gives the last messages time to leave; Helidon closes the connection afterwards.
  private void farewell() {
    synchronized (lock) {
      closing = true;
      awaitWritten();
      broken = true;
    }
  }

  /// Waits until what is queued has left, for so long as a farewell may take. With the lock.
  private void awaitWritten() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
    while (writing && !broken && end - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(lock, end - System.nanoTime());
      } catch (InterruptedException e) {
        broken = true;
      }
    }
  }

  /// Ends the connection without a word. To be called with the lock.
  private void abort() {
    broken = true;
    if (reading != null) {
      // This closes the socket that a virtual thread reads from.
      reading.interrupt();
    }
  }

  /// Asks the client for a sign of life. Gives up on one that gave none for long, or did not say
  /// goodbye in its turn.
  void heartbeat() {
    synchronized (lock) {
      if (closing || idleTime().compareTo(SILENCE) > 0) {
        abort();
        return;
      }
    }
    if (offer(WebSocketFrames.ping())) {
      listener.heartbeat();
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ofNanos(System.nanoTime() - heard);
  }

  /// Helidon's word for the end of the server; when this returns, it closes the socket.
  @Override
  public void close(boolean interrupt) {
    close(WebSocketFrames.GOING_AWAY, "The server stops");
    synchronized (lock) {
      awaitWritten();
    }
  }
}
