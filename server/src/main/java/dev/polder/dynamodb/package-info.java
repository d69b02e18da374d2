/// Amazon DynamoDB and DynamoDB Streams: tables with their indexes, items, transactions, expiry,
/// streams.
///
/// An item, the entries that indexes have of it, its expiry and the stream record of its change are
/// one batch of the store. Items are locked from reading to commit, so a condition holds when the
/// change takes effect; readers of several items see one moment.
///
/// After a change of a table with a stream is on disk, an event is published in the process, so
/// that who reads streams need not ask again and again: source `aws.dynamodb`, detail type
/// `DynamoDB Stream Records`, the stream's ARN as its one resource, the detail `{"tableName": …}`.
/// One event may stand for many records. Who follows a stream subscribes, and reads from its shard
/// iterator whenever an event comes, until no records are left.
///
/// Not supported: backups, exports and imports, global tables, resource policies, Kinesis
/// destinations. Provisioned capacity is recorded but not enforced.
///
/// Where is what:
/// - requests: [LocalDynamoDb] leads to one class for each subject (`…Operations`,
///   [QueryOperation], [ScanOperation]); a class that reads one kind of request (`NewTable`,
///   `TableChange`, `ItemUpdate`, `WholeItemWrite`) checks it in the real service's order, with
///   [Constraints] for what the API model says and `…Rules` for the rest
/// - writing: [Writer] carries out [Step]s and [Transaction]s under [ItemLocks] and keeps
///   [IndexEntries], [Expiry], [Streams] and [Statistics] in the same batch
/// - reading: a [Source] (a table or an index) in its [Space] of the store, a [Page] at a time
/// - tables: [Tables] has them as [OpenTable]s; [Backfill] and [Counting] catch up in the
///   background
/// - streams: [StreamOperations] over [Streams]; [ChangeGroup] is how records are stored
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html
@NullMarked
package dev.polder.dynamodb;

import org.jspecify.annotations.NullMarked;
