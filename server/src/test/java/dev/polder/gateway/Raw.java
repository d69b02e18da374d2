package dev.polder.gateway;

import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpHandler;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A request written by hand.
public record Raw(String method, String target, Headers headers, byte[] bytes)
    implements HttpRequest {

  /// A request with headers as names and values in turn.
  public static Raw of(String method, String target, String body, String... headers) {
    return new Raw(method, target, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String rawPath() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  @Override
  public String rawQuery() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(bytes);
  }

  /// The answer of a handler.
  public Reply to(HttpHandler handler) {
    var reply = new Reply();
    try {
      handler.handle(this, reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reply;
  }

  /// An answer as it was given.
  public static final class Reply implements HttpResponse {
    private int status;
    private Headers headers = new Headers();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Override
    public void empty(int code, Headers lines) {
      status = code;
      headers = lines;
    }

    @Override
    public void send(int code, Headers lines, byte[] bytes) {
      empty(code, lines);
      body.writeBytes(bytes);
    }

    @Override
    public OutputStream stream(int code, Headers lines, long length) {
      empty(code, lines);
      return body;
    }

    public int status() {
      return status;
    }

    public Headers headers() {
      return headers;
    }

    public String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }
}
