/// A simulated road network that publishes the feed: the same seed gives the same documents, event
/// for event.
///
/// Every value is a function of the seed, the point and the minute, with no state carried from
/// minute to minute. So any minute can be asked for on its own: minutes are made in parallel, and
/// one place can be followed through all days without making the others.
@NullMarked
package dev.polder.examples.traffic.simulator;

import org.jspecify.annotations.NullMarked;
