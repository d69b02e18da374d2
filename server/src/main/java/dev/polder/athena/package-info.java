/// Amazon Athena: queries over the tables of the Glue Data Catalog, their results and their
/// lifecycle, work groups, named queries and prepared statements.
///
/// The SQL is Athena's (engine version 3): Trino's grammar for queries and HiveQL's for
/// definitions. It is parsed, resolved and translated by [dev.polder.athena.sql] and run by an
/// [dev.polder.athena.engine.SqlEngine].
@NullMarked
package dev.polder.athena;

import org.jspecify.annotations.NullMarked;
