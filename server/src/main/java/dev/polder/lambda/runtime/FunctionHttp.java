package dev.polder.lambda.runtime;

import dev.polder.kernel.LocalHttp;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// A request of a function's SDK client to the very server that it runs in, which takes no way
/// through a socket. [SdkHttpCalls] asks for it before the client's own.
///
/// As with [FunctionSystem], every class loader of a function that brings the SDK defines its own
/// copy, against that function's SDK; it is public only because functions call it.
public final class FunctionHttp implements ExecutableHttpRequest {
  private final HttpExecuteRequest request;
  private volatile @Nullable Thread caller;

  private FunctionHttp(HttpExecuteRequest request) {
    this.request = request;
  }

  /// Takes a request over if it is for this server; null if the client itself is to send it.
  public static @Nullable ExecutableHttpRequest of(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    boolean local = FunctionSystem.server().serves(http.protocol(), http.host(), http.port());
    return local ? new FunctionHttp(request) : null;
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    caller = Thread.currentThread();
    LocalHttp.Answer answer;
    try {
      answer = send();
    } finally {
      caller = null;
    }
    InputStream body = answer.body();
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder().statusCode(answer.status()).headers(answer.headers()).build())
        .responseBody(AbortableInputStream.create(body, () -> close(body)))
        .build();
  }

  private LocalHttp.Answer send() throws IOException {
    SdkHttpRequest http = request.httpRequest();
    return FunctionSystem.server()
        .send(
            http.method().name(),
            http.encodedPath(),
            http.encodedQueryParameters().orElse(""),
            http.headers(),
            request
                .contentStreamProvider()
                .map(provider -> provider.newStream())
                .orElseGet(InputStream::nullInputStream));
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException _) {
      // Nobody reads it any more.
    }
  }

  /// Ends the wait for an answer, as the SDK does when a call takes too long.
  @Override
  public void abort() {
    Thread waiting = caller;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
