package dev.polder.examples.traffic.lander;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.EventCheck;
import dev.polder.examples.traffic.feed.EventJson;
import dev.polder.examples.traffic.feed.FeedException;
import dev.polder.examples.traffic.feed.FeedReader;
import dev.polder.examples.traffic.feed.RawEvent;
import dev.polder.examples.traffic.feed.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lands events: checks each, gathers those of one arrival hour and stores them as Parquet under
/// `landing/year=YYYY/month=MM/day=DD/hour=HH/`; refused ones go to `errors/` with the reason.
/// Times in keys are UTC.
///
/// Events come in the order of arrival. Memory is bounded: an object is stored when its hour is
/// over or when it is full. Objects of a lander are named after its stream, the hour and their
/// number, so landing the same again replaces them. Not safe for use by several threads; several
/// landers may share a tally.
public final class Lander implements AutoCloseable {
  /// Events in one object at most: some 20 MB.
  private static final int MAX_EVENTS = 500_000;

  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd'/hour='HH'/'", Locale.ROOT);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

  private final ObjectSink lake;
  private final String stream;
  private final Tally tally;
  private final Path scratch;
  private final LandingTable table;
  private final RawEvent raw = new RawEvent();
  private @Nullable Refusals refusals;
  private long hour = Long.MIN_VALUE;
  private int part;

  /// @param stream the name of the stream, the first part of the objects' names
  /// @param scratch a directory for files in the making
  public Lander(ObjectSink lake, String stream, Tally tally, Path scratch) throws IOException {
    this.lake = lake;
    this.stream = stream;
    this.tally = tally;
    this.scratch = Files.createTempDirectory(scratch, "lander");
    try {
      this.table = new LandingTable();
    } catch (SQLException e) {
      throw new IOException("The embedded database does not open", e);
    }
  }

  /// Lands all points of a document of the feed. If it breaks off, what was read before is landed,
  /// and the break is accounted for as one refused event.
  ///
  /// @param arrival when it arrived, seconds since 1970
  public void document(InputStream document, long arrival) throws IOException {
    try (FeedReader reader = new FeedReader(document)) {
      while (reader.next(raw)) {
        land(raw, arrival);
      }
    } catch (FeedException e) {
      tally.countRead();
      refuse(new Verdict.Refused("MalformedDocument", String.valueOf(e.getMessage())), "", arrival);
    }
  }

  /// Lands one event in JSON.
  ///
  /// @param arrival when it arrived, seconds since 1970
  public void json(String event, long arrival) throws IOException {
    Optional<Verdict.Refused> malformed = EventJson.read(event, raw);
    if (malformed.isPresent()) {
      tally.countRead();
      refuse(malformed.get(), event, arrival);
    } else {
      land(raw, arrival);
    }
  }

  /// Lands an event that needs no check.
  ///
  /// @param arrival when it arrived, seconds since 1970
  public void event(Event event, long arrival) throws IOException {
    tally.countRead();
    store(event, arrival);
  }

  private void land(RawEvent event, long arrival) throws IOException {
    tally.countRead();
    switch (EventCheck.check(event, arrival)) {
      case Verdict.Accepted accepted -> store(accepted.event(), arrival);
      case Verdict.Refused refused -> refuse(refused, EventJson.text(event), arrival);
    }
  }

  private void store(Event event, long arrival) throws IOException {
    turnTo(arrival);
    try {
      table.add(event);
    } catch (SQLException e) {
      throw new IOException("The event could not be buffered", e);
    }
    if (table.rows() >= MAX_EVENTS) {
      flush();
    }
  }

  private void refuse(Verdict.Refused reason, String text, long arrival) throws IOException {
    turnTo(arrival);
    Refusals open = refusals;
    if (open == null) {
      open = new Refusals(scratch.resolve("refused.json"));
      refusals = open;
    }
    open.add(reason, text, arrival);
  }

  private void turnTo(long arrival) throws IOException {
    long ofArrival = Math.floorDiv(arrival, 3600L);
    if (ofArrival != hour) {
      flush();
      hour = ofArrival;
      part = 0;
    }
  }

  /// Stores what was gathered so far.
  public void flush() throws IOException {
    if (table.rows() > 0) {
      Path file = scratch.resolve("events.parquet");
      int rows = table.rows();
      try {
        table.writeTo(file);
      } catch (SQLException e) {
        throw new IOException("The events could not be written as Parquet", e);
      }
      store("landing/", file, ".parquet");
      tally.countLanded(rows);
    }
    Refusals open = refusals;
    if (open != null) {
      refusals = null;
      open.close();
      store("errors/format-conversion-failed/", open.file(), ".json");
      tally.countRefused(open.byCode());
    }
  }

  private void store(String prefix, Path file, String extension) throws IOException {
    ZonedDateTime time = Instant.ofEpochSecond(hour * 3600).atZone(ZoneOffset.UTC);
    String name = stream + "-1-" + STAMP.format(time) + "-";
    UUID id = UUID.nameUUIDFromBytes((name + part++).getBytes(StandardCharsets.UTF_8));
    tally.countObject(Files.size(file));
    lake.put(prefix + FOLDER.format(time) + name + id + extension, file);
    Files.delete(file);
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      try {
        table.close();
      } catch (SQLException e) {
        throw new IOException("The embedded database does not close", e);
      } finally {
        removeScratch();
      }
    }
  }

  private void removeScratch() {
    try (var files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
