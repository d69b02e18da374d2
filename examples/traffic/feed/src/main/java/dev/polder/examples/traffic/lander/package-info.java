/// Lands events in the lake as a Firehose stream with format conversion does: by time of arrival,
/// as Parquet, with what cannot be converted beside it under `errors/` and the reason with it.
@NullMarked
package dev.polder.examples.traffic.lander;

import org.jspecify.annotations.NullMarked;
