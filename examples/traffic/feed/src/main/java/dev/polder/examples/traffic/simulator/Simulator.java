package dev.polder.examples.traffic.simulator;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.FeedWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/// A network of points that measures from a start day on, for a number of days (UTC), and publishes
/// a document a minute.
///
/// The document of minute m holds the measurements of minute m - 1, and those of up to an hour
/// before that were held up or are published again. So documents go on for an hour after the last
/// measurement. Safe for use by several threads.
public final class Simulator {
  /// Seconds into its minute at which a document is published.
  private static final int PUBLISHED_AT = 21;

  private final List<Place> places;
  private final Fates fates;
  private final Detector detector;
  private final long firstMinute;
  private final long endMinute;

  /// @param points how many points the network has, at least 1
  /// @param start the first moment that is measured; the start of a UTC hour
  /// @param days how many times 24 hours are measured, at least 1
  public Simulator(long seed, int points, Instant start, int days) {
    if (points < 1 || days < 1 || !start.equals(start.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException(
          "Expected at least one point and one day from a full hour, but was "
              + points
              + ", "
              + days
              + ", "
              + start);
    }
    Dice dice = new Dice(seed);
    this.places = Network.places(dice, points);
    this.fates = new Fates(dice);
    this.detector = new Detector(dice, fates);
    this.firstMinute = start.getEpochSecond() / 60;
    this.endMinute = firstMinute + 1440L * days;
  }

  /// All places, in the order of their points.
  public List<Place> places() {
    return places;
  }

  /// The minute (since 1970) of the first document.
  public long firstDocument() {
    return firstMinute + 1;
  }

  /// The minute (since 1970) after the last document.
  public long endOfDocuments() {
    return endMinute + Fate.LONGEST_DELAY;
  }

  /// When the document of a minute is published, seconds since 1970.
  public long published(long document) {
    return document * 60 + PUBLISHED_AT;
  }

  /// Everything that the document of a minute carries, in its order.
  public void document(long document, Consumer<Delivery> reader) {
    long regular = document - 1;
    Calendar.Moment moment = detector.moment(regular);
    for (Place place : places) {
      for (int point = place.firstPoint(); point < place.firstPoint() + place.lanes(); point++) {
        Place at = place;
        int of = point;
        if (isMeasured(regular)) {
          Fate fate = fates.of(point, regular);
          if (fate != null && fate.delay() == 1) {
            Event event = detector.measure(place, point, regular, moment, 0);
            reader.accept(new Delivery(event, fate.damage(), document, false));
          }
        }
        long firstHour = Math.floorDiv(document - Fate.LONGEST_DELAY, 60L);
        for (long hour = firstHour; hour <= Math.floorDiv(document, 60L); hour++) {
          fates.unpunctual(point, hour, minute -> heldUp(at, of, minute, document, reader));
        }
      }
    }
  }

  /// Writes the document of a minute.
  ///
  /// @return how many events it carries
  public int document(long document, FeedWriter writer) {
    int[] count = {0};
    writer.start(published(document));
    document(
        document,
        delivery -> {
          writer.point(delivery.event(), delivery.damage());
          count[0]++;
        });
    return count[0];
  }

  /// Everything that a place ever publishes, in the order of measuring.
  public void place(Place place, Consumer<Delivery> reader) {
    for (long minute = firstMinute; minute < endMinute; minute++) {
      Calendar.Moment moment = detector.moment(minute);
      for (int point = place.firstPoint(); point < place.firstPoint() + place.lanes(); point++) {
        Fate fate = fates.of(point, minute);
        if (fate == null) {
          continue;
        }
        Event event = detector.measure(place, point, minute, moment, 0);
        reader.accept(new Delivery(event, fate.damage(), minute + fate.delay(), false));
        if (fate.repeat() > fate.delay()) {
          reader.accept(repetition(place, point, minute, fate));
        }
      }
    }
  }

  private void heldUp(
      Place place, int point, long minute, long document, Consumer<Delivery> reader) {
    Fate fate = isMeasured(minute) ? fates.of(point, minute) : null;
    if (fate == null) {
      return;
    }
    if (fate.delay() > 1 && minute + fate.delay() == document) {
      Event event = detector.measure(place, point, minute, detector.moment(minute), 0);
      reader.accept(new Delivery(event, fate.damage(), document, false));
    }
    if (fate.repeat() > fate.delay() && minute + fate.repeat() == document) {
      reader.accept(repetition(place, point, minute, fate));
    }
  }

  private Delivery repetition(Place place, int point, long minute, Fate fate) {
    Calendar.Moment moment = detector.moment(minute);
    Event event = detector.measure(place, point, minute, moment, fate.corrected() ? 1 : 0);
    return new Delivery(event, null, minute + fate.repeat(), true);
  }

  private boolean isMeasured(long minute) {
    return minute >= firstMinute && minute < endMinute;
  }
}
