package dev.polder.lambda.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.lambda.runtime.RuntimeConnection.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Lambda runtime API as one process sees it: HTTP on a port of its own, on loopback only.
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
///
/// The runtime asks for an invocation, is kept waiting until there is one, answers it, and asks
/// again. Response streaming, the extensions API and the telemetry API are not there.
final class RuntimeApi implements AutoCloseable {
  private static final String VERSION = "/2018-06-01/runtime/";
  private static final Pattern OUTCOME = Pattern.compile("invocation/([^/]+)/(response|error)");

  /// What the runtime tells. Called by the threads of its connections.
  interface Listener {
    /// It has asked for an invocation: what it had to load is loaded.
    void ready();

    /// It has answered the invocation in hand.
    void answered(Outcome outcome);

    /// It cannot load the function.
    void failed(byte[] payload);
  }

  /// An invocation as it goes over the wire.
  private record Parcel(String requestId, byte[] message) {}

  private final ServerSocket server;
  private final String prefix;
  private final Listener listener;
  private final List<Socket> sockets = new ArrayList<>();
  private @Nullable RuntimeConnection waiting; // has asked for an invocation
  private @Nullable Parcel parcel; // not yet taken
  private @Nullable String open; // the invocation that was taken and is not answered
  private boolean closed;

  /// Opens the port.
  ///
  /// @param secret begins every path, so that only a runtime that was told it gets through; empty
  ///   for runtimes that would not keep to it
  RuntimeApi(String secret, Listener listener) {
    this.prefix = secret.isEmpty() ? VERSION : "/" + secret + VERSION;
    this.listener = listener;
    try {
      this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a port for a runtime", e);
    }
    Thread.ofVirtual().name("lambda-runtime-api").start(this::accept);
  }

  /// For `AWS_LAMBDA_RUNTIME_API`.
  String address() {
    String base = "127.0.0.1:" + server.getLocalPort();
    return base + prefix.substring(0, prefix.length() - VERSION.length());
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        synchronized (this) {
          if (closed) {
            socket.close();
            return;
          }
          sockets.add(socket);
        }
        Thread.ofVirtual().name("lambda-runtime-connection").start(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    RuntimeConnection connection = null;
    try (socket) {
      connection = new RuntimeConnection(socket);
      for (Request request = connection.read(); request != null; request = connection.read()) {
        answer(connection, request);
      }
    } catch (IOException _) {
      // The process is gone, or has had enough; its end is seen elsewhere.
    } finally {
      gone(connection, socket);
    }
  }

  private synchronized void gone(@Nullable RuntimeConnection connection, Socket socket) {
    sockets.remove(socket);
    if (connection != null && waiting == connection) {
      waiting = null;
    }
  }

  private void answer(RuntimeConnection connection, Request request) throws IOException {
    if (!request.path().startsWith(prefix)) {
      connection.write(404, error("NotFound", "Not found"));
      return;
    }
    String path = request.path().substring(prefix.length());
    if (path.equals("invocation/next") && request.method().equals("GET")) {
      next(connection);
      return;
    }
    if (path.equals("init/error") && request.method().equals("POST")) {
      listener.failed(request.body());
      connection.write(202, "{\"status\":\"OK\"}");
      return;
    }
    Matcher outcome = OUTCOME.matcher(path);
    if (outcome.matches() && request.method().equals("POST")) {
      outcome(connection, request, outcome.group(1), outcome.group(2).equals("error"));
    } else {
      connection.write(404, error("NotFound", "Not found"));
    }
  }

  private void next(RuntimeConnection connection) throws IOException {
    boolean busy;
    synchronized (this) {
      busy = open != null;
      if (!busy) {
        waiting = connection;
      }
    }
    if (busy) {
      connection.write(403, error("InvalidStateTransition", "The invocation is not answered"));
      return;
    }
    listener.ready();
    hand();
  }

  /// Hands an invocation to the runtime: now where it waits for one, else when it next asks.
  void deliver(Invocation invocation, long now, long deadline) {
    byte[] message = message(invocation, now, deadline);
    synchronized (this) {
      parcel = new Parcel(invocation.requestId(), message);
    }
    hand();
  }

  /// True if the runtime has taken an invocation and not answered it.
  synchronized boolean busy() {
    return open != null;
  }

  private void hand() {
    RuntimeConnection to;
    Parcel what;
    synchronized (this) {
      if (waiting == null || parcel == null) {
        return;
      }
      to = waiting;
      what = parcel;
      waiting = null;
      parcel = null;
      open = what.requestId();
    }
    try {
      to.write(what.message());
    } catch (IOException _) {
      synchronized (this) {
        open = null;
        parcel = what;
      }
    }
  }

  private void outcome(RuntimeConnection connection, Request request, String id, boolean error)
      throws IOException {
    synchronized (this) {
      if (!id.equals(open)) {
        connection.write(400, error("InvalidRequestID", "Invalid request ID"));
        return;
      }
      open = null;
    }
    if (request.streams()) {
      listener.answered(
          new Outcome.Failed(
              error("Runtime.StreamingNotSupported", "Polder has no response streaming")
                  .getBytes(UTF_8)));
      connection.write(202, "{\"status\":\"OK\"}");
      return;
    }
    boolean large = request.size() > request.body().length;
    listener.answered(
        large
            ? new Outcome.TooLarge(request.size())
            : error ? new Outcome.Failed(request.body()) : new Outcome.Returned(request.body()));
    connection.write(
        large ? 413 : 202,
        large ? error("RequestEntityTooLarge", "Too large") : "{\"status\":\"OK\"}");
  }

  private static String error(String type, String message) {
    return "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}";
  }

  /// `Polder-Now-Ms` is the time of this server, which is not the machine's where its clock skips;
  /// a runtime that knows it can tell how much is left.
  private static byte[] message(Invocation invocation, long now, long deadline) {
    var head = new StringBuilder(512);
    head.append("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    header(head, "Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    header(head, "Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    header(head, "Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    header(head, "Lambda-Runtime-Trace-Id", invocation.trace());
    if (!invocation.clientContext().isEmpty()) {
      header(head, "Lambda-Runtime-Client-Context", oneLine(invocation.clientContext()));
    }
    header(head, "Polder-Now-Ms", Long.toString(now));
    header(head, "Content-Length", Integer.toString(invocation.payload().length));
    byte[] first = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(first, first.length + invocation.payload().length);
    System.arraycopy(invocation.payload(), 0, all, first.length, invocation.payload().length);
    return all;
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /// The same JSON without line ends, which may only be between its tokens, and in ASCII.
  private static String oneLine(String json) {
    var line = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < ' ') {
        line.append(' ');
      } else if (c < 127) {
        line.append(c);
      } else {
        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    List<Socket> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(sockets);
    }
    try {
      server.close();
      for (Socket socket : left) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
