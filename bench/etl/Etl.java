import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The ETL of `examples/traffic` through the running server's Athena, beside the same computation as
/// hand-written SQL in the same version of DuckDB: same files, ranges, threads, limit of memory and
/// number of queries at once. Both in turn, a few times; prints medians.
///
/// Arguments: points (460), days (2), rounds (3). Run by `bench/etl/run`, from anywhere.
public final class Etl {
  private Etl() {}

  /// What both sides may use. The state machine runs two ranges at once.
  static final int THREADS = 2;
  static final int QUERIES = 2;
  static final String MEMORY = "4GB";

  public static void main(String[] arguments) throws Exception {
    int points = argument(arguments, 0, 460);
    int days = argument(arguments, 1, 2);
    int rounds = argument(arguments, 2, 3);
    Path work = Path.of(System.getProperty("java.io.tmpdir"), "polder-bench-etl");
    Landed landed = Landed.of(work, points, days);
    print("%,d points, %d days: %,d files, %,d bytes%n", points, days, landed.files(), landed.bytes());
    Path run = Files.createTempDirectory(work, "run");
    try (var server = PolderServer.start(run.resolve("server"))) {
      var athena = new AthenaEtl(server);
      athena.prepare(landed, days);
      var hand = new HandWritten(landed.folder(), run.resolve("hand"), athena.ranges());
      measure(server, athena, hand, rounds);
    } finally {
      Landed.delete(run);
    }
  }

  private static void measure(PolderServer server, AthenaEtl athena, HandWritten hand, int rounds)
      throws Exception {
    long idle = Usage.resident(server.pid());
    List<Round> ours = new ArrayList<>();
    List<Round> theirs = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      athena.clear();
      hand.clear();
      Round our = Round.of(server.pid(), athena::run);
      Round their = Round.of(ProcessHandle.current().pid(), hand::run);
      print("%s  Athena %s  DuckDB %s%n", i == 0 ? "warm-up" : "round " + i, our, their);
      if (i > 0) {
        ours.add(our);
        theirs.add(their);
      }
    }
    hand.compare(server.bucketFolder(athena.bucket()).resolve("minutes"));
    athena.statistics().forEach(line -> print("  %s%n", line));
    print("%d ranges, %d at once, %d threads and %s each%n", athena.ranges().size(), QUERIES, THREADS, MEMORY);
    Round our = Round.median(ours);
    Round their = Round.median(theirs);
    print("Athena in the server   %s  (%d MiB before)%n", our, idle);
    print("hand-written DuckDB    %s%n", their);
    print(
        "ratio                  %.2f (target 1.15), of the time on cores %.2f%n",
        our.seconds() / their.seconds(),
        our.cpuSeconds() / their.cpuSeconds());
  }

  /// @param cpuSeconds of all threads; tells the same story where others use the machine too
  private record Round(double seconds, double cpuSeconds, double peakMebibytes) {
    static Round of(long pid, Action action) throws Exception {
      Usage.reset(pid);
      double cpu = Usage.cpuSeconds(pid);
      long begin = System.nanoTime();
      action.run();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Round(seconds, Usage.cpuSeconds(pid) - cpu, Usage.peak(pid));
    }

    static Round median(List<Round> all) {
      return new Round(
          median(all, Round::seconds),
          median(all, Round::cpuSeconds),
          median(all, Round::peakMebibytes));
    }

    private static double median(List<Round> all, ToDoubleFunction<Round> figure) {
      return all.stream().mapToDouble(figure).sorted().toArray()[all.size() / 2];
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%7.2f s (%7.2f s on cores, peak %5.0f MiB)",
          seconds,
          cpuSeconds,
          peakMebibytes);
    }
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
    System.out.flush();
  }

  interface Action {
    void run() throws Exception;
  }
}
