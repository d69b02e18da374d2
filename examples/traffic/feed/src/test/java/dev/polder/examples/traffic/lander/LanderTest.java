package dev.polder.examples.traffic.lander;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.examples.traffic.feed.EventJson;
import dev.polder.examples.traffic.feed.FeedWriter;
import dev.polder.examples.traffic.feed.Field;
import dev.polder.examples.traffic.simulator.Delivery;
import dev.polder.examples.traffic.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanderTest {
  private static final Instant START = Instant.parse("2019-12-31T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void everyEventIsLandedOrRefused() throws Exception {
    Simulator simulator = new Simulator(Long.getLong("seed", 3L), 60, START, 2);
    List<Delivery> published = new ArrayList<>();
    simulator.places().forEach(place -> simulator.place(place, published::add));
    long spoiled = published.stream().filter(delivery -> delivery.damage() != null).count();

    Tally tally = new Tally();
    new Landing(simulator, new Directory(folder.resolve("lake")), tally, folder, Route.XML).run(2);

    assertThat(tally.read()).isEqualTo(published.size());
    assertThat(tally.refused()).isEqualTo(spoiled).isPositive();
    assertThat(tally.landed()).isEqualTo(published.size() - spoiled);
    assertThat(rows("SELECT count(*) FROM landing")).containsExactly("" + tally.landed());
    assertThat(refusals()).hasSize((int) spoiled);
    assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
        .containsExactly("lake");
  }

  @Test
  void objectsLieInTheHourOfTheirArrival() throws Exception {
    Simulator simulator = new Simulator(1, 3, START, 1);
    new Landing(simulator, new Directory(folder.resolve("lake")), new Tally(), folder, Route.XML)
        .run(1);

    assertThat(rows("SELECT DISTINCT year || month || day || hour FROM landing ORDER BY 1"))
        .hasSize(25)
        .startsWith("2019123100")
        .endsWith("2019123123", "2020010100");
    assertThat(
            rows(
                "SELECT count(*) FROM landing WHERE tijd_waarneming >= epoch(make_timestamp(year::INT, month::INT, "
                    + "day::INT, hour::INT, 59, 60.0))"))
        .containsExactly("0");
  }

  @Test
  void columnsHaveTheTypesOfTheSourceTable() throws Exception {
    new Landing(
            new Simulator(1, 1, START, 1),
            new Directory(folder.resolve("lake")),
            new Tally(),
            folder,
            Route.XML)
        .run(1);

    List<String> columns =
        rows(
            "SELECT name || ' ' || type FROM parquet_schema('"
                + files()
                + "') "
                + "WHERE type IS NOT NULL GROUP BY ALL");
    assertThat(columns)
        .containsExactlyInAnyOrderElementsOf(
            Field.ALL.stream()
                .map(field -> field.key() + (field.isNumber() ? " INT32" : " BYTE_ARRAY"))
                .toList());
    assertThat(rows("SELECT DISTINCT compression FROM parquet_metadata('" + files() + "')"))
        .containsExactly("SNAPPY");
  }

  @Test
  void refusedEventIsKeptWithItsReason() throws Exception {
    Tally tally = new Tally();
    try (Lander lander = new Lander(new Directory(folder.resolve("lake")), "test", tally, folder)) {
      lander.json("{\"unieke_id\": \"x\"", START.getEpochSecond());
      lander.json(
          "{\"beschrijvende_id\": \"H1\", \"unieke_id\": \"x\"}", START.getEpochSecond() + 3600);
    }

    assertThat(tally.read()).isEqualTo(2);
    assertThat(tally.refusedByCode()).isEqualTo(Map.of("MalformedEvent", 1L, "WrongType", 1L));
    List<String> lines = refusals();
    assertThat(lines)
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("\"errorCode\":\"MalformedEvent\""));
    assertThat(lines)
        .anySatisfy(line ->
            assertThat(line)
                .contains("\"errorMessage\":\"Expected unieke_id to be a whole number but was x\"")
                .contains("\"attemptsMade\":1"));
    assertThat(lines.stream().map(LanderTest::rawData)).contains("{\"unieke_id\": \"x\"");
  }

  @Test
  void documentCutShortIsLandedAsFarAsItGoes() throws Exception {
    Simulator simulator = new Simulator(1, 10, START, 1);
    var writer = new FeedWriter();
    int events = simulator.document(simulator.firstDocument(), writer);
    byte[] document = writer.end().readAllBytes();
    Tally tally = new Tally();
    try (Lander lander = new Lander(new Directory(folder.resolve("lake")), "test", tally, folder)) {
      lander.document(
          new ByteArrayInputStream(document, 0, document.length - 300),
          START.getEpochSecond() + 60);
    }

    assertThat(tally.landed()).isEqualTo(events - 1);
    assertThat(tally.refusedByCode()).isEqualTo(Map.of("MalformedDocument", 1L));
    assertThat(tally.read()).isEqualTo(events);
  }

  @Test
  void landingAgainReplaces() throws Exception {
    Simulator simulator = new Simulator(1, 5, START, 1);
    new Landing(simulator, new Directory(folder.resolve("lake")), new Tally(), folder, Route.XML)
        .run(1);
    List<String> once = rows("SELECT count(*) FROM landing");
    new Landing(simulator, new Directory(folder.resolve("lake")), new Tally(), folder, Route.XML)
        .run(2);

    assertThat(rows("SELECT count(*) FROM landing")).isEqualTo(once);
  }

  @Test
  void bothRoutesLandTheSame() throws Exception {
    Simulator simulator = new Simulator(3, 60, START, 1);
    List<List<String>> sums = new ArrayList<>();
    for (Route route : Route.values()) {
      Tally tally = new Tally();
      new Landing(simulator, new Directory(folder.resolve("lake")), tally, folder, route).run(2);
      sums.add(
          rows("SELECT sum(hash(l))::VARCHAR FROM (SELECT * EXCLUDE filename FROM landing) AS l"));
      sums.getLast().add(tally.read() + " " + tally.refusedByCode());
    }

    assertThat(sums.getFirst()).isEqualTo(sums.getLast());
  }

  @Test
  void lakeThatTakesNothingIsAnError() {
    ObjectSink full =
        (key, file) -> {
          throw new IOException("no space for " + key);
        };
    Tally tally = new Tally();

    assertThatThrownBy(
            () -> new Landing(new Simulator(1, 5, START, 1), full, tally, folder, Route.XML).run(2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no space for landing/year=2019");
    assertThat(tally.landed()).isZero();
  }

  @Test
  void eventsOfAStreamAreLandedAsJson() throws Exception {
    List<String> events = new ArrayList<>();
    Simulator simulator = new Simulator(1, 5, START, 1);
    simulator.document(
        simulator.firstDocument(), delivery -> events.add(EventJson.text(delivery.event())));
    Tally tally = new Tally();
    try (Lander lander = new Lander(new Directory(folder.resolve("lake")), "test", tally, folder)) {
      for (String event : events) {
        lander.json(event, START.getEpochSecond() + 80);
      }
    }

    assertThat(
            rows("SELECT count(*) FROM landing WHERE tijd_waarneming = " + START.getEpochSecond()))
        .containsExactly("" + events.size());
  }

  private static String rawData(String line) {
    Matcher raw = Pattern.compile("\"rawData\":\"([^\"]*)\"").matcher(line);
    assertThat(raw.find()).isTrue();
    return new String(Base64.getDecoder().decode(raw.group(1)), StandardCharsets.UTF_8);
  }

  private List<String> refusals() throws IOException {
    List<String> lines = new ArrayList<>();
    try (var files = Files.walk(folder.resolve("lake/errors/format-conversion-failed"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private String files() {
    return folder.resolve("lake/landing").toString() + "/*/*/*/*/*.parquet";
  }

  private List<String> rows(String sql) throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE VIEW landing AS SELECT * FROM read_parquet('"
              + files()
              + "', hive_partitioning = true, hive_types_autocast = false, filename = true)");
      List<String> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery(sql)) {
        while (found.next()) {
          rows.add(found.getString(1));
        }
      }
      return rows;
    }
  }
}
