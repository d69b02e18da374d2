package dev.polder.examples.traffic.feed;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes documents of the feed, one after another into the same memory, without the indentation of
/// the original.
public final class FeedWriter {
  private static final byte[] TAIL = ascii("</miv>\n");

  private byte[] document = new byte[1 << 16];
  private int length;

  /// Begins a document.
  ///
  /// @param published when it is published, seconds since 1970
  public void start(long published) {
    length = 0;
    put("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    put("<miv xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    put(
        " xsi:noNamespaceSchemaLocation=\"http://miv.opendata.belfla.be/miv-verkeersdata.xsd\" schemaVersion=\"1.0.0\">");
    time("tijd_publicatie", published);
    put(
        "<tijd_laatste_config_wijziging>2019-12-05T10:26:49+01:00</tijd_laatste_config_wijziging>\n");
  }

  /// Writes one point.
  ///
  /// @param damage what is wrong with it; null if nothing is
  public void point(Event event, @Nullable Damage damage) {
    put("<meetpunt beschrijvende_id=\"");
    put(event.text(Field.BESCHRIJVENDE_ID));
    put("\" unieke_id=\"");
    put(event.number(Field.UNIEKE_ID));
    put("\">");
    if (damage != Damage.NO_LOCATION) {
      number("lve_nr", event.number(Field.LVE_NR));
    }
    if (damage == Damage.TIME_IS_TEXT) {
      put("<tijd_waarneming>onbekend</tijd_waarneming>");
    } else {
      time("tijd_waarneming", event.number(Field.TIJD_WAARNEMING));
    }
    text("tijd_laatst_gewijzigd", event.text(Field.TIJD_LAATST_GEWIJZIGD));
    text("actueel_publicatie", event.text(Field.ACTUEEL_PUBLICATIE));
    number("beschikbaar", event.number(Field.BESCHIKBAAR));
    number("defect", event.number(Field.DEFECT));
    number("geldig", event.number(Field.GELDIG));
    classes(event, damage);
    put("<rekendata>");
    number("bezettingsgraad", event.number(Field.REKENDATA_BEZETTINGSGRAAD));
    number("beschikbaarheidsgraad", event.number(Field.REKENDATA_BESCHIKBAARHEIDSGRAAD));
    number("onrustigheid", event.number(Field.REKENDATA_ONRUSTIGHEID));
    put("</rekendata></meetpunt>\n");
  }

  private void classes(Event event, @Nullable Damage damage) {
    for (int vehicleClass = 1; vehicleClass <= Field.CLASSES; vehicleClass++) {
      put("<meetdata klasse_id=\"");
      put(vehicleClass);
      put("\">");
      boolean empty = damage == Damage.EMPTY_INTENSITY && vehicleClass == 2;
      text(
          "verkeersintensiteit",
          empty ? "" : Integer.toString(event.number(Field.intensity(vehicleClass))));
      boolean fast = damage == Damage.IMPLAUSIBLE_SPEED && vehicleClass == 2;
      number(
          "voertuigsnelheid_rekenkundig",
          fast ? 999 : event.number(Field.arithmeticSpeed(vehicleClass)));
      number("voertuigsnelheid_harmonisch", event.number(Field.harmonicSpeed(vehicleClass)));
      put("</meetdata>");
    }
  }

  /// Ends the document and hands it out. The bytes are valid until the next document is started.
  ///
  /// @return the document, to be read once
  public InputStream end() {
    put(TAIL);
    return new ByteArrayInputStream(document, 0, length);
  }

  /// How long the document is so far, in bytes.
  public int length() {
    return length;
  }

  private void number(String element, int number) {
    open(element);
    put(number);
    shut(element);
  }

  private void text(String element, String text) {
    open(element);
    put(text);
    shut(element);
  }

  private void time(String element, long epochSecond) {
    open(element);
    room(32);
    length = FeedTime.write(epochSecond, document, length);
    shut(element);
  }

  private void open(String element) {
    room(1);
    document[length++] = '<';
    put(element);
    document[length++] = '>';
  }

  private void shut(String element) {
    room(2);
    document[length++] = '<';
    document[length++] = '/';
    put(element);
    document[length++] = '>';
  }

  private void put(int number) {
    if (number < 0) {
      put(Integer.toString(number));
      return;
    }
    room(10);
    int digits =
        number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : Integer.toString(number).length();
    int rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      document[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /// Every text that is written here is plain ASCII without markup: names of elements, numbers,
  /// times, ids.
  @SuppressWarnings("deprecation")
  private void put(String text) {
    room(text.length() + 1);
    text.getBytes(0, text.length(), document, length);
    length += text.length();
  }

  private void put(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, document, length, bytes.length);
    length += bytes.length;
  }

  private void room(int bytes) {
    if (length + bytes > document.length) {
      document = Arrays.copyOf(document, Math.max(document.length * 2, length + bytes));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
