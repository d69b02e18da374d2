package dev.polder.examples.traffic.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.examples.traffic.computation.Computation;
import dev.polder.examples.traffic.computation.Fingerprint;
import dev.polder.examples.traffic.computation.Minute;
import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.Field;
import dev.polder.examples.traffic.lander.Directory;
import dev.polder.examples.traffic.lander.Lander;
import dev.polder.examples.traffic.lander.Landing;
import dev.polder.examples.traffic.lander.Route;
import dev.polder.examples.traffic.lander.Tally;
import dev.polder.examples.traffic.simulator.Place;
import dev.polder.examples.traffic.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the text of `sql/etl.sql` as it is in DuckDB, over a lake that was landed through the
/// feed's XML, and holds the table against the computation in Java. Trino's `from_unixtime` is the
/// one function that DuckDB has to be taught.
class EtlSqlTest {
  private static final long SEED = Long.getLong("seed", 20200501L);
  private static final Comparator<Minute> ORDER =
      Comparator.comparingInt(Minute::uniqueId).thenComparingLong(Minute::recordTimestamp);

  @TempDir private Path lake;
  private Connection database;

  @BeforeEach
  void open() throws SQLException {
    database = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
    execute("SET threads = 2");
    execute("CREATE MACRO from_unixtime(x) AS to_timestamp(x)");
    execute(
        """
        CREATE TABLE minutes (
          uniqueid INT, recordtimestamp BIGINT, currentspeed DOUBLE, bezettingsgraad INT, previousspeed DOUBLE,
          trafficjamindicator INT, trafficjamindicatorlong INT, trafficintensityclass2 INT,
          trafficintensityclass3 INT, trafficintensityclass4 INT, trafficintensityclass5 INT, speeddiffindicator INT,
          avgspeed3minutes DOUBLE, avgspeed20minutes DOUBLE, year BIGINT, month BIGINT, day BIGINT, hour BIGINT)
        """);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void tableIsWhatThePlainComputationSays() throws Exception {
    Simulator simulator = land(30, "2020-05-04T00:00:00Z", 2);

    fill(range("2020-05-04T00:00:00Z", "2020-05-06T00:00:00Z"), 96);

    assertThat(table()).containsExactlyElementsOf(computed(simulator));
    assertThat(table()).anyMatch(row -> row.trafficJamIndicatorLong() == 1);
    assertThat(table()).anyMatch(row -> row.trafficJamIndicator() == -1);
    assertThat(table()).anyMatch(row -> row.speedDiffIndicator() == -1);
  }

  @Test
  void tableIsTheSameHoweverTheDaysAreSplit() throws Exception {
    Simulator simulator = land(12, "2020-05-04T00:00:00Z", 2);
    List<Minute> expected = computed(simulator);

    for (int hours : new int[] {48, 24, 7, 1}) {
      execute("DELETE FROM minutes");
      fill(range("2020-05-04T00:00:00Z", "2020-05-06T00:00:00Z"), hours);
      assertThat(table())
          .as("in ranges of %s hours, seed %s", hours, SEED)
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void leapDayMonthEndAndYearEndLoseNothing() throws Exception {
    for (String start :
        List.of("2020-02-28T00:00:00Z", "2019-02-28T00:00:00Z", "2019-12-31T00:00:00Z")) {
      execute("DELETE FROM minutes");
      Simulator simulator = land(4, start, 2);
      Instant from = Instant.parse(start);

      fill(new TimeRange(from, from.plus(2, ChronoUnit.DAYS)), 24);

      assertThat(table()).as("from %s", start).containsExactlyElementsOf(computed(simulator));
    }
  }

  @Test
  void rowsOfAnHourCarryItAsTheirPartition() throws Exception {
    land(3, "2019-12-31T00:00:00Z", 2);

    fill(range("2019-12-31T23:00:00Z", "2020-01-01T01:00:00Z"), 96);

    try (Statement sql = database.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT DISTINCT year, month, day, hour, recordtimestamp // 3600 * 3600 FROM minutes ORDER BY 1")) {
      rows.next();
      assertThat(row(rows, 5))
          .containsExactly(2019L, 12L, 31L, 23L, instant("2019-12-31T23:00:00Z"));
      rows.next();
      assertThat(row(rows, 5)).containsExactly(2020L, 1L, 1L, 0L, instant("2020-01-01T00:00:00Z"));
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void eventsLaterThanTheBoundAreLeftOut() throws Exception {
    Simulator simulator = land(40, "2020-05-04T00:00:00Z", 1);
    TimeRange evening = range("2020-05-04T23:00:00Z", "2020-05-05T00:00:00Z");
    List<Minute> expected =
        computed(simulator).stream()
            .filter(row -> row.recordTimestamp() >= evening.start().getEpochSecond())
            .toList();

    fill(evening, 96);

    assertThat(table()).containsExactlyElementsOf(expected);
    execute("DELETE FROM minutes");
    run(new EtlQuery(Duration.ZERO), evening);
    assertThat(table()).isNotEqualTo(expected).isNotEmpty();
  }

  /// Few values, so that events claim the same time of change, averages meet the thresholds
  /// exactly, and gaps of more than an hour occur.
  @Test
  void oddEventsAreComputedAlike() throws Exception {
    Random random = new Random(SEED);
    Map<Integer, Computation> places = new HashMap<>();
    Path folder = lake.resolve("odd");
    Instant start = Instant.parse("2020-02-29T20:00:00Z");
    try (Lander lander = new Lander(new Directory(folder), "odd", new Tally(), lake)) {
      long arrival = start.getEpochSecond();
      for (int i = 0; i < 20_000; i++) {
        arrival += random.nextInt(3);
        Event event = odd(random, start, arrival);
        places.computeIfAbsent(event.number(Field.LVE_NR), number -> new Computation()).add(event);
        lander.event(event, arrival);
      }
    }
    view(folder);

    fill(range("2020-02-29T00:00:00Z", "2020-03-02T00:00:00Z"), 5);

    List<Minute> expected = new ArrayList<>();
    places.values().forEach(computation -> expected.addAll(computation.rows()));
    expected.sort(ORDER);
    assertThat(table()).as("seed %s", SEED).containsExactlyElementsOf(expected);
    assertThat(table()).anyMatch(row -> Double.valueOf(40).equals(row.avgSpeed3Minutes()));
  }

  @Test
  void fingerprintsOfTheTableAreThoseOfItsRows() throws Exception {
    land(20, "2020-04-30T00:00:00Z", 2);
    fill(range("2020-04-30T00:00:00Z", "2020-05-02T00:00:00Z"), 24);
    Map<List<Integer>, Fingerprint.Builder> builders = new HashMap<>();
    for (Minute row : table()) {
      builders
          .computeIfAbsent(
              List.of(row.uniqueId(), Fingerprint.day(row)), key -> new Fingerprint.Builder())
          .add(row);
    }
    List<Fingerprint> expected = new ArrayList<>();
    builders.forEach((key, builder) -> expected.add(builder.build(key.get(0), key.get(1))));

    List<Fingerprint> found = new ArrayList<>();
    for (List<String> row : ask("fingerprint.sql")) {
      found.add(
          new Fingerprint(
              Integer.parseInt(row.get(0)),
              Integer.parseInt(row.get(1)),
              row.subList(2, 2 + Fingerprint.SUMS).stream().map(Long::valueOf).toList()));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void analysisFindsTheJams() throws Exception {
    land(60, "2020-05-04T00:00:00Z", 1);
    fill(range("2020-05-04T00:00:00Z", "2020-05-05T00:00:00Z"), 24);

    assertThat(ask("worst_jams.sql"))
        .hasSize(10)
        .allSatisfy(row -> assertThat(row.getFirst()).startsWith("H"));
    assertThat(ask("speed_by_hour.sql")).hasSize(24);
    assertThat(ask("trucks_by_hour.sql")).hasSize(24);
  }

  private static Event odd(Random random, Instant start, long arrival) {
    int point = random.nextInt(12);
    long time =
        Math.max(start.getEpochSecond(), arrival - random.nextInt(3600) * (long) random.nextInt(2));
    boolean gap = point < 4 && time / 3600 % 3 == 0;
    Event.Builder event = new Event.Builder();
    for (int vehicleClass = 1; vehicleClass <= Field.CLASSES; vehicleClass++) {
      event.set(Field.intensity(vehicleClass), random.nextInt(3));
      event.set(Field.arithmeticSpeed(vehicleClass), 10 * random.nextInt(9));
    }
    return event
        .set(Field.BESCHRIJVENDE_ID, "H" + point)
        .set(Field.UNIEKE_ID, point)
        .set(Field.LVE_NR, point / 2)
        .set(Field.TIJD_WAARNEMING, (int) (gap ? time - time % 3600 : time - time % 20))
        .set(Field.TIJD_LAATST_GEWIJZIGD, "2020-02-29T21:0" + random.nextInt(3) + ":00+01:00")
        .set(Field.DEFECT, random.nextInt(8) == 0 ? 1 : 0)
        .set(Field.REKENDATA_BEZETTINGSGRAAD, random.nextInt(6) - 1)
        .build();
  }

  private List<List<String>> ask(String file) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (Statement sql = database.createStatement();
        ResultSet found = sql.executeQuery(Files.readString(Path.of("..", "sql", file)))) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(found.getString(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private Simulator land(int points, String start, int days) throws Exception {
    Simulator simulator = new Simulator(SEED, points, Instant.parse(start), days);
    Path folder = lake.resolve(start.substring(0, 10) + "-" + points);
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    new Landing(simulator, new Directory(folder), new Tally(), scratch, Route.XML).run(2);
    view(folder);
    return simulator;
  }

  private void view(Path folder) throws SQLException {
    execute(
        "CREATE OR REPLACE VIEW landing AS SELECT * FROM read_parquet('"
            + folder.resolve("landing/*/*/*/*/*.parquet")
            + "', hive_partitioning = true, hive_types_autocast = false)");
  }

  private void fill(TimeRange span, int hours) throws SQLException {
    EtlQuery etl = new EtlQuery(Duration.ofHours(48));
    for (TimeRange range : span.split(hours)) {
      run(etl, range);
    }
  }

  private void run(EtlQuery etl, TimeRange range) throws SQLException {
    String text = etl.query();
    for (String literal : etl.parameters(range)) {
      text = text.replaceFirst("\\?", literal);
    }
    assertThat(text).doesNotContain("?");
    execute(text);
  }

  private static List<Minute> computed(Simulator simulator) {
    List<Minute> rows = new ArrayList<>();
    for (Place place : simulator.places()) {
      Computation computation = new Computation();
      simulator.place(
          place,
          delivery -> {
            if (delivery.damage() == null) {
              computation.add(delivery.event());
            }
          });
      rows.addAll(computation.rows());
    }
    rows.sort(ORDER);
    return rows;
  }

  private List<Minute> table() throws SQLException {
    List<Minute> rows = new ArrayList<>();
    try (Statement sql = database.createStatement();
        ResultSet found =
            sql.executeQuery("SELECT * FROM minutes ORDER BY uniqueid, recordtimestamp")) {
      while (found.next()) {
        rows.add(
            new Minute(
                found.getInt(1),
                found.getLong(2),
                (Double) found.getObject(3),
                found.getInt(4),
                (Double) found.getObject(5),
                found.getInt(6),
                found.getInt(7),
                found.getInt(8),
                found.getInt(9),
                found.getInt(10),
                found.getInt(11),
                found.getInt(12),
                (Double) found.getObject(13),
                (Double) found.getObject(14)));
      }
    }
    return rows;
  }

  private static List<Object> row(ResultSet rows, int columns) throws SQLException {
    List<Object> row = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      row.add(rows.getObject(column));
    }
    return row;
  }

  private static long instant(String text) {
    return Instant.parse(text).getEpochSecond();
  }

  private static TimeRange range(String start, String end) {
    return TimeRange.parse(start, end);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
