/// The one port of the process: routes requests to services, reads and writes the protocols of AWS
/// and authenticates. Knows no service.
///
/// A request comes to [Gateway], which finds its operation by the [Router] and handles it as an
/// [Exchange]. Callers in this process come by [Front], whose [ClientHandler]s do to a call what
/// the wire would have done, or, where they speak HTTP, by [InProcess].
@NullMarked
package dev.polder.gateway;

import org.jspecify.annotations.NullMarked;
