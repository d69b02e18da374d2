/// The traffic feed of the Flemish roads: its documents (XML), its events (JSON), and what makes an
/// event acceptable.
///
/// The feed publishes one document a minute with the latest measurement of every point (a detector
/// in one lane). Each measurement is one event; its fields are the columns of the table that the
/// events are landed in.
@NullMarked
package dev.polder.examples.traffic.feed;

import org.jspecify.annotations.NullMarked;
