package dev.polder.examples.traffic.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field of an event: a key of its JSON and, in this order, a column of the landed table.
///
/// Whole numbers have bounds outside which no detector measures; an event that exceeds them is
/// refused.
public enum Field {
  BESCHRIJVENDE_ID,
  UNIEKE_ID(0, Integer.MAX_VALUE),
  LVE_NR(0, Integer.MAX_VALUE),
  /// When it was measured: seconds since 1970 in JSON and in the table, ISO 8601 with offset in the
  /// XML.
  TIJD_WAARNEMING(0, Integer.MAX_VALUE),
  TIJD_LAATST_GEWIJZIGD,
  ACTUEEL_PUBLICATIE,
  BESCHIKBAAR(0, 1),
  DEFECT(0, 1),
  GELDIG(0, 1),
  VERKEERSINTENSITEIT_KLASSE1(0, 1000),
  VOERTUIGSNELHEID_REKENKUNDIG_KLASSE1(0, 255),
  VOERTUIGSNELHEID_HARMONISCH_KLASSE1(0, 255),
  VERKEERSINTENSITEIT_KLASSE2(0, 1000),
  VOERTUIGSNELHEID_REKENKUNDIG_KLASSE2(0, 255),
  VOERTUIGSNELHEID_HARMONISCH_KLASSE2(0, 255),
  VERKEERSINTENSITEIT_KLASSE3(0, 1000),
  VOERTUIGSNELHEID_REKENKUNDIG_KLASSE3(0, 255),
  VOERTUIGSNELHEID_HARMONISCH_KLASSE3(0, 255),
  VERKEERSINTENSITEIT_KLASSE4(0, 1000),
  VOERTUIGSNELHEID_REKENKUNDIG_KLASSE4(0, 255),
  VOERTUIGSNELHEID_HARMONISCH_KLASSE4(0, 255),
  VERKEERSINTENSITEIT_KLASSE5(0, 1000),
  VOERTUIGSNELHEID_REKENKUNDIG_KLASSE5(0, 255),
  VOERTUIGSNELHEID_HARMONISCH_KLASSE5(0, 255),
  REKENDATA_BEZETTINGSGRAAD(-1, 100),
  REKENDATA_BESCHIKBAARHEIDSGRAAD(-1, 100),
  REKENDATA_ONRUSTIGHEID(-1, 1000);

  /// All fields in the order of the table's columns.
  public static final List<Field> ALL = List.of(values());

  /// Vehicle classes are numbered 1 to 5: motorcycles, cars, vans, trucks, articulated trucks.
  public static final int CLASSES = 5;

  private static final Map<String, Field> BY_KEY = byKey();

  private final String key;
  private final boolean number;
  private final int min;
  private final int max;

  Field() {
    this(false, 0, 0);
  }

  Field(int min, int max) {
    this(true, min, max);
  }

  Field(boolean number, int min, int max) {
    this.key = name().toLowerCase(Locale.ROOT);
    this.number = number;
    this.min = min;
    this.max = max;
  }

  /// The key in JSON and the name of the column.
  public String key() {
    return key;
  }

  /// Whether the value is a whole number; otherwise it is text.
  public boolean isNumber() {
    return number;
  }

  /// The least plausible number.
  public int min() {
    return min;
  }

  /// The greatest plausible number.
  public int max() {
    return max;
  }

  /// How many vehicles of the class (1 to 5) passed in the minute.
  public static Field intensity(int vehicleClass) {
    return ALL.get(VERKEERSINTENSITEIT_KLASSE1.ordinal() + 3 * (vehicleClass - 1));
  }

  /// The arithmetic mean of their speeds, km/h.
  public static Field arithmeticSpeed(int vehicleClass) {
    return ALL.get(VOERTUIGSNELHEID_REKENKUNDIG_KLASSE1.ordinal() + 3 * (vehicleClass - 1));
  }

  /// The harmonic mean of their speeds, km/h; 252 where nothing passed.
  public static Field harmonicSpeed(int vehicleClass) {
    return ALL.get(VOERTUIGSNELHEID_HARMONISCH_KLASSE1.ordinal() + 3 * (vehicleClass - 1));
  }

  /// The field with that key, or null if the feed has no such field.
  public static @Nullable Field of(String key) {
    return BY_KEY.get(key);
  }

  private static Map<String, Field> byKey() {
    Map<String, Field> fields = new HashMap<>();
    for (Field field : values()) {
      fields.put(field.key, field);
    }
    return fields;
  }
}
