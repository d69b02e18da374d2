/// The words that every part of Polder uses: names, JSON, identifiers, events and the ports between
/// services.
///
/// Nothing here knows an AWS SDK type, a file layout or an engine, and of HTTP only [LocalHttp], in
/// the JDK's own types.
///
/// A [Service] is built on a [Platform], for a [Scope]; [Clients] and [ServiceCalls] are how
/// services reach each other, [Events] how they hear of each other. [Lake] is the port to objects
/// as files.
@NullMarked
package dev.polder.kernel;

import org.jspecify.annotations.NullMarked;
