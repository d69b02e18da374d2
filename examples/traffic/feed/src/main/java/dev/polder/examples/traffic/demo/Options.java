package dev.polder.examples.traffic.demo;

import dev.polder.examples.traffic.lander.Route;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// What the demo was asked to do.
///
/// @param points how many detectors are simulated
/// @param days how many days they measure
/// @param start the first of these days
/// @param machine which state machine runs: `better` or `article`
/// @param route `xml`, or `events` to land large lakes faster
/// @param threads how many hours are landed at once
record Options(
    URI endpoint,
    String region,
    String stack,
    int points,
    int days,
    long seed,
    String machine,
    LocalDate start,
    Route route,
    int threads) {

  static final String USAGE =
      """
      Usage: demo [--endpoint URL] [--points N] [--days N] [--seed N] [--machine better|article] [--start YYYY-MM-DD]
                  [--route xml|events] [--stack NAME] [--region NAME] [--threads N]
      """;

  private static final int MOST_POINTS = 100_000;
  private static final int MOST_DAYS = 366;

  /// The options and their defaults, which cover a leap day and the end of a month.
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--endpoint", "http://localhost:4566",
          "--region", "us-east-1",
          "--stack", "traffic",
          "--points", "150",
          "--days", "3",
          "--seed", "42",
          "--machine", "better",
          "--start", "2024-02-28",
          "--route", "xml",
          "--threads",
              String.valueOf(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8)));

  /// Reads the command line.
  ///
  /// @throws DemoException that names a bad option
  static Options parse(String... args) throws DemoException {
    Map<String, String> values = new HashMap<>(DEFAULTS);
    for (int i = 0; i < args.length; i += 2) {
      if (!DEFAULTS.containsKey(args[i])) {
        throw DemoException.usage("Unknown option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw DemoException.usage("Expected a value after " + args[i]);
      }
      values.put(args[i], args[i + 1]);
    }
    return new Options(
        uri(values),
        text(values, "--region"),
        text(values, "--stack"),
        number(values, "--points", MOST_POINTS),
        number(values, "--days", MOST_DAYS),
        whole(values, "--seed"),
        machine(values),
        day(values),
        route(values),
        number(values, "--threads", 64));
  }

  /// The first moment that is measured.
  Instant startOfDays() {
    return start.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// The time for which the run is due: two hours after the last day, as the schedule has it.
  Instant due() {
    return startOfDays().plus(days, ChronoUnit.DAYS).plus(2, ChronoUnit.HOURS);
  }

  private static String text(Map<String, String> values, String name) {
    return values.getOrDefault(name, "");
  }

  private static URI uri(Map<String, String> values) throws DemoException {
    String value = text(values, "--endpoint");
    try {
      URI uri = URI.create(value);
      if (uri.getHost() != null && uri.getScheme() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw DemoException.usage("Expected --endpoint to be a URL but was " + value);
    }
    throw DemoException.usage("Expected --endpoint to be a URL but was " + value);
  }

  private static String machine(Map<String, String> values) throws DemoException {
    String value = text(values, "--machine");
    if (!value.equals("better") && !value.equals("article")) {
      throw DemoException.usage("Expected --machine better or article but was " + value);
    }
    return value;
  }

  private static Route route(Map<String, String> values) throws DemoException {
    String value = text(values, "--route");
    return switch (value) {
      case "xml" -> Route.XML;
      case "events" -> Route.EVENTS;
      default -> throw DemoException.usage("Expected --route xml or events but was " + value);
    };
  }

  private static LocalDate day(Map<String, String> values) throws DemoException {
    String value = text(values, "--start");
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw DemoException.usage("Expected --start to be a day such as 2024-02-28 but was " + value);
    }
  }

  private static int number(Map<String, String> values, String name, int max) throws DemoException {
    long number = whole(values, name);
    if (number < 1 || number > max) {
      throw DemoException.usage("Expected " + name + " from 1 to " + max + " but was " + number);
    }
    return (int) number;
  }

  private static long whole(Map<String, String> values, String name) throws DemoException {
    try {
      return Long.parseLong(text(values, name));
    } catch (NumberFormatException e) {
      throw DemoException.usage(
          "Expected " + name + " to be a whole number but was " + text(values, name));
    }
  }
}
