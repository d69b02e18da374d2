package dev.polder.examples.traffic.simulator;

import dev.polder.examples.traffic.feed.Damage;
import dev.polder.examples.traffic.feed.Event;
import org.jspecify.annotations.Nullable;

/// One event as it is published.
///
/// @param event what was measured
/// @param damage how it was spoiled on the way; null if it arrives whole
/// @param arrival the minute (since 1970) of the document that carries it
/// @param repeats whether an event of the same point and moment was published before
public record Delivery(Event event, @Nullable Damage damage, long arrival, boolean repeats) {}
