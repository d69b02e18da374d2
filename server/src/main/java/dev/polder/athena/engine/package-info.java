/// The port behind which a SQL engine runs translated statements, and embedded DuckDB behind it.
@NullMarked
package dev.polder.athena.engine;

import org.jspecify.annotations.NullMarked;
