package dev.polder.examples.traffic.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
  private static final long ARRIVAL = Instant.parse("2020-04-30T15:58:21Z").getEpochSecond();

  @Test
  void pointBecomesAnEventWithAllItsFields() throws FeedException {
    Event event = accepted(Points.point("", ""));

    assertThat(event.text(Field.BESCHRIJVENDE_ID)).isEqualTo("H77L10");
    assertThat(event.number(Field.UNIEKE_ID)).isEqualTo(7);
    assertThat(event.number(Field.LVE_NR)).isEqualTo(3);
    assertThat(event.text(Field.TIJD_LAATST_GEWIJZIGD)).isEqualTo("2020-04-30T16:57:14+01:00");
    assertThat(event.number(Field.intensity(5))).isEqualTo(2);
    assertThat(event.number(Field.arithmeticSpeed(5))).isEqualTo(87);
    assertThat(event.number(Field.harmonicSpeed(1))).isEqualTo(252);
    assertThat(event.number(Field.REKENDATA_ONRUSTIGHEID)).isEqualTo(36);
  }

  @Test
  void timeOfMeasuringIsTheInstantThatItsOffsetSays() throws FeedException {
    assertThat(accepted(Points.point("", "")).number(Field.TIJD_WAARNEMING))
        .isEqualTo((int) Instant.parse("2020-04-30T15:56:00Z").getEpochSecond());
    assertThat(accepted(Points.point("16:56:00+01:00", "15:56:00Z")).number(Field.TIJD_WAARNEMING))
        .isEqualTo((int) Instant.parse("2020-04-30T15:56:00Z").getEpochSecond());
    assertThat(
            accepted(Points.point("16:56:00+01:00", "16:56:00.25+01:00"))
                .number(Field.TIJD_WAARNEMING))
        .isEqualTo((int) Instant.parse("2020-04-30T15:56:00Z").getEpochSecond());
  }

  @Test
  void documentSaysWhenItWasPublished() throws FeedException {
    try (FeedReader reader = open(Points.document(Points.point("", "")))) {
      assertThat(reader.next(new RawEvent())).isTrue();
      assertThat(reader.published()).isEqualTo("2020-04-30T15:58:21.450Z");
    }
  }

  @Test
  void elementsThatTheFeedMayGainArePassedOver() throws FeedException {
    String more = "<lve_nr>3</lve_nr><weer><temperatuur>12</temperatuur><defect>9</defect></weer>";

    assertThat(
            verdicts(
                Points.document("<nieuws>x</nieuws>", Points.point("<lve_nr>3</lve_nr>", more))))
        .singleElement()
        .isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void eachFaultIsRefusedByNameAndTheOthersAreRead() throws FeedException {
    assertRefused("<lve_nr>3</lve_nr>", "", "MissingField", "lve_nr");
    assertRefused("<defect>0</defect>", "<defect/>", "MissingField", "defect");
    assertRefused(" unieke_id=\"7\"", "", "MissingField", "unieke_id");
    assertRefused("2020-04-30T16:56:00+01:00", "onbekend", "WrongType", "onbekend");
    assertRefused(
        "2020-04-30T16:56:00+01:00", "2020-02-30T16:56:00+01:00", "WrongType", "2020-02-30");
    assertRefused(
        "2020-04-30T16:56:00+01:00", "2020-04-30T16:56:00", "WrongType", "tijd_waarneming");
    assertRefused(
        "2020-04-30T16:56:00+01:00",
        "2020-04-30T18:56:00+01:00",
        "OutOfRange",
        "after the arrival");
    assertRefused(
        "2020-04-30T16:56:00+01:00", "1960-04-30T16:56:00+01:00", "OutOfRange", "tijd_waarneming");
    assertRefused("<lve_nr>3<", "<lve_nr>drie<", "WrongType", "drie");
    assertRefused("<lve_nr>3<", "<lve_nr>99999999999<", "OutOfRange", "lve_nr");
    assertRefused("<lve_nr>3<", "<lve_nr>-<", "WrongType", "lve_nr");
    assertRefused(">87<", ">999<", "OutOfRange", "voertuigsnelheid_rekenkundig_klasse5");
    assertRefused(">87<", ">86.5<", "WrongType", "86.5");
    assertRefused("klasse_id=\"4\"", "klasse_id=\"6\"", "MissingField", "klasse4");
  }

  @Test
  void documentThatBreaksOffGivesWhatCameBeforeAndNamesThePlace() {
    String document = Points.document(Points.point("", ""), Points.point("", ""));
    List<Verdict> read = new ArrayList<>();

    assertThatThrownBy(() -> read(document.substring(0, document.length() - 200), read))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("Line 78")
        .hasMessageContaining("breaks off");
    assertThat(read).hasSize(1);
  }

  @Test
  void documentTypeDeclarationIsRefused() {
    String bomb =
        "<!DOCTYPE miv [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><miv><meetpunt>&b;</meetpunt></miv>";
    assertThatThrownBy(() -> verdicts(bomb)).isInstanceOf(FeedException.class);
    String file = "<!DOCTYPE miv SYSTEM \"file:///etc/passwd\"><miv/>";
    assertThatThrownBy(() -> verdicts(file))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("document type");
  }

  @Test
  void whatIsNoFeedIsRefused() {
    assertThatThrownBy(() -> verdicts("<html><body/></html>")).hasMessageContaining("miv");
    assertThatThrownBy(() -> verdicts("{\"a\": 1}")).isInstanceOf(FeedException.class);
    assertThatThrownBy(() -> verdicts("")).isInstanceOf(FeedException.class);
    assertThatThrownBy(() -> verdicts("<miv>" + "<a>".repeat(50))).hasMessageContaining("nested");
  }

  @Test
  void endlessTextOfAFieldIsCut() throws FeedException {
    List<Verdict> verdicts =
        verdicts(Points.document(Points.point("<lve_nr>3", "<lve_nr>" + "1".repeat(1 << 20))));

    assertThat(verdicts).singleElement().isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whatTheWriterWritesIsReadAgain() throws FeedException {
    Event event = accepted(Points.point("<bezettingsgraad>4<", "<bezettingsgraad>-1<"));
    FeedWriter writer = new FeedWriter();
    for (int i = 0; i < 2; i++) {
      writer.start(ARRIVAL);
      writer.point(event, null);
      writer.point(event, Damage.NO_LOCATION);
      try (FeedReader reader = new FeedReader(writer.end())) {
        RawEvent raw = new RawEvent();
        assertThat(reader.next(raw)).isTrue();
        assertThat(EventCheck.check(raw, ARRIVAL)).isEqualTo(new Verdict.Accepted(event));
        assertThat(reader.published()).isEqualTo(Instant.ofEpochSecond(ARRIVAL));
        assertThat(reader.next(raw)).isTrue();
        assertThat(EventCheck.check(raw, ARRIVAL)).isInstanceOf(Verdict.Refused.class);
        assertThat(reader.next(raw)).isFalse();
      }
    }
  }

  private static void assertRefused(String from, String to, String code, String named)
      throws FeedException {
    List<Verdict> verdicts =
        verdicts(Points.document(Points.point(from, to), Points.point("", "")));

    assertThat(verdicts).hasSize(2);
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Accepted.class);
    assertThat(verdicts.get(0))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.code()).as(refused.message()).isEqualTo(code);
              assertThat(refused.message()).contains(named);
            });
  }

  private static Event accepted(String point) throws FeedException {
    return switch (verdicts(Points.document(point)).getFirst()) {
      case Verdict.Accepted accepted -> accepted.event();
      case Verdict.Refused refused -> throw new AssertionError(refused);
    };
  }

  private static List<Verdict> verdicts(String document) throws FeedException {
    List<Verdict> verdicts = new ArrayList<>();
    read(document, verdicts);
    return verdicts;
  }

  private static void read(String document, List<Verdict> verdicts) throws FeedException {
    RawEvent raw = new RawEvent();
    try (FeedReader reader = open(document)) {
      while (reader.next(raw)) {
        verdicts.add(EventCheck.check(raw, ARRIVAL));
      }
    }
  }

  private static FeedReader open(String document) throws FeedException {
    return new FeedReader(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }
}
