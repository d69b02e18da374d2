import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Open subscribers of one API, each on a connection of its own: what one costs in memory, and how
/// long a mutation takes to reach all of them. Starts a server of its own in another process.
///
/// Arguments: subscribers (10000), mutations (20).
public final class Subscribers {
  private static final String KEY = "da2-benchbenchbenchbenchbenchb";
  private static final String SCHEMA = "type Post @model { id: ID! title: String! stars: Int }\n";
  private static final String SUBSCRIPTION = "subscription { onCreatePost { id title stars } }";

  private Subscribers() {}

  public static void main(String[] arguments) throws Exception {
    int subscribers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int mutations = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    Process server = start();
    try {
      URI endpoint = ready(server);
      new Bench(server.pid(), endpoint).run(subscribers, mutations);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static Process start() throws IOException {
    Path folder = Files.createTempDirectory("bench-subscribers");
    Files.writeString(folder.resolve("schema.graphql"), SCHEMA);
    Files.writeString(folder.resolve("config.json"), "{\"apiKey\":\"" + KEY + "\"}");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.polder.Main"));
    command.addAll(List.of("serve-schema", folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static URI ready(Process server) throws IOException {
    var out = server.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("READY ")) {
        return URI.create(line.substring(6));
      }
    }
    throw new IllegalStateException("The server did not start");
  }

  private record Bench(long server, URI endpoint) {
    void run(int subscribers, int mutations) throws Exception {
      try (HttpClient http = HttpClient.newHttpClient()) {
        for (int i = 0; i < 200; i++) {
          mutate(http);
        }
        Memory before = memory();
        long begin = System.nanoTime();
        var hall = new Hall();
        open(hall, subscribers);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Memory after = memory();
        System.out.printf(
            Locale.ROOT,
            "%d subscribers opened in %.1f s: resident %.0f MB before, %.0f MB after, %.1f KB each;"
                + " heap %.1f KB each%n",
            subscribers,
            seconds,
            before.resident() / 1e6,
            after.resident() / 1e6,
            (after.resident() - before.resident()) / 1e3 / subscribers,
            (after.heap() - before.heap()) / 1e3 / subscribers);
        deliver(http, hall, subscribers, mutations);
        Memory end = memory();
        System.out.printf(
            Locale.ROOT,
            "after delivering: resident %.0f MB, heap %.1f KB each%n",
            end.resident() / 1e6,
            (end.heap() - before.heap()) / 1e3 / subscribers);
      }
    }

    private void open(Hall hall, int subscribers) throws InterruptedException {
      var places = new Semaphore(64);
      var opened = new CountDownLatch(subscribers);
      for (int i = 0; i < subscribers; i++) {
        places.acquire();
        Thread.ofVirtual().start(() -> new Subscriber(hall).run(endpoint, places, opened));
      }
      opened.await();
    }

    private void deliver(HttpClient http, Hall hall, int subscribers, int mutations)
        throws Exception {
      var answered = new double[mutations];
      var heard = new double[mutations];
      for (int i = 0; i < mutations; i++) {
        var all = new CountDownLatch(subscribers);
        hall.expected.set(all);
        long begin = System.nanoTime();
        mutate(http);
        answered[i] = (System.nanoTime() - begin) / 1e6;
        all.await();
        heard[i] = (System.nanoTime() - begin) / 1e6;
      }
      Arrays.sort(answered);
      Arrays.sort(heard);
      System.out.printf(
          Locale.ROOT,
          "%d mutations: answered after %.1f ms, heard by all after %.1f ms (medians): %.0f"
              + " messages/s%n",
          mutations,
          answered[mutations / 2],
          heard[mutations / 2],
          subscribers / heard[mutations / 2] * 1000);
      System.out.printf(Locale.ROOT, "messages that nobody expected: %d%n", hall.extra.get());
    }

    private void mutate(HttpClient http) throws Exception {
      String query =
          "{\"query\":\"mutation { createPost(input: {title: \\\"t\\\", stars: 1}) { id title stars } }\"}";
      var request =
          HttpRequest.newBuilder(endpoint)
              .header("x-api-key", KEY)
              .POST(BodyPublishers.ofString(query));
      String answer = http.send(request.build(), BodyHandlers.ofString()).body();
      if (answer.contains("errors")) {
        throw new IllegalStateException(answer);
      }
    }

    /// @param resident of the process, in bytes
    /// @param heap that is in use, in bytes
    private record Memory(long resident, long heap) {}

    private Memory memory() throws Exception {
      jcmd("GC.run");
      jcmd("GC.run");
      long heap = 0;
      for (String line : jcmd("GC.heap_info").lines().toList()) {
        String[] words = line.strip().split("[ ,]+");
        if (line.contains("generation") || line.contains("DefNew") || line.contains("Tenured")) {
          int used = List.of(words).indexOf("used");
          heap += Long.parseLong(words[used + 1].replace("K", "")) * 1024;
        }
      }
      long resident =
          Files.readAllLines(Path.of("/proc/" + server + "/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .findFirst()
              .orElseThrow();
      return new Memory(resident, heap);
    }

    private String jcmd(String command) throws Exception {
      String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Process process = new ProcessBuilder(tool, Long.toString(server), command).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said;
    }
  }

  /// What all subscribers share.
  private static final class Hall {
    final AtomicReference<CountDownLatch> expected = new AtomicReference<>(new CountDownLatch(0));
    final AtomicInteger extra = new AtomicInteger();

    void heard() {
      CountDownLatch latch = expected.get();
      if (latch.getCount() == 0) {
        extra.incrementAndGet();
      }
      latch.countDown();
    }
  }

  /// A client that speaks as much of the protocols as it needs.
  private record Subscriber(Hall hall) {
    void run(URI endpoint, Semaphore places, CountDownLatch opened) {
      try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
        var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 512));
        socket.getOutputStream().write(handshake(endpoint));
        String line = "";
        do {
          line = in.readLine();
        } while (line != null && !line.isEmpty());
        send(socket, "{\"type\":\"connection_init\"}");
        await(socket, in, "connection_ack");
        send(
            socket,
            "{\"id\":\"1\",\"type\":\"start\",\"payload\":{\"data\":\"{\\\"query\\\":\\\""
                + SUBSCRIPTION
                + "\\\"}\",\"extensions\":{\"authorization\":"
                + authorization(endpoint)
                + "}}}");
        await(socket, in, "start_ack");
        places.release();
        opened.countDown();
        while (true) {
          await(socket, in, "data");
          hall.heard();
        }
      } catch (IOException e) {
        return;
      }
    }

    private static String authorization(URI endpoint) {
      return "{\"host\":\"" + endpoint.getAuthority() + "\",\"x-api-key\":\"" + KEY + "\"}";
    }

    private static byte[] handshake(URI endpoint) {
      String header =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(authorization(endpoint).getBytes(StandardCharsets.UTF_8));
      return ("GET "
              + endpoint.getPath()
              + "/realtime HTTP/1.1\r\nHost: "
              + endpoint.getAuthority()
              + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
              + "Sec-WebSocket-Protocol: graphql-ws, header-"
              + header
              + "\r\n\r\n")
          .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Socket socket, String text) throws IOException {
      frame(socket, 0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A frame with a mask of zeros, which changes nothing.
    private static void frame(Socket socket, int head, byte[] payload) throws IOException {
      var out = new ByteArrayOutputStream();
      out.write(head);
      if (payload.length < 126) {
        out.write(0x80 | payload.length);
      } else {
        out.write(0x80 | 126);
        out.write(payload.length >> 8);
        out.write(payload.length);
      }
      out.write(new byte[4]);
      out.write(payload);
      socket.getOutputStream().write(out.toByteArray());
    }

    /// Reads until a message of a type has come; answers pings.
    private static void await(Socket socket, DataInputStream in, String type) throws IOException {
      while (true) {
        int head = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length;
        byte[] payload = in.readNBytes(length);
        if (head == 0x89) {
          frame(socket, 0x8A, payload);
        } else if (new String(payload, StandardCharsets.UTF_8)
            .contains("\"type\":\"" + type + "\"")) {
          return;
        }
      }
    }
  }
}
