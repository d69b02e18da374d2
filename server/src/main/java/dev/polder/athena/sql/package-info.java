/// Athena's SQL as data: parsing, name and type resolution, partition pruning conditions, and the
/// translation of queries to DuckDB's dialect.
///
/// Pure: no connection, no file, no clock, no SDK type. The discipline that keeps meaning is
/// [Typed]: each translated expression has a known Trino type and evaluates, in DuckDB, to exactly
/// the representation that [SqlType#duck()] names. What cannot be kept is refused by name with
/// [SqlFailure].
@NullMarked
package dev.polder.athena.sql;

import org.jspecify.annotations.NullMarked;
