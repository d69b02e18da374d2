package dev.polder.examples.traffic.computation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.examples.traffic.feed.Event;
import dev.polder.examples.traffic.feed.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComputationTest {
  private static final int NOON = 1_588_593_600;

  private final Computation computation = new Computation();

  @Test
  void speedOfALaneIsTheMeanOfTheClassesThatHadVehicles() {
    computation.add(
        lane(1, 0)
            .set(Field.intensity(2), 9)
            .set(Field.arithmeticSpeed(2), 100)
            .set(Field.intensity(5), 1)
            .set(Field.arithmeticSpeed(5), 85)
            .build());

    assertThat(only().currentSpeed()).isEqualTo(92.5);
  }

  @Test
  void motorcyclesAndClassesWithoutVehiclesDoNotCount() {
    computation.add(
        lane(1, 0)
            .set(Field.intensity(1), 1)
            .set(Field.arithmeticSpeed(1), 140)
            .set(Field.intensity(3), 2)
            .set(Field.arithmeticSpeed(3), 90)
            .set(Field.arithmeticSpeed(4), 250)
            .build());

    assertThat(only().currentSpeed()).isEqualTo(90);
  }

  @Test
  void lanesOfAPlaceMakeOneRow() {
    computation.add(cars(11, 0, 100).set(Field.REKENDATA_BEZETTINGSGRAAD, 4).build());
    computation.add(cars(12, 30, 61).set(Field.REKENDATA_BEZETTINGSGRAAD, 5).build());
    computation.add(lane(13, 0).set(Field.REKENDATA_BEZETTINGSGRAAD, 6).build());

    Minute row = only();
    assertThat(row.uniqueId()).isEqualTo(13);
    assertThat(row.recordTimestamp()).isEqualTo(NOON);
    assertThat(row.currentSpeed()).as("over the lanes that have one").isEqualTo(80.5);
    assertThat(row.trafficIntensityClass2()).isEqualTo(6);
    assertThat(row.bezettingsgraad()).isEqualTo(5);
  }

  @Test
  void meanOccupancyIsRoundedHalfUp() {
    computation.add(cars(1, 0, 100).set(Field.REKENDATA_BEZETTINGSGRAAD, 4).build());
    computation.add(cars(2, 0, 100).set(Field.REKENDATA_BEZETTINGSGRAAD, 5).build());

    assertThat(only().bezettingsgraad()).isEqualTo(5);
  }

  @Test
  void defectAndUncalibratedLanesAreLeftOut() {
    computation.add(cars(1, 0, 50).build());
    computation.add(cars(2, 0, 100).set(Field.DEFECT, 1).build());
    computation.add(cars(3, 0, 100).set(Field.REKENDATA_BEZETTINGSGRAAD, -1).build());

    assertThat(only().uniqueId()).isEqualTo(1);
    assertThat(only().currentSpeed()).isEqualTo(50);
  }

  @Test
  void eventOfTheSamePointAndMomentThatWasChangedLastCounts() {
    computation.add(
        cars(1, 0, 50).set(Field.TIJD_LAATST_GEWIJZIGD, "2020-05-04T13:02:00+01:00").build());
    computation.add(
        cars(1, 0, 70).set(Field.TIJD_LAATST_GEWIJZIGD, "2020-05-04T13:05:00+01:00").build());
    computation.add(
        cars(1, 0, 50).set(Field.TIJD_LAATST_GEWIJZIGD, "2020-05-04T13:02:00+01:00").build());

    assertThat(only().currentSpeed()).isEqualTo(70);
    assertThat(only().trafficIntensityClass2()).isEqualTo(3);
  }

  @Test
  void nothingPassedMeansNoSpeedAndAnUnknownJam() {
    computation.add(lane(1, 0).build());

    assertThat(only())
        .isEqualTo(new Minute(1, NOON, null, 6, null, -1, -1, 0, 0, 0, 0, 0, null, null));
  }

  @Test
  void windowsLookBackOverMinutesAndNotOverRows() {
    computation.add(cars(1, 0, 30).build());
    computation.add(cars(1, 60, 50).build());
    computation.add(cars(1, 19 * 60, 70).build());
    computation.add(cars(1, 20 * 60, 90).build());

    List<Minute> rows = computation.rows();
    assertThat(rows).extracting(Minute::avgSpeed3Minutes).containsExactly(30.0, 40.0, 70.0, 80.0);
    assertThat(rows).extracting(Minute::avgSpeed20Minutes).containsExactly(30.0, 40.0, 50.0, 70.0);
    assertThat(rows).extracting(Minute::trafficJamIndicator).containsExactly(1, 1, 0, 0);
    assertThat(rows).extracting(Minute::trafficJamIndicatorLong).containsExactly(1, 1, 0, 0);
  }

  @Test
  void previousSpeedIsAtMostAnHourOld() {
    computation.add(cars(1, 0, 30).build());
    computation.add(cars(1, 3600, 50).build());
    computation.add(cars(1, 3600 + 3660, 70).build());

    assertThat(computation.rows())
        .extracting(Minute::previousSpeed)
        .containsExactly(null, 30.0, null);
  }

  @Test
  void differencesOfTwentyAreToldToBothSides() {
    computation.add(cars(1, 0, 50).build());
    computation.add(cars(1, 60, 70).build());
    computation.add(cars(1, 120, 51).build());
    computation.add(cars(1, 180, 31).build());

    assertThat(computation.rows())
        .extracting(Minute::speedDiffIndicator)
        .containsExactly(0, 1, 0, -1);
  }

  @Test
  void thresholdsHaveNoGap() {
    computation.add(cars(1, 0, 40).build());
    computation.add(cars(2, 60, 41).build());
    computation.add(cars(2, 3600 * 2, 250).build());
    computation.add(cars(2, 3600 * 4, 251).build());

    assertThat(computation.rows())
        .extracting(Minute::trafficJamIndicator)
        .containsExactly(1, 0, 0, -1);
  }

  private Minute only() {
    assertThat(computation.rows()).hasSize(1);
    return computation.rows().getFirst();
  }

  private static Event.Builder cars(int point, int second, int speed) {
    return lane(point, second).set(Field.intensity(2), 3).set(Field.arithmeticSpeed(2), speed);
  }

  private static Event.Builder lane(int point, int second) {
    return new Event.Builder()
        .set(Field.UNIEKE_ID, point)
        .set(Field.LVE_NR, 5)
        .set(Field.TIJD_WAARNEMING, NOON + second)
        .set(Field.TIJD_LAATST_GEWIJZIGD, "2020-05-04T13:01:00+01:00")
        .set(Field.REKENDATA_BEZETTINGSGRAAD, 6);
  }
}
