/// The demo: lands the simulated feed in a deployed stack's lake, runs a state machine over it,
/// shows the answers, and checks every row against a computation of its own. A client of the public
/// APIs only.
@NullMarked
package dev.polder.examples.traffic.demo;

import org.jspecify.annotations.NullMarked;
