package dev.polder.gateway;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.kernel.LocalHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands requests from within the process to a handler as if they had come over the network.
///
/// Each is handled on a thread of its own: a streamed answer is read while it is written, and what
/// befalls the caller's thread (an interruption, a stack that is almost full) is no matter of the
/// server's.
public final class InProcess implements LocalHttp {
  private final HttpHandler handler;
  private final Supplier<URI> endpoint;

  /// @param handler usually the [Gateway]
  /// @param endpoint where the same handler answers over the network; asked once that is open
  public InProcess(HttpHandler handler, Supplier<URI> endpoint) {
    this.handler = handler;
    this.endpoint = endpoint;
  }

  @Override
  public boolean serves(String scheme, String host, int port) {
    URI open = endpoint.get();
    return port == open.getPort()
        && scheme.equals(open.getScheme())
        && (host.equals(open.getHost()) || host.equals("127.0.0.1") || host.equals("localhost"));
  }

  @Override
  public Answer send(
      String method, String path, String query, Map<String, List<String>> headers, InputStream body)
      throws IOException {
    var sent = new Sent(method, path.isEmpty() ? "/" : path, query, lines(headers), body);
    var receiver = new Receiver();
    Thread.ofVirtual().name("in-process request").start(() -> handle(sent, receiver));
    try {
      return receiver.answer.get();
    } catch (ExecutionException e) {
      throw new IOException("The request was not answered", e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while the request was handled");
    }
  }

  private static Headers lines(Map<String, List<String>> headers) {
    var lines = new Headers();
    headers.forEach((name, values) -> values.forEach(each -> lines.add(name, each)));
    return lines;
  }

  private void handle(Sent request, Receiver response) {
    try {
      handler.handle(request, response);
    } catch (IOException | RuntimeException | Error e) {
      response.broken(e);
    }
    response.answer.completeExceptionally(new IOException("The handler gave no answer"));
  }

  private record Sent(
      String method, String rawPath, String rawQuery, Headers headers, InputStream body)
      implements HttpRequest {}

  /// Keeps the handler's answer for the caller.
  private static final class Receiver implements HttpResponse {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private @Nullable Pipe pipe;

    @Override
    public void empty(int status, Headers headers) {
      deliver(status, headers, InputStream.nullInputStream());
    }

    @Override
    public void send(int status, Headers headers, byte[] body) {
      headers.set("Content-Length", Integer.toString(body.length));
      deliver(status, headers, new ByteArrayInputStream(body));
    }

    @Override
    public OutputStream stream(int status, Headers headers, long length) {
      if (length >= 0) {
        headers.set("Content-Length", Long.toString(length));
      }
      var opened = new Pipe();
      pipe = opened;
      deliver(status, headers, opened.reader());
      return opened.writer();
    }

    void broken(Throwable cause) {
      answer.completeExceptionally(cause);
      if (pipe != null) {
        pipe.fail(cause);
      }
    }

    private void deliver(int status, Headers headers, InputStream body) {
      answer.complete(new Answer(status, headers.toMap(), body));
    }
  }
}
