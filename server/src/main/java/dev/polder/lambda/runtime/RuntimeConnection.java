package dev.polder.lambda.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 with the runtime of a function: as much of it as runtimes speak.
final class RuntimeConnection {
  /// Bytes of an answer that are kept: what Invoke may answer.
  static final int LARGEST = 6_291_556;

  private static final int LONGEST_LINE = 1 << 16;

  /// A request and its body.
  ///
  /// @param body at most [#LARGEST] bytes of it
  /// @param size of the whole body
  /// @param streams true if the body is a streamed response
  record Request(String method, String path, byte[] body, long size, boolean streams) {}

  private final InputStream in;
  private final OutputStream out;

  RuntimeConnection(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    this.out = socket.getOutputStream();
  }

  /// The next request; null at the end.
  @Nullable Request read() throws IOException {
    String line = line();
    if (line.isEmpty()) {
      return null;
    }
    String[] first = line.split(" ");
    if (first.length != 3) {
      throw new ProtocolException(line);
    }
    long length = 0;
    boolean chunked = false;
    boolean streams = false;
    for (String each = line(); !each.isEmpty(); each = line()) {
      int colon = each.indexOf(':');
      String name = each.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      String value = each.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "lambda-runtime-function-response-mode" -> streams = value.equals("streaming");
        case "expect" -> out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        default -> {}
      }
    }
    var body = new ByteArrayOutputStream((int) Math.min(length, LARGEST));
    long size = chunked ? chunks(body) : copy(length, body);
    return new Request(first[0], first[1], body.toByteArray(), size, streams);
  }

  private long chunks(ByteArrayOutputStream body) throws IOException {
    long size = 0;
    while (true) {
      String head = line();
      int semicolon = head.indexOf(';');
      long length =
          Long.parseLong(semicolon < 0 ? head.strip() : head.substring(0, semicolon).strip(), 16);
      size += copy(length, body);
      String end = line(); // behind the last chunk, the trailers
      while (length == 0 && !end.isEmpty()) {
        end = line();
      }
      if (length == 0) {
        return size;
      }
    }
  }

  private long copy(long length, ByteArrayOutputStream body) throws IOException {
    byte[] buffer = new byte[(int) Math.min(length, 1 << 16)];
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException();
      }
      body.write(buffer, 0, Math.min(n, LARGEST - body.size()));
      left -= n;
    }
    return length;
  }

  private String line() throws IOException {
    var line = new StringBuilder(80);
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > LONGEST_LINE) {
        throw new ProtocolException("A line is too long");
      }
    }
    return "";
  }

  /// Answers with JSON.
  void write(int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + (status < 300 ? " Accepted" : " Refused")
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    write((head + json).getBytes(UTF_8));
  }

  /// Answers with what is a response already.
  synchronized void write(byte[] message) throws IOException {
    out.write(message);
  }
}
