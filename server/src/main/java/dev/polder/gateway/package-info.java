/// The one port of the process: routes requests to services, reads and writes the protocols of AWS
/// and authenticates. Knows no service.
@NullMarked
package dev.polder.gateway;

import org.jspecify.annotations.NullMarked;
