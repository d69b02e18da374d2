import dev.polder.examples.traffic.lander.Directory;
import dev.polder.examples.traffic.lander.Landing;
import dev.polder.examples.traffic.lander.Route;
import dev.polder.examples.traffic.lander.Tally;
import dev.polder.examples.traffic.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/// Landed events, made once and kept for the next run.
record Landed(Path folder, long files, long bytes) {
  /// The day that is measured first; the demo's.
  static final Instant START = Instant.parse("2024-02-28T00:00:00Z");

  static Landed of(Path work, int points, int days) throws IOException, InterruptedException {
    Path folder = work.resolve("landed-%d-%d".formatted(points, days));
    if (!Files.exists(folder)) {
      land(work, folder, points, days);
    }
    Path landing = folder.resolve("landing");
    long files = 0;
    long bytes = 0;
    for (Path file : files(landing)) {
      files++;
      bytes += Files.size(file);
    }
    return new Landed(landing, files, bytes);
  }

  private static void land(Path work, Path folder, int points, int days)
      throws IOException, InterruptedException {
    Files.createDirectories(work);
    Path half = Files.createTempDirectory(work, "landing");
    var tally = new Tally();
    var simulator = new Simulator(42, points, START, days);
    Path scratch = Files.createTempDirectory(work, "scratch");
    new Landing(simulator, new Directory(half), tally, scratch, Route.EVENTS)
        .run(Runtime.getRuntime().availableProcessors());
    Files.delete(scratch);
    Files.move(half, folder);
    Etl.print("Landed %,d events%n", tally.landed());
  }

  /// Gives a bucket's folder these files as its own.
  void linkInto(Path bucket) throws IOException {
    for (Path file : files(folder)) {
      Path link = bucket.resolve("landing").resolve(folder.relativize(file));
      Files.createDirectories(link.getParent());
      Files.createLink(link, file);
    }
  }

  private static Iterable<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
