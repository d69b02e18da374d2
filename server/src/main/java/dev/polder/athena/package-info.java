/// Amazon Athena: queries over the tables of the Glue Data Catalog, their results and their
/// lifecycle, work groups, named queries and prepared statements.
///
/// The SQL is Athena's (engine version 3): Trino's grammar for queries and HiveQL's for
/// definitions. It is parsed, resolved and translated by [dev.polder.athena.sql] and run by an
/// [dev.polder.athena.engine.SqlEngine].
///
/// Where is what:
/// - requests: [LocalAthena] leads to [QueryOperations], [WorkGroups], [NamedQueries],
///   [PreparedStatements] and [MetadataOperations]
/// - a query's life: [QueryStore] keeps it, [QueryRunner] takes it from the queue,
///   [StatementRunner] runs it, [ResultFiles] is what it leaves, [ResultPages] what is read of that
/// - definitions: [DdlRunner], [DdlShow], [PartitionDdl], [PartitionRepair], [Views]
/// - writing: [TableWriter] puts files aside and notes a [PublishIntent]; [Publisher] makes them
///   visible under [TableLocks]
/// - the catalogue: [GlueCatalogue] and [StoredTable]; [TableReads] finds the files
@NullMarked
package dev.polder.athena;

import org.jspecify.annotations.NullMarked;
