/// The server as its users meet it: a process, a port, real clients.
@NullMarked
package dev.polder.conformance;

import org.jspecify.annotations.NullMarked;
