import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// `hand.sql`, in a DuckDB of its own for each range.
final class HandWritten {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

  private final Path landing;
  private final Path target;
  private final List<AthenaEtl.Range> ranges;
  private final String sql;

  HandWritten(Path landing, Path target, List<AthenaEtl.Range> ranges) throws IOException {
    this.landing = landing;
    this.target = target;
    this.ranges = ranges;
    this.sql = Files.readString(Path.of(System.getProperty("polder.home"), "bench/etl/hand.sql"));
  }

  void clear() throws IOException {
    Landed.delete(target);
    Files.createDirectories(target);
  }

  void run() throws Exception {
    try (var workers = Executors.newFixedThreadPool(Etl.QUERIES)) {
      List<Future<?>> all = new ArrayList<>();
      for (AthenaEtl.Range range : ranges) {
        all.add(workers.submit(() -> insert(range)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private Void insert(AthenaEtl.Range range) throws SQLException {
    try (Connection duck = open();
        var statement = duck.createStatement()) {
      statement.execute(text(range));
    }
    return null;
  }

  // An hour of context, an hour for clocks that run ahead, two days for events that come late.
  private String text(AthenaEtl.Range range) {
    Instant start = Instant.parse(range.start());
    Instant end = Instant.parse(range.end());
    return sql.replace(":landing", landing.toString())
        .replace(":target", target.toString())
        .replace(":context_start", Long.toString(start.minus(Duration.ofHours(1)).getEpochSecond()))
        .replace(":range_start", Long.toString(start.getEpochSecond()))
        .replace(":range_end", Long.toString(end.getEpochSecond()))
        .replace(":from", HOUR.format(start.minus(Duration.ofHours(2))))
        .replace(":until", HOUR.format(end.plus(Duration.ofHours(48))));
  }

  private Connection open() throws SQLException {
    var properties = new Properties();
    properties.setProperty("threads", Integer.toString(Etl.THREADS));
    properties.setProperty("memory_limit", Etl.MEMORY);
    properties.setProperty("temp_directory", target.resolveSibling("spill").toString());
    properties.setProperty("preserve_insertion_order", "false");
    return DriverManager.getConnection("jdbc:duckdb:", properties);
  }

  /// Throws unless both tables hold the same rows.
  void compare(Path minutes) throws SQLException {
    try (Connection duck = open();
        var statement = duck.createStatement()) {
      String rows = "SELECT count(*), sum(hash(t)::HUGEINT) FROM (SELECT %s FROM read_parquet('%s/*/*/*/*/*', hive_partitioning = true)) t";
      String columns =
          "uniqueid, recordtimestamp, currentspeed, bezettingsgraad, previousspeed, trafficjamindicator,"
              + " trafficjamindicatorlong, trafficintensityclass2, trafficintensityclass3,"
              + " trafficintensityclass4, trafficintensityclass5, speeddiffindicator, avgspeed3minutes,"
              + " avgspeed20minutes, year, month, day, hour";
      List<String> found = new ArrayList<>();
      for (Path folder : List.of(minutes, target)) {
        try (var result = statement.executeQuery(rows.formatted(columns, folder))) {
          result.next();
          found.add(result.getString(1) + " rows, " + result.getString(2));
        }
      }
      if (!found.get(0).equals(found.get(1))) {
        throw new IllegalStateException("The tables differ: " + found);
      }
      Etl.print("both tables: %s%n", found.get(0).replaceAll(",.*", ""));
    }
  }
}
