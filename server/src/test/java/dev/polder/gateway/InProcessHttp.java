package dev.polder.gateway;

import dev.polder.gateway.http.HttpHandler;
import dev.polder.kernel.LocalHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// An HTTP client for the SDK that opens no socket: requests go to a handler of this process, which
/// an SDK client, itself unchanged, takes for AWS.
final class InProcessHttp implements SdkHttpClient {
  private final LocalHttp server;

  InProcessHttp(HttpHandler handler) {
    this.server = new InProcess(handler, () -> URI.create("http://localhost:4566"));
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return send(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    LocalHttp.Answer answer =
        server.send(
            http.method().name(),
            http.encodedPath(),
            http.encodedQueryParameters().orElse(""),
            http.headers(),
            request
                .contentStreamProvider()
                .map(provider -> provider.newStream())
                .orElseGet(InputStream::nullInputStream));
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder().statusCode(answer.status()).headers(answer.headers()).build())
        .responseBody(AbortableInputStream.create(answer.body()))
        .build();
  }

  @Override
  public void close() {}
}
