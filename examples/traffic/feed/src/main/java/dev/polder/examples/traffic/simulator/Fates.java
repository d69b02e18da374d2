package dev.polder.examples.traffic.simulator;

import dev.polder.examples.traffic.feed.Damage;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Decides the fate of each measurement. Misfortunes are drawn for a point and an hour, at most one
/// of a kind, so that the late and repeated ones of any minute are found without looking at every
/// minute before it.
final class Fates {
  private static final int TOPIC_HOUR = 21;
  private static final int TOPIC_SILENCE = 22;
  private static final int TOPIC_DEFECT = 23;
  private static final int TOPIC_KIND = 24;
  private static final List<Damage> DAMAGES = List.of(Damage.values());

  private final Dice dice;

  Fates(Dice dice) {
    this.dice = dice;
  }

  /// @return the fate of the measurement; null if the point was silent in that minute
  @Nullable Fate of(int point, long minute) {
    if (isSilent(point, minute)) {
      return null;
    }
    long bits = dice.bits(TOPIC_HOUR, point, Math.floorDiv(minute, 60L));
    int ofHour = (int) Math.floorMod(minute, 60L);
    boolean late = ofHour == lateMinute(bits);
    boolean repeated = ofHour == repeatedMinute(bits);
    boolean damaged = ofHour == damagedMinute(bits);
    if (!late && !repeated && !damaged) {
      return Fate.PLAIN;
    }
    long kind = dice.bits(TOPIC_KIND, point, minute);
    int delay = late ? 2 + Dice.below(kind, 0, Fate.LONGEST_DELAY - 1) : 1;
    Damage damage = damaged ? DAMAGES.get(Dice.below(kind, 1, DAMAGES.size())) : null;
    int repeat =
        repeated && !damaged ? delay + 1 + Dice.below(kind, 2, Fate.LONGEST_DELAY - delay + 1) : 0;
    return new Fate(delay, damage, Math.min(repeat, Fate.LONGEST_DELAY), Dice.part(kind, 3) < 0.3);
  }

  /// The minutes of the hour whose measurements are published late or twice: at most two.
  ///
  /// @param visitor is told each minute (since 1970) once
  void unpunctual(int point, long hour, LongConsumer visitor) {
    long bits = dice.bits(TOPIC_HOUR, point, hour);
    int late = lateMinute(bits);
    int repeated = repeatedMinute(bits);
    if (late >= 0) {
      visitor.accept(hour * 60 + late);
    }
    if (repeated >= 0 && repeated != late) {
      visitor.accept(hour * 60 + repeated);
    }
  }

  /// Whether the detector is broken in that minute: for hours on end, on few days.
  boolean isDefect(int point, long minute) {
    long bits = dice.bits(TOPIC_DEFECT, point, Math.floorDiv(minute, 1440L));
    return Dice.part(bits, 0) < 0.025 && isWithin(bits, minute, 120, 900);
  }

  /// Whether the point says nothing in that minute: a gap of minutes or hours, on some days.
  private boolean isSilent(int point, long minute) {
    long bits = dice.bits(TOPIC_SILENCE, point, Math.floorDiv(minute, 1440L));
    return Dice.part(bits, 0) < 0.03 && isWithin(bits, minute, 5, 175);
  }

  private static boolean isWithin(long bits, long minute, int shortest, int spread) {
    int start = Dice.below(bits, 1, 1440);
    int length = shortest + Dice.below(bits, 2, spread);
    int ofDay = (int) Math.floorMod(minute, 1440L);
    return ofDay >= start && ofDay < start + length;
  }

  private static int lateMinute(long bits) {
    return Dice.part(bits, 0) < 0.12 ? Dice.below(bits >>> 4, 0, 60) : -1;
  }

  private static int repeatedMinute(long bits) {
    return Dice.part(bits, 1) < 0.2 ? Dice.below(bits >>> 4, 1, 60) : -1;
  }

  private static int damagedMinute(long bits) {
    return Dice.part(bits, 2) < 0.01 ? Dice.below(bits, 3, 60) : -1;
  }
}
