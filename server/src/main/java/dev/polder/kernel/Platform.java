package dev.polder.kernel;

import dev.polder.kernel.time.Time;
import dev.polder.kernel.trace.Tracer;
import dev.polder.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;

/// What a service is built on.
///
/// @param store durable state of the whole process; each service keeps to keys that begin with its
///   own name
/// @param time the one clock and its timers
/// @param lake objects as files
/// @param clients the other services, by SDK interface
/// @param calls the other services, by name and JSON
/// @param data the data directory; a service uses the folder of its own name in it
/// @param endpoint where this server answers; known once the port is open
/// @param tracer of requests and calls
public record Platform(
    Store store,
    Time time,
    Ids ids,
    Events events,
    Lake lake,
    Clients clients,
    ServiceCalls calls,
    Path data,
    Supplier<URI> endpoint,
    Tracer tracer) {

  /// A platform on which nothing is traced.
  public Platform(
      Store store,
      Time time,
      Ids ids,
      Events events,
      Lake lake,
      Clients clients,
      ServiceCalls calls,
      Path data,
      Supplier<URI> endpoint) {
    this(store, time, ids, events, lake, clients, calls, data, endpoint, Tracer.NONE);
  }
}
