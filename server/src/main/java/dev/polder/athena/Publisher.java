package dev.polder.athena;

import static java.lang.System.Logger.Level.WARNING;

import dev.polder.athena.PublishIntent.NewPartition;
import dev.polder.athena.PublishIntent.NewTable;
import dev.polder.athena.sql.SqlFailure;
import dev.polder.kernel.Lake;
import dev.polder.kernel.Scope;
import java.util.List;
import java.util.concurrent.locks.Lock;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.s3.S3Client;

/// Makes what a statement wrote visible: files and partitions together, under the table's lock.
/// Every step can be repeated.
final class Publisher {
  private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

  private final Lake lake;
  private final TableLocks locks;

  Publisher(Lake lake, TableLocks locks) {
    this.lake = lake;
    this.locks = locks;
  }

  void publish(Scope scope, GlueClient glue, PublishIntent intent) {
    Lock lock = locks.publishing(scope, intent.database(), intent.table());
    lock.lock();
    try {
      intent.byBucket().forEach(lake::publish);
      NewTable create = intent.create();
      if (create != null) {
        create(glue, intent, create);
      }
      register(glue, intent);
    } finally {
      lock.unlock();
    }
  }

  private static void create(GlueClient glue, PublishIntent intent, NewTable table) {
    try {
      glue.createTable(
          r -> r.databaseName(intent.database()).tableInput(TableInputs.of(intent.table(), table)));
    } catch (AlreadyExistsException e) {
      String location =
          glue.getTable(r -> r.databaseName(intent.database()).name(intent.table()))
              .table()
              .storageDescriptor()
              .location();
      if (!table.location().equals(location)) {
        throw new SqlFailure(
            "TABLE_ALREADY_EXISTS",
            "Table already exists: '" + intent.database() + "." + intent.table() + "'");
      }
    }
  }

  private static void register(GlueClient glue, PublishIntent intent) {
    if (intent.partitions().isEmpty()) {
      return;
    }
    StorageDescriptor sd = storage(glue, intent);
    List<PartitionInput> inputs =
        intent.partitions().stream()
            .map(p ->
                PartitionInput.builder()
                    .values(p.values())
                    .storageDescriptor(sd.toBuilder().location(p.location()).build())
                    .build())
            .toList();
    NewPartitions.add(
        glue,
        intent.database(),
        intent.table(),
        inputs,
        refused -> refused.forEach(Publisher::check));
  }

  private static StorageDescriptor storage(GlueClient glue, PublishIntent intent) {
    try {
      return glue.getTable(r -> r.databaseName(intent.database()).name(intent.table()))
          .table()
          .storageDescriptor();
    } catch (EntityNotFoundException e) {
      throw new SqlFailure(
          "TABLE_NOT_FOUND",
          "Table '"
              + intent.database()
              + "."
              + intent.table()
              + "' was dropped while it was written to");
    }
  }

  /// Takes back what a publication that was refused has already done.
  void withdraw(Scope scope, GlueClient glue, S3Client s3, PublishIntent intent) {
    Lock lock = locks.publishing(scope, intent.database(), intent.table());
    lock.lock();
    try {
      for (var file : intent.files()) {
        s3.deleteObject(r -> r.bucket(file.bucket()).key(file.key()));
      }
      for (NewPartition p : intent.partitions()) {
        glue.deletePartition(r ->
            r.databaseName(intent.database())
                .tableName(intent.table())
                .partitionValues(p.values()));
      }
    } catch (AwsServiceException e) {
      LOG.log(
          WARNING,
          "What a failed publication left at "
              + intent.database()
              + "."
              + intent.table()
              + " could not be removed",
          e);
    } finally {
      lock.unlock();
    }
  }

  private static void check(PartitionError error) {
    if (!NewPartitions.exists(error)) {
      throw new SqlFailure(
          "HIVE_METASTORE_ERROR",
          "Partition " + error.partitionValues() + ": " + error.errorDetail().errorMessage());
    }
  }
}
