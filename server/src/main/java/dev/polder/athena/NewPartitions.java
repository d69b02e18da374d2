package dev.polder.athena;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;

/// Registers partitions in the catalogue, as many in one call as it takes.
final class NewPartitions {
  private static final int BATCH = 100;
  private static final String EXISTS = "AlreadyExistsException";

  private NewPartitions() {}

  /// @param refused learns after each call which partitions were not added; where it throws, the
  ///   rest are left out
  static void add(
      GlueClient glue,
      String database,
      String table,
      List<PartitionInput> inputs,
      Consumer<List<PartitionError>> refused) {
    for (int from = 0; from < inputs.size(); from += BATCH) {
      List<PartitionInput> batch = inputs.subList(from, Math.min(inputs.size(), from + BATCH));
      var answer =
          glue.batchCreatePartition(
              r -> r.databaseName(database).tableName(table).partitionInputList(batch));
      refused.accept(answer.errors());
    }
  }

  /// True of a partition that was there.
  static boolean exists(PartitionError error) {
    return EXISTS.equals(error.errorDetail().errorCode());
  }
}
