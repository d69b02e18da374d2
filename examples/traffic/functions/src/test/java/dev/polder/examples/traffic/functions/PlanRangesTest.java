package dev.polder.examples.traffic.functions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanRangesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("LOOKBACK_DAYS", "2", "LATENESS_HOURS", "48", "MAX_PARTITIONS_PER_QUERY", "96");

  private final PlanRanges function = new PlanRanges(new Settings(ENVIRONMENT::get));

  @Test
  void daysBeforeTheScheduledTimeAreFilled() {
    assertThat(ranges(Map.of("scheduledTime", "2020-05-04T02:00:00Z")))
        .containsExactly(TimeRange.parse("2020-05-02T00:00:00Z", "2020-05-04T00:00:00Z"));
  }

  @Test
  void dayOfAScheduleInAnotherOffsetIsTheUtcDay() {
    assertThat(ranges(Map.of("scheduledTime", "2020-05-04T01:00:00+02:00", "lookbackDays", 1)))
        .containsExactly(TimeRange.parse("2020-05-02T00:00:00Z", "2020-05-03T00:00:00Z"));
  }

  @Test
  void startOfTheExecutionCountsWhereNoScheduleSays() {
    Map<String, Object> plan =
        function.handleRequest(
            Map.of(
                "executionStart", "2020-03-01T00:30:00.123Z", "input", Map.of("lookbackDays", 1)),
            null);

    assertThat(ranges(plan, "ranges"))
        .containsExactly(TimeRange.parse("2020-02-29T00:00:00Z", "2020-03-01T00:00:00Z"));
  }

  @Test
  void rangesGoOverMonthAndYearEndsAndLeapDays() {
    assertThat(
            ranges(
                Map.of(
                    "scheduledTime",
                    "2020-03-02T02:00:00Z",
                    "lookbackDays",
                    4,
                    "maxPartitionsPerQuery",
                    24)))
        .containsExactly(
            TimeRange.parse("2020-02-27T00:00:00Z", "2020-02-28T00:00:00Z"),
            TimeRange.parse("2020-02-28T00:00:00Z", "2020-02-29T00:00:00Z"),
            TimeRange.parse("2020-02-29T00:00:00Z", "2020-03-01T00:00:00Z"),
            TimeRange.parse("2020-03-01T00:00:00Z", "2020-03-02T00:00:00Z"));
    assertThat(ranges(Map.of("scheduledTime", "2021-01-20T02:00:00Z", "lookbackDays", 31)))
        .hasSize(8)
        .first()
        .isEqualTo(TimeRange.parse("2020-12-20T00:00:00Z", "2020-12-24T00:00:00Z"));
  }

  @Test
  void anySplitCoversTheSpanWithoutGapOrOverlap() {
    TimeRange span = TimeRange.parse("2019-12-20T00:00:00Z", "2020-03-10T00:00:00Z");
    for (int hours = 1; hours <= 100; hours++) {
      Instant next = span.start();
      for (TimeRange range : span.split(hours)) {
        assertThat(range.start()).isEqualTo(next);
        assertThat(range.hours()).isBetween(1L, (long) hours);
        next = range.end();
      }
      assertThat(next).isEqualTo(span.end());
    }
  }

  @Test
  void backfillFromADayGoesUpToTheDayOfTheRun() {
    List<TimeRange> ranges =
        ranges(Map.of("scheduledTime", "2021-03-01T02:00:00Z", "year", 2020, "month", 1, "day", 1));

    assertThat(ranges).hasSizeGreaterThan(50);
    assertThat(ranges.getFirst().start()).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(ranges.getLast().end()).isEqualTo("2021-03-01T00:00:00Z");
  }

  @Test
  void planOfThreeYearsFitsIntoAState() {
    Map<String, Object> plan =
        function.handleRequest(
            Map.of(
                "scheduledTime",
                "2021-03-01T02:00:00Z",
                "lookbackDays",
                1096,
                "maxPartitionsPerQuery",
                96),
            null);

    assertThat(plan.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(200 * 1024);
  }

  @Test
  void queryHasAParameterForEachOfItsMarks() {
    Map<String, Object> plan =
        function.handleRequest(Map.of("scheduledTime", "2020-01-01T02:00:00Z"), null);
    String query = text(plan, "query");

    assertThat(query)
        .startsWith("INSERT INTO minutes")
        .doesNotContain("--")
        .doesNotContain(":range");
    List<String> parameters = parameters(plan);
    assertThat(parameters).hasSize((int) query.chars().filter(c -> c == '?').count());
    assertThat(parameters.get(0)).isEqualTo("" + instant("2019-12-29T23:00:00Z"));
    assertThat(parameters.get(1)).isEqualTo("" + instant("2020-01-01T00:00:00Z"));
    assertThat(parameters.subList(2, 9))
        .containsExactly("'2019'", "'2019'", "'12'", "'12'", "'29'", "'29'", "'22'");
    assertThat(parameters.subList(9, 16))
        .containsExactly("'2020'", "'2020'", "'01'", "'01'", "'03'", "'03'", "'00'");
    assertThat(parameters.getLast()).isEqualTo("" + instant("2019-12-30T00:00:00Z"));
  }

  @Test
  void badInputIsRefusedByName() {
    assertRefused(Map.of(), "executionStart");
    assertRefused(Map.of("scheduledTime", "yesterday"), "2020-05-01T02:00:00Z");
    assertRefused(Map.of("scheduledTime", 5), "scheduledTime");
    assertRefused(
        Map.of("scheduledTime", "2020-05-04T02:00:00Z", "lookbackDays", 0), "lookbackDays");
    assertRefused(
        Map.of("scheduledTime", "2020-05-04T02:00:00Z", "lookbackDays", 1.5), "lookbackDays");
    assertRefused(
        Map.of("scheduledTime", "2020-05-04T02:00:00Z", "maxPartitionsPerQuery", 0),
        "maxPartitionsPerQuery");
    assertRefused(
        Map.of("scheduledTime", "2020-05-04T02:00:00Z", "year", 2020, "month", 2, "day", 30),
        "day");
    assertRefused(
        Map.of("scheduledTime", "2020-05-04T02:00:00Z", "year", 2020, "month", 2),
        "day is missing");
    assertRefused(
        Map.of("scheduledTime", "2020-05-04T02:00:00Z", "year", 2020, "month", 5, "day", 4),
        "first day");
  }

  @Test
  void missingOrWrongSettingIsNamed() {
    assertThatThrownBy(() ->
            new PlanRanges(new Settings(Map.of("LOOKBACK_DAYS", "many")::get))
                .handleRequest(Map.of("scheduledTime", "2020-05-04T02:00:00Z"), null))
        .hasMessageContaining("MAX_PARTITIONS_PER_QUERY");
    assertThatThrownBy(() -> new Settings(Map.of("LOOKBACK_DAYS", "many")::get).lookbackDays())
        .hasMessageContaining("LOOKBACK_DAYS");
    assertThatThrownBy(() ->
            new Settings(Map.of("MAX_PARTITIONS_PER_QUERY", "101")::get).maxPartitionsPerQuery())
        .hasMessageContaining("1 to 100");
  }

  private void assertRefused(Map<String, Object> input, String named) {
    assertThatThrownBy(() -> function.handleRequest(input, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  private List<TimeRange> ranges(Map<String, Object> input) {
    return ranges(function.handleRequest(input, null), "ranges");
  }

  private static List<TimeRange> ranges(Map<String, Object> plan, String name) {
    return maps(plan, name).stream()
        .map(range -> TimeRange.parse(text(range, "start"), text(range, "end")))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Map<String, Object> plan, String name) {
    return requireNonNull((List<Map<String, Object>>) plan.get(name));
  }

  @SuppressWarnings("unchecked")
  private static List<String> parameters(Map<String, Object> plan) {
    return requireNonNull((List<String>) maps(plan, "ranges").getFirst().get("parameters"));
  }

  private static String text(Map<String, Object> object, String name) {
    return (String) requireNonNull(object.get(name));
  }

  private static long instant(String text) {
    return Instant.parse(text).getEpochSecond();
  }
}
