/// Tracing by OpenTelemetry: spans are recorded by its SDK, kept in memory for the X-Ray API, and
/// exported by OTLP where that is configured.
@NullMarked
package dev.polder.telemetry;

import org.jspecify.annotations.NullMarked;
