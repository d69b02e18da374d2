package dev.polder.gateway;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/// An HTTP client for the SDK that opens no socket: requests go to a handler of this process, which
/// an SDK client, itself unchanged, takes for AWS.
public final class InProcessHttp implements SdkHttpClient {
  private final HttpHandler handler;

  /// @param handler usually the [Gateway]
  public InProcessHttp(HttpHandler handler) {
    this.handler = handler;
  }

  @Override
  public String clientName() {
    return "InProcess";
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Exchange(request);
  }

  @Override
  public void close() {}

  /// One request. The handler runs on a thread of its own, so that a streamed answer can be read
  /// while it is written.
  private final class Exchange implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final CompletableFuture<HttpExecuteResponse> answer = new CompletableFuture<>();
    private volatile @Nullable Thread thread;

    Exchange(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      thread = Thread.ofVirtual().name("in-process request").start(this::handle);
      try {
        return answer.get();
      } catch (ExecutionException e) {
        throw new IOException("The request was not answered", e.getCause());
      } catch (InterruptedException e) {
        abort();
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while the request was handled", e);
      }
    }

    @Override
    public void abort() {
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
    }

    private void handle() {
      var response = new Receiver(answer);
      try {
        handler.handle(new Sent(request), response);
      } catch (IOException | RuntimeException | Error e) {
        answer.completeExceptionally(e);
        response.broken(e);
      }
      answer.completeExceptionally(new IOException("The handler gave no answer"));
    }
  }

  /// What the SDK's client sends.
  private static final class Sent implements HttpRequest {
    private final SdkHttpRequest request;
    private final Headers headers = new Headers();
    private final InputStream body;

    Sent(HttpExecuteRequest sent) {
      this.request = sent.httpRequest();
      request.forEachHeader((name, values) -> values.forEach(each -> headers.add(name, each)));
      this.body =
          sent.contentStreamProvider()
              .map(provider -> provider.newStream())
              .orElseGet(InputStream::nullInputStream);
    }

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public String rawPath() {
      return request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    }

    @Override
    public String rawQuery() {
      return request.encodedQueryParameters().orElse("");
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public InputStream body() {
      return body;
    }
  }

  /// Turns the handler's answer into the SDK's.
  private static final class Receiver implements HttpResponse {
    private final CompletableFuture<HttpExecuteResponse> answer;
    private @Nullable Pipe pipe;

    Receiver(CompletableFuture<HttpExecuteResponse> answer) {
      this.answer = answer;
    }

    @Override
    public void empty(int status, Headers headers) {
      answer.complete(HttpExecuteResponse.builder().response(head(status, headers)).build());
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
      if (pipe != null) {
        pipe.fail(cause);
      }
    }

    private void deliver(int status, Headers headers, InputStream body) {
      answer.complete(
          HttpExecuteResponse.builder()
              .response(head(status, headers))
              .responseBody(AbortableInputStream.create(body))
              .build());
    }

    private static SdkHttpFullResponse head(int status, Headers headers) {
      SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder().statusCode(status);
      headers.forEach(head::appendHeader);
      return head.build();
    }
  }
}
