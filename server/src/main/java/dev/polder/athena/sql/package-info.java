/// Athena's SQL as data: parsing, name and type resolution, partition pruning conditions, and the
/// translation of queries to DuckDB's dialect.
///
/// Pure: no connection, no file, no clock, no SDK type. The discipline that keeps meaning is
/// [Typed]: each translated expression has a known Trino type and evaluates, in DuckDB, to exactly
/// the representation that [SqlType#duck()] names. What cannot be kept is refused by name with
/// [SqlFailure].
///
/// Where is what:
/// - the way in: [Command] tells what a text is, [Translator] translates a query, [Catalogue] is
///   what the caller provides, [Translation] what it gets
/// - the parts of a query: [QueryTranslator], [SpecificationTranslator] with [GroupingKeys] and
///   [SelectList], [RelationTranslator] with [Joins] and [Unnested], [ExpressionTranslator] with
///   [Operators], [Predicates], [Conditionals], [Subqueries] and [Literals]; [Scope] and [Field]
///   are what names mean
/// - functions: [FunctionTranslator], the tables `…Functions`, [Aggregates], [Windows]
/// - types: [SqlType], [Coercions], [Casts] and `…Casts`; their texts in [HiveTypes], [TrinoTypes]
/// - pruning: [Pruning] finds the conditions on partitions for each [TableScan]
/// - definitions: [DdlParser] makes [Ddl]
@NullMarked
package dev.polder.athena.sql;

import org.jspecify.annotations.NullMarked;
