package dev.polder.examples.traffic.computation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sums of whole numbers over the rows of one place name and UTC day, as `sql/fingerprint.sql`
/// takes them from the table.
///
/// @param uniqueId the place name
/// @param day year * 10000 + month * 100 + day
/// @param sums the minutes, the weights, and the weighted sum of each column, in the order of the
///   query
public record Fingerprint(int uniqueId, int day, List<Long> sums) {
  /// How many sums there are.
  public static final int SUMS = 9;

  public Fingerprint {
    sums = List.copyOf(sums);
  }

  /// Takes in the rows of one fingerprint.
  public static final class Builder {
    private final long[] sums = new long[SUMS];

    /// Adds a row.
    public void add(Minute row) {
      long weight = row.recordTimestamp() % 86400 + 60;
      sums[0]++;
      sums[1] += weight;
      sums[2] += weight * thousandths(row.currentSpeed());
      sums[3] += weight * row.bezettingsgraad();
      sums[4] += weight * thousandths(row.previousSpeed());
      sums[5] +=
          weight
              * (row.trafficJamIndicator()
                  + 3 * row.trafficJamIndicatorLong()
                  + 9 * row.speedDiffIndicator());
      sums[6] +=
          weight
              * (row.trafficIntensityClass2()
                  + 100L * row.trafficIntensityClass3()
                  + 10_000L * row.trafficIntensityClass4()
                  + 1_000_000L * row.trafficIntensityClass5());
      sums[7] += weight * thousandths(row.avgSpeed3Minutes());
      sums[8] += weight * thousandths(row.avgSpeed20Minutes());
    }

    /// The sums so far.
    public Fingerprint build(int uniqueId, int day) {
      return new Fingerprint(uniqueId, day, Arrays.stream(sums).boxed().toList());
    }

    private static long thousandths(@Nullable Double number) {
      return number == null ? -1 : Math.round(number * 1000);
    }
  }

  /// The day of a row, as year * 10000 + month * 100 + day.
  public static int day(Minute row) {
    LocalDate date =
        LocalDate.ofInstant(Instant.ofEpochSecond(row.recordTimestamp()), ZoneOffset.UTC);
    return date.getYear() * 10000 + date.getMonthValue() * 100 + date.getDayOfMonth();
  }
}
