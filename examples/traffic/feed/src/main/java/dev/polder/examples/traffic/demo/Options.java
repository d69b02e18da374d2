package dev.polder.examples.traffic.demo;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// What the demo was asked to do.
///
/// @param points how many detectors are simulated
/// @param days how many days they measure
/// @param start the first of these days
/// @param machine which state machine runs: `better` or `article`
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
    int threads) {

  static final String USAGE =
      """
      Usage: demo [--endpoint URL] [--points N] [--days N] [--seed N] [--machine better|article] [--start YYYY-MM-DD]
                  [--stack NAME] [--region NAME] [--threads N]
      """;

  private static final int MOST_POINTS = 100_000;
  private static final int MOST_DAYS = 366;

  /// The defaults cover a leap day and the end of a month.
  static Options defaults() {
    return new Options(
        URI.create("http://localhost:4566"),
        "us-east-1",
        "traffic",
        150,
        3,
        42,
        "better",
        LocalDate.of(2024, 2, 28),
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));
  }

  /// Reads the command line.
  ///
  /// @throws DemoException that names a bad option
  static Options parse(String... args) throws DemoException {
    Options options = defaults();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw DemoException.usage("Expected a value after " + args[i]);
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  /// The first moment that is measured.
  Instant startOfDays() {
    return start.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// The time for which the run is due: two hours after the last day, as the schedule has it.
  Instant due() {
    return startOfDays().plus(days, ChronoUnit.DAYS).plus(2, ChronoUnit.HOURS);
  }

  private Options with(String name, String value) throws DemoException {
    return switch (name) {
      case "--endpoint" ->
          new Options(uri(value), region, stack, points, days, seed, machine, start, threads);
      case "--region" ->
          new Options(endpoint, value, stack, points, days, seed, machine, start, threads);
      case "--stack" ->
          new Options(endpoint, region, value, points, days, seed, machine, start, threads);
      case "--points" ->
          new Options(
              endpoint,
              region,
              stack,
              number(name, value, MOST_POINTS),
              days,
              seed,
              machine,
              start,
              threads);
      case "--days" ->
          new Options(
              endpoint,
              region,
              stack,
              points,
              number(name, value, MOST_DAYS),
              seed,
              machine,
              start,
              threads);
      case "--seed" ->
          new Options(
              endpoint, region, stack, points, days, whole(name, value), machine, start, threads);
      case "--machine" ->
          new Options(endpoint, region, stack, points, days, seed, machine(value), start, threads);
      case "--start" ->
          new Options(endpoint, region, stack, points, days, seed, machine, day(value), threads);
      case "--threads" ->
          new Options(
              endpoint, region, stack, points, days, seed, machine, start, number(name, value, 64));
      default -> throw DemoException.usage("Unknown option " + name);
    };
  }

  private static URI uri(String value) throws DemoException {
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

  private static String machine(String value) throws DemoException {
    if (!value.equals("better") && !value.equals("article")) {
      throw DemoException.usage("Expected --machine better or article but was " + value);
    }
    return value;
  }

  private static LocalDate day(String value) throws DemoException {
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw DemoException.usage("Expected --start to be a day such as 2024-02-28 but was " + value);
    }
  }

  private static int number(String name, String value, int max) throws DemoException {
    long number = whole(name, value);
    if (number < 1 || number > max) {
      throw DemoException.usage("Expected " + name + " from 1 to " + max + " but was " + value);
    }
    return (int) number;
  }

  private static long whole(String name, String value) throws DemoException {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw DemoException.usage("Expected " + name + " to be a whole number but was " + value);
    }
  }
}
