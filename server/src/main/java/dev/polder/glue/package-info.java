/// AWS Glue: the Data Catalog and the crawlers.
///
/// The facade is split by resource ([LocalGlue] is the index). The catalogue keeps what clients
/// hand it, member for member, so its records are the shapes of the API model themselves, stored as
/// JSON documents; nothing is lost by being unknown to us. What thinks is apart and knows no SDK:
/// `dev.polder.glue.expression` decides which partitions an expression selects,
/// `dev.polder.glue.crawler` finds tables in folders of files.
///
/// Where is what:
/// - the catalogue: [Databases], [Tables], [TableVersions], [Partitions], [PartitionChanges],
///   [ColumnStatisticsOperations] and [Functions] over [Catalog], which is what the store holds;
///   [PartitionScan] walks the partitions that an expression selects
/// - crawlers: [Crawlers] and [Classifiers] keep them, [CrawlRunner] runs one as a [Crawl]: it
///   looks ([LakeSampler], [NewFolders]), and then writes ([TablePublisher], [PartitionPublisher])
@NullMarked
package dev.polder.glue;

import org.jspecify.annotations.NullMarked;
