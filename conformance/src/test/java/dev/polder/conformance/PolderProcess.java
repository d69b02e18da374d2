package dev.polder.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/// The built server as a process of its own.
final class PolderProcess implements AutoCloseable {
  private final Process process;
  private final URI endpoint;
  private final List<String> printed = new ArrayList<>();

  private PolderProcess(Process process, String mark) throws IOException {
    this.process = process;
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.endpoint = awaitReady(out, mark);
    // What it says later is nobody's; but the pipe must not fill.
    Thread.ofVirtual().start(() -> drain(out));
  }

  /// Starts `polder start` and returns once it says that it is ready.
  static PolderProcess start(Path data, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("start", "--port", "0"));
    arguments.addAll(List.of("--data", data.toString(), "--log-level", "warn"));
    arguments.addAll(List.of(flags));
    return serve("ready ", arguments);
  }

  /// Starts `polder up` of a project folder and returns once it says that it is ready.
  static PolderProcess up(Path project, Path data, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("up", project.toString(), "--port", "0"));
    arguments.addAll(List.of("--data", data.toString(), "--log-level", "warn"));
    arguments.addAll(List.of(flags));
    return serve("ready ", arguments);
  }

  /// Starts `polder serve-schema`; its endpoint is that of the API.
  static PolderProcess serveSchema(Path folder, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("serve-schema", folder.toString()));
    arguments.addAll(List.of(flags));
    return serve("READY ", arguments);
  }

  private static PolderProcess serve(String mark, List<String> arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(arguments);
    try {
      return new PolderProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start(), mark);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs another command of the command line to its end.
  ///
  /// @return what it printed
  static String run(String... arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(arguments));
    return Commands.run(command);
  }

  /// Runs a command of the command line that is expected to end, well or not.
  static Commands.Outcome outcome(String... arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(arguments));
    return Commands.outcome(command, Map.of(), root());
  }

  private static List<String> java() {
    Path target = root().resolve("server/target");
    if (!Files.exists(target.resolve("polder.jar"))) {
      throw new IllegalStateException("The server is not built: " + target.resolve("polder.jar"));
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        target.resolve("polder.jar") + ":" + target.resolve("lib") + "/*",
        "dev.polder.Main");
  }

  /// The repository's root.
  static Path root() {
    return Path.of("").toAbsolutePath().resolveSibling("").normalize();
  }

  private URI awaitReady(BufferedReader out, String mark) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
      if (line.startsWith(mark)) {
        return URI.create(line.substring(mark.length()).strip());
      }
    }
    throw new IllegalStateException("The server did not start: " + printed);
  }

  private static void drain(BufferedReader out) {
    try (Stream<String> lines = out.lines()) {
      lines.forEach(_ -> {});
    } catch (UncheckedIOException e) {
      // The process was killed.
      return;
    }
  }

  /// Where it answers.
  URI endpoint() {
    return endpoint;
  }

  /// What stands behind a label in a line that it printed until it was ready.
  String printed(String label) {
    return printed.stream()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No " + label + " in " + printed));
  }

  /// What it printed until it was ready.
  List<String> printed() {
    return List.copyOf(printed);
  }

  /// A client of this server, as account 000000000000 in us-east-1.
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, "000000000000", "us-east-1");
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String account, String region) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /// `kill -9`; returns once the process is gone.
  void kill() {
    process.destroyForcibly();
    await();
  }

  /// Asks it to stop, as Ctrl-C does.
  ///
  /// @return its exit code
  int stop() {
    process.destroy();
    await();
    return process.exitValue();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The server did not stop within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
