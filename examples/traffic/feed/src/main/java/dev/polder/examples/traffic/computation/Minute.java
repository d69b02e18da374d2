package dev.polder.examples.traffic.computation;

import org.jspecify.annotations.Nullable;

/// A row of the target table: one place in one minute.
///
/// @param uniqueId the largest id of the lanes that measured
/// @param recordTimestamp the start of the minute, seconds since 1970
/// @param currentSpeed mean over the lanes of the mean over the vehicle classes, km/h; null when
///   nothing passed
/// @param bezettingsgraad mean occupancy of the lanes in percent, rounded
/// @param previousSpeed speed of the place's row before, if it is at most an hour old
/// @param trafficJamIndicator 1 at an average over three minutes of up to 40 km/h, 0 up to 250,
///   else -1
/// @param trafficJamIndicatorLong the same of the average over twenty minutes
/// @param speedDiffIndicator 1 at a rise of 20 km/h or more, -1 at such a fall, else 0
/// @param avgSpeed3Minutes mean speed of this minute and the two before; null when nothing passed
///   in them
/// @param avgSpeed20Minutes mean speed of this minute and the nineteen before
public record Minute(
    int uniqueId,
    long recordTimestamp,
    @Nullable Double currentSpeed,
    int bezettingsgraad,
    @Nullable Double previousSpeed,
    int trafficJamIndicator,
    int trafficJamIndicatorLong,
    int trafficIntensityClass2,
    int trafficIntensityClass3,
    int trafficIntensityClass4,
    int trafficIntensityClass5,
    int speedDiffIndicator,
    @Nullable Double avgSpeed3Minutes,
    @Nullable Double avgSpeed20Minutes) {}
