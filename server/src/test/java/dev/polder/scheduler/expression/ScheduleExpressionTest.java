package dev.polder.scheduler.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {
  private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

  private static List<String> due(String expression, String after, ZoneId zone, int count) {
    var parsed = ScheduleExpression.parse(expression);
    List<String> due = new ArrayList<>();
    Instant anchor = Instant.parse(after);
    Instant at = anchor;
    for (int i = 0; i < count; i++) {
      Optional<Instant> next = parsed.next(at, anchor, zone);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
      due.add(at.toString().replace(":00Z", "").replace("T", " "));
    }
    return due;
  }

  /// In UTC, after 2024-01-31T12:00:00Z: the next three.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron(0 0 * * ? *)       | 2024-02-01 00:00, 2024-02-02 00:00, 2024-02-03 00:00",
        "cron(* * * * ? *)       | 2024-01-31 12:01, 2024-01-31 12:02, 2024-01-31 12:03",
        "cron(0/15 * * * ? *)    | 2024-01-31 12:15, 2024-01-31 12:30, 2024-01-31 12:45",
        "cron(*/25 * * * ? *)    | 2024-01-31 12:25, 2024-01-31 12:50, 2024-01-31 13:00",
        "cron(5-15/5 12 * * ? *) | 2024-01-31 12:05, 2024-01-31 12:10, 2024-01-31 12:15",
        "cron(30 8,20 * * ? *)   | 2024-01-31 20:30, 2024-02-01 08:30, 2024-02-01 20:30",
        "cron(0 22-1 * * ? *)    | 2024-01-31 22:00, 2024-01-31 23:00, 2024-02-01 00:00",
        "cron(15 10 ? * MON-FRI *) | 2024-02-01 10:15, 2024-02-02 10:15, 2024-02-05 10:15",
        "cron(15 10 ? * FRI-MON *) | 2024-02-02 10:15, 2024-02-03 10:15, 2024-02-04 10:15",
        "cron(15 10 ? * 2 *)     | 2024-02-05 10:15, 2024-02-12 10:15, 2024-02-19 10:15",
        "cron(0 10 ? * 6L *)     | 2024-02-23 10:00, 2024-03-29 10:00, 2024-04-26 10:00",
        "cron(0 10 ? * friL 2024-2025) | 2024-02-23 10:00, 2024-03-29 10:00, 2024-04-26 10:00",
        "cron(0 10 ? * L *)      | 2024-02-03 10:00, 2024-02-10 10:00, 2024-02-17 10:00",
        "cron(0 10 ? * 3#2 *)    | 2024-02-13 10:00, 2024-03-12 10:00, 2024-04-09 10:00",
        "cron(0 10 ? * TUE#5 *)  | 2024-04-30 10:00, 2024-07-30 10:00, 2024-10-29 10:00",
        "cron(0 10 L * ? *)      | 2024-02-29 10:00, 2024-03-31 10:00, 2024-04-30 10:00",
        "cron(0 10 31 * ? *)     | 2024-03-31 10:00, 2024-05-31 10:00, 2024-07-31 10:00",
        "cron(0 10 29 2 ? *)     | 2024-02-29 10:00, 2028-02-29 10:00, 2032-02-29 10:00",
        "cron(0 10 3W * ? *)     | 2024-02-02 10:00, 2024-03-04 10:00, 2024-04-03 10:00",
        "cron(0 10 1W 6 ? *)     | 2024-06-03 10:00, 2025-06-02 10:00, 2026-06-01 10:00",
        "cron(0 10 31W * ? *)    | 2024-03-29 10:00, 2024-05-31 10:00, 2024-07-31 10:00",
        "cron(0 0 1 JAN,jul ? *) | 2024-07-01 00:00, 2025-01-01 00:00, 2025-07-01 00:00",
        "cron(0 0 1 1/4 ? *)     | 2024-05-01 00:00, 2024-09-01 00:00, 2025-01-01 00:00",
        "cron(0 0 1 1 ? 2030/40) | 2030-01-01 00:00, 2070-01-01 00:00, 2110-01-01 00:00",
        "cron(0 0 1 1 ? 2024,2026) | 2026-01-01 00:00",
        "cron(0 0 1 1 ? 2023)    | ",
        "cron(0 0 30 2 ? *)      | ",
        "cron( 0   0 * * ? * )   | 2024-02-01 00:00, 2024-02-02 00:00, 2024-02-03 00:00",
        "rate(5 minutes)         | 2024-01-31 12:05, 2024-01-31 12:10, 2024-01-31 12:15",
        "rate(1 hour)            | 2024-01-31 13:00, 2024-01-31 14:00, 2024-01-31 15:00",
        "rate(2 days)            | 2024-02-02 12:00, 2024-02-04 12:00, 2024-02-06 12:00",
        "at(2024-02-29T23:59:00) | 2024-02-29 23:59",
        "at(2024-01-31T12:00:00) | ",
        "at(2023-02-28T23:59:00) | ",
      })
  void expressionsAreDueAtTheTimesThatTheySay(String expression, String expected) {
    List<String> wanted = expected == null ? List.of() : List.of(expected.strip().split(",\\s*"));
    assertThat(due(expression.strip(), "2024-01-31T12:00:00Z", ZoneOffset.UTC, 3))
        .isEqualTo(wanted);
  }

  @Test
  void aCronOfSevenFieldsIsRefused() {
    assertThatThrownBy(() -> ScheduleExpression.parse("cron(0 0 12 * * ? *)"))
        .hasMessage("Expected 6 fields but were 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cron()",
        "cron(INVALID)",
        "cron(0 1 * * * *)",
        "cron(0 1 ? * ? *)",
        "cron(0 1 1 * MON *)",
        "cron(7 20 * * NOT *)",
        "cron(0 dummy ? * MON-FRI *)",
        "cron(71 8 1 * ? *)",
        "cron(0 24 1 * ? *)",
        "cron(0 0 0 * ? *)",
        "cron(0 0 32 * ? *)",
        "cron(0 0 1 13 ? *)",
        "cron(0 0 1 FOO ? *)",
        "cron(0 0 ? * 0 *)",
        "cron(0 0 ? * 8 *)",
        "cron(0 0 ? * 2#6 *)",
        "cron(0 0 ? * 2#0 *)",
        "cron(0 0 ? * # *)",
        "cron(0 0 L-3 * ? *)",
        "cron(0 0 W * ? *)",
        "cron(0 0 32W * ? *)",
        "cron(0 0 1 * ? 1969)",
        "cron(0 0 1 * ? 2200)",
        "cron(0 0 1 * ? 2025-2024)",
        "cron(0/0 0 1 * ? *)",
        "cron(0/60 0 1 * ? *)",
        "cron(, 0 1 * ? *)",
        "cron(1, 0 1 * ? *)",
        "cron(1- 0 1 * ? *)",
        "cron(-1 0 1 * ? *)",
        "cron(1/ 0 1 * ? *)",
        "cron(99999999999 0 1 * ? *)",
        "cron(0 0 1 * ?)",
        "cron(0 0 * * ? *",
        "Cron(0 0 * * ? *)",
        "rate()",
        "rate(10)",
        "rate(0 minutes)",
        "rate(-10 minutes)",
        "rate(1.5 hours)",
        "rate(10 seconds)",
        "rate(10 years)",
        "rate(foo minutes)",
        "rate( 10 minutes )",
        "rate(10  minutes)",
        "rate(10 MINUTES)",
        "rate(99999999999999999999 minutes)",
        " rate(10 minutes)",
        "rate(10 minutes) ",
        "at()",
        "at(2021-12-31)",
        "at(2021-12-31T23:59:59Z)",
        "at(2021-02-29T00:00:00)",
        "at(2021-12-31T24:00:00)",
        "at(2021-12-31 23:59:59)",
        "0 0 * * ? *",
      })
  void badExpressionsAreRefused(String expression) {
    assertThatThrownBy(() -> ScheduleExpression.parse(expression))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageStartingWith("Expected ");
  }

  @Test
  void localTimesThatClocksLeaveOutAreSkipped() {
    // Brussels went from 02:00 to 03:00 on 31 March 2024.
    assertThat(due("cron(30 2 * * ? *)", "2024-03-29T12:00:00Z", BRUSSELS, 3))
        .containsExactly("2024-03-30 01:30", "2024-04-01 00:30", "2024-04-02 00:30");
    assertThat(due("cron(0 * 31 3 ? 2024)", "2024-03-30T23:30:00Z", BRUSSELS, 4))
        .containsExactly(
            "2024-03-31 00:00", "2024-03-31 01:00", "2024-03-31 02:00", "2024-03-31 03:00");
    assertThat(due("at(2024-03-31T02:30:00)", "2024-03-29T12:00:00Z", BRUSSELS, 1)).isEmpty();
  }

  @Test
  void localTimesThatComeTwiceCountOnce() {
    // Brussels went from 03:00 back to 02:00 on 27 October 2024.
    assertThat(due("cron(30 2 * * ? *)", "2024-10-25T12:00:00Z", BRUSSELS, 3))
        .containsExactly("2024-10-26 00:30", "2024-10-27 00:30", "2024-10-28 01:30");
    assertThat(due("cron(0/30 * 27 10 ? *)", "2024-10-27T00:10:00Z", BRUSSELS, 2))
        .containsExactly("2024-10-27 00:30", "2024-10-27 02:00");
    assertThat(due("at(2024-10-27T02:30:00)", "2024-10-26T12:00:00Z", BRUSSELS, 1))
        .containsExactly("2024-10-27 00:30");
    // Asked in the second of the two hours.
    assertThat(due("cron(0/30 * * * ? *)", "2024-10-27T01:10:00Z", BRUSSELS, 1))
        .containsExactly("2024-10-27 02:00");
  }

  @Test
  void aDailyScheduleKeepsItsLocalTimeAllYear() {
    var daily = ScheduleExpression.parse("cron(0 6 * * ? *)");
    Instant at = Instant.parse("2023-12-31T22:00:00Z");
    for (int day = 1; day <= 366; day++) {
      at = daily.next(at, at, BRUSSELS).orElseThrow();
      LocalDateTime local = LocalDateTime.ofInstant(at, BRUSSELS);
      assertThat(local).isEqualTo(LocalDate.ofYearDay(2024, day).atTime(6, 0));
    }
  }

  @Test
  void ratesCountFromTheirAnchorInHoursOfTheClock() {
    var daily = ScheduleExpression.parse("rate(1 day)");
    Instant anchor = Instant.parse("2024-03-30T05:00:00Z");
    assertThat(daily.next(anchor.minusSeconds(1), anchor, BRUSSELS)).contains(anchor);
    assertThat(daily.next(anchor, anchor, BRUSSELS))
        .contains(Instant.parse("2024-03-31T05:00:00Z"));
    assertThat(daily.next(Instant.parse("2024-05-01T05:00:01Z"), anchor, BRUSSELS))
        .contains(Instant.parse("2024-05-02T05:00:00Z"));
  }

  /// Against a search that knows nothing but the meaning of a field: minute by minute.
  @Test
  void nextIsTheFirstMinuteThatMatches() {
    long seed = Long.getLong("seed", 3);
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      int minute = random.nextInt(60);
      int step = 1 + random.nextInt(23);
      int day = 1 + random.nextInt(28);
      String expression = "cron(%d */%d %d-%d * ? *)".formatted(minute, step, day, day + 2);
      Instant after =
          Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(366 * 86_400));
      Instant expected = after.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
      while (true) {
        LocalDateTime at = LocalDateTime.ofInstant(expected, ZoneOffset.UTC);
        int date = at.getDayOfMonth();
        if (at.getMinute() == minute
            && at.getHour() % step == 0
            && date >= day
            && date <= Math.min(day + 2, YearMonth.from(at).lengthOfMonth())) {
          break;
        }
        expected = expected.plusSeconds(60);
      }
      assertThat(ScheduleExpression.parse(expression).next(after, after, ZoneOffset.UTC))
          .as(expression + " after " + after + ", seed " + seed)
          .contains(expected);
    }
  }
}
