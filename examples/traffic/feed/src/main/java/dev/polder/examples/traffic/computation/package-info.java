/// The target table, computed in plain Java from the events: an account of the pipeline that shares
/// no code with it.
///
/// The SQL in `sql/etl.sql` says the same. The demo and the tests hold the one against the other.
@NullMarked
package dev.polder.examples.traffic.computation;

import org.jspecify.annotations.NullMarked;
