package dev.polder.examples.traffic.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  private static final long ARRIVAL = 1_588_065_200;

  @Test
  void numbersMayBeStringsOrNumbers() {
    Event event = sample();
    String asStrings = EventJson.text(event);
    String asNumbers =
        asStrings.replaceAll("\"(voertuigsnelheid_\\w+|unieke_id)\":\"(\\d+)\"", "\"$1\":$2");

    assertThat(asNumbers).isNotEqualTo(asStrings).contains("\"unieke_id\":50");
    assertThat(check(asStrings)).isEqualTo(new Verdict.Accepted(event));
    assertThat(check(asNumbers)).isEqualTo(new Verdict.Accepted(event));
  }

  @Test
  void eventHasTheKeysOfTheStreamInTheirOrder() {
    assertThat(EventJson.text(sample()))
        .startsWith(
            "{\"beschrijvende_id\":\"H101L20\",\"unieke_id\":\"50\",\"lve_nr\":\"18\",\"tijd_waarneming\":1588065065,")
        .endsWith(
            "\"rekendata_bezettingsgraad\":\"6\",\"rekendata_beschikbaarheidsgraad\":\"100\","
                + "\"rekendata_onrustigheid\":\"86\"}");
  }

  @Test
  void keysThatTheTableLacksArePassedOver() {
    String more = EventJson.text(sample()).replaceFirst("\\{", "{\"extra\":{\"a\":[1,2]},");

    assertThat(check(more)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void whatIsNoEventIsRefusedWithItsReason() {
    String event = EventJson.text(sample());
    assertRefused("", "MalformedEvent");
    assertRefused("[]", "MalformedEvent");
    assertRefused("{\"unieke_id\": ", "MalformedEvent");
    assertRefused(event.substring(0, 300), "MalformedEvent");
    assertRefused(event + event, "MalformedEvent");
    assertRefused("{}", "MissingField");
    assertRefused(event.replace("\"50\"", "null"), "MissingField");
    assertRefused(event.replace("\"50\"", "[50]"), "WrongType");
    assertRefused(event.replace("\"50\"", "true"), "WrongType");
    assertRefused(event.replace("\"50\"", "50.5"), "WrongType");
    assertRefused(event.replace("1588065065", "1588065065000"), "OutOfRange");
    assertRefused("[".repeat(100_000), "MalformedEvent");
  }

  static Event sample() {
    Event.Builder event = new Event.Builder();
    for (Field field : Field.ALL) {
      if (field.isNumber()) {
        event.set(field, Math.max(0, field.min()));
      }
    }
    for (int vehicleClass = 1; vehicleClass <= Field.CLASSES; vehicleClass++) {
      event.set(Field.harmonicSpeed(vehicleClass), 252);
    }
    return event
        .set(Field.BESCHRIJVENDE_ID, "H101L20")
        .set(Field.UNIEKE_ID, 50)
        .set(Field.LVE_NR, 18)
        .set(Field.TIJD_WAARNEMING, 1588065065)
        .set(Field.TIJD_LAATST_GEWIJZIGD, "2020-04-28T10:11:20+01:00")
        .set(Field.ACTUEEL_PUBLICATIE, "1")
        .set(Field.BESCHIKBAAR, 1)
        .set(Field.intensity(5), 5)
        .set(Field.arithmeticSpeed(5), 86)
        .set(Field.harmonicSpeed(5), 86)
        .set(Field.REKENDATA_BEZETTINGSGRAAD, 6)
        .set(Field.REKENDATA_BESCHIKBAARHEIDSGRAAD, 100)
        .set(Field.REKENDATA_ONRUSTIGHEID, 86)
        .build();
  }

  private static Verdict check(String text) {
    RawEvent raw = new RawEvent();
    Optional<Verdict.Refused> malformed = EventJson.read(text, raw);
    return malformed.isPresent() ? malformed.get() : EventCheck.check(raw, ARRIVAL);
  }

  private static void assertRefused(String text, String code) {
    assertThat(check(text))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
