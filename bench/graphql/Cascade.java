import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;

/// Deletes posts with their comments by the cascade, over HTTP, against a server in a process of its
/// own. Prints the median of every fifty deletions, so that one sees what the compiler still has to
/// do, and then the quantiles of the second half.
///
/// Arguments: the endpoint and the key of an API with the schema in `cascade/`, deletions (600),
/// comments (500), the client: `socket` (the default: a request is written and its answer read, and
/// nothing else is measured) or `jdk` (the JDK's HTTP client, whose own threads take their share).
public final class Cascade {
  private static final int BATCH = 50;
  private static final int STRETCH = 50;

  private Cascade() {}

  /// Sends a body and answers with the body of the answer.
  private interface Client {
    String send(String body) throws IOException, InterruptedException;
  }

  public static void main(String[] args) throws Exception {
    URI endpoint = URI.create(args[0]);
    int deletions = args.length > 2 ? Integer.parseInt(args[2]) : 600;
    int comments = args.length > 3 ? Integer.parseInt(args[3]) : 500;
    boolean jdk = args.length > 4 && args[4].equals("jdk");
    Client client = jdk ? throughJdk(endpoint, args[1]) : throughSocket(endpoint, args[1]);
    long[] nanos = new long[deletions];
    for (int i = 0; i < deletions; i++) {
      String post = post(client, comments);
      String body =
          "{\"query\":\"mutation Delete($id: ID!) { deletePost(input: {id: $id}) { id title } }\","
              + "\"variables\":{\"id\":\""
              + post
              + "\"}}";
      long begin = System.nanoTime();
      String answer = client.send(body);
      nanos[i] = System.nanoTime() - begin;
      if (!answer.contains(post)) {
        throw new IllegalStateException(answer);
      }
      if ((i + 1) % STRETCH == 0) {
        System.out.printf(Locale.ROOT, "%.2f ", quantile(nanos, i + 1 - STRETCH, i + 1, 0.5));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nthe second half: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms%n",
        quantile(nanos, deletions / 2, deletions, 0.5),
        quantile(nanos, deletions / 2, deletions, 0.9),
        quantile(nanos, deletions / 2, deletions, 0.99));
    System.exit(0);
  }

  private static double quantile(long[] nanos, int from, int to, double share) {
    long[] some = Arrays.copyOfRange(nanos, from, to);
    Arrays.sort(some);
    return some[(int) (share * (some.length - 1))] / 1e6;
  }

  private static String post(Client client, int comments) throws Exception {
    String answer = ask(client, "mutation { createPost(input: {title: \\\"t\\\"}) { id } }");
    int at = answer.indexOf("\"id\":\"") + 6;
    String post = answer.substring(at, answer.indexOf('"', at));
    for (int first = 0; first < comments; first += BATCH) {
      var text = new StringBuilder("mutation {");
      for (int i = first; i < Math.min(first + BATCH, comments); i++) {
        text.append(
            " c%d: createComment(input: {postID: \\\"%s\\\", content: \\\"comment %d %s\\\"}) { id }"
                .formatted(i, post, i, "x".repeat(100)));
      }
      ask(client, text.append(" }").toString());
    }
    return post;
  }

  private static String ask(Client client, String query) throws Exception {
    String answer = client.send("{\"query\":\"" + query + "\"}");
    if (answer.contains("\"errors\"")) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }

  private static Client throughJdk(URI endpoint, String key) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return body ->
        http.send(
                HttpRequest.newBuilder(endpoint)
                    .header("x-api-key", key)
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString())
            .body();
  }

  private static Client throughSocket(URI endpoint, String key) throws IOException {
    Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
    socket.setTcpNoDelay(true);
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nx-api-key: %s\r\n"
            .formatted(endpoint.getPath(), key);
    return body -> {
      byte[] bytes = body.getBytes(UTF_8);
      String length = "Content-Length: " + bytes.length + "\r\n\r\n";
      byte[] request = (head + length + body).getBytes(UTF_8);
      socket.getOutputStream().write(request);
      return answer(socket.getInputStream());
    };
  }

  private static String answer(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int read = 0;
    while (true) {
      int more = in.read(buffer, read, buffer.length - read);
      if (more < 0) {
        throw new IOException("The server closed the connection");
      }
      read += more;
      String text = new String(buffer, 0, read, UTF_8);
      int body = text.indexOf("\r\n\r\n") + 4;
      if (body >= 4 && isWhole(text, body)) {
        return text.substring(body);
      }
    }
  }

  private static boolean isWhole(String text, int body) {
    String head = text.substring(0, body).toLowerCase(Locale.ROOT);
    int at = head.indexOf("content-length: ") + 16;
    int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
    return text.length() - body >= length;
  }
}
