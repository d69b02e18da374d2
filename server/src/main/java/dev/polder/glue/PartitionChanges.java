package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.DeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdatePartitionResponse;

/// Writing the partitions of tables. A batch's good items take effect together, in one commit; its
/// bad items are answered one by one.
record PartitionChanges(Catalog catalog) {
  private static final int CREATED = 100;
  private static final int UPDATED = 100;
  private static final int DELETED = 25;
  private static final int VALUE = 1024;

  CreatePartitionResponse create(CreatePartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    PartitionInput input = Check.present(request.partitionInput(), "partitionInput");
    change(
        "Create partition",
        request.databaseName(),
        request.tableName(),
        draft -> draft.create(input));
    return CreatePartitionResponse.builder().build();
  }

  BatchCreatePartitionResponse batchCreate(BatchCreatePartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.size(request.partitionInputList(), "partitionInputList", 0, CREATED);
    List<PartitionError> errors =
        changeEach(
            "Create partitions",
            request.databaseName(),
            request.tableName(),
            request.partitionInputList(),
            PartitionInput::values,
            Draft::create);
    return BatchCreatePartitionResponse.builder().errors(errors).build();
  }

  UpdatePartitionResponse update(UpdatePartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    PartitionInput input = Check.present(request.partitionInput(), "partitionInput");
    change(
        "Update partition",
        request.databaseName(),
        request.tableName(),
        draft -> draft.update(request.partitionValueList(), input));
    return UpdatePartitionResponse.builder().build();
  }

  BatchUpdatePartitionResponse batchUpdate(BatchUpdatePartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.size(request.entries(), "entries", 1, UPDATED);
    List<PartitionError> errors =
        changeEach(
            "Update partitions",
            request.databaseName(),
            request.tableName(),
            request.entries(),
            BatchUpdatePartitionRequestEntry::partitionValueList,
            (draft, entry) -> draft.update(entry.partitionValueList(), entry.partitionInput()));
    return BatchUpdatePartitionResponse.builder()
        .errors(errors.stream().map(PartitionChanges::failure).toList())
        .build();
  }

  private static BatchUpdatePartitionFailureEntry failure(PartitionError error) {
    return BatchUpdatePartitionFailureEntry.builder()
        .partitionValueList(error.partitionValues())
        .errorDetail(error.errorDetail())
        .build();
  }

  DeletePartitionResponse delete(DeletePartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    change(
        "Delete partition",
        request.databaseName(),
        request.tableName(),
        draft -> draft.delete(request.partitionValues()));
    return DeletePartitionResponse.builder().build();
  }

  BatchDeletePartitionResponse batchDelete(BatchDeletePartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.size(request.partitionsToDelete(), "partitionsToDelete", 0, DELETED);
    List<PartitionError> errors =
        changeEach(
            "Delete partitions",
            request.databaseName(),
            request.tableName(),
            request.partitionsToDelete(),
            PartitionValueList::values,
            (draft, each) -> draft.delete(each.values()));
    return BatchDeletePartitionResponse.builder().errors(errors).build();
  }

  /// Makes one change, or throws why not.
  private void change(
      String what,
      @Nullable String databaseName,
      @Nullable String tableName,
      Consumer<Draft> change) {
    String database = Check.lowerName(databaseName, "databaseName");
    String name = Check.lowerName(tableName, "tableName");
    catalog.change(
        what,
        () -> {
          var draft = new Draft(database, name);
          change.accept(draft);
          return draft.batch;
        });
  }

  /// Makes the changes that can be made, and answers why the others cannot.
  ///
  /// @param values that name the partition of an item
  private <T> List<PartitionError> changeEach(
      String what,
      @Nullable String databaseName,
      @Nullable String tableName,
      List<T> items,
      Function<T, List<String>> values,
      BiConsumer<Draft, T> change) {
    List<PartitionError> errors = new ArrayList<>();
    change(
        what,
        databaseName,
        tableName,
        draft -> {
          errors.clear();
          for (T item : items) {
            draft.attempt(errors, values.apply(item), () -> change.accept(draft, item));
          }
        });
    return errors;
  }

  /// Changes to one table's partitions, decided on the table as it is and gathered in one batch.
  final class Draft {
    final Batch batch = new Batch();
    private final Held<Table> table;
    private final PartitionRecords records;
    private final Set<Key> touched = new HashSet<>();
    private boolean required;

    Draft(String database, String name) {
      this.table = new Tables(catalog).held(database, name);
      this.records = new PartitionRecords(catalog, database, name);
    }

    Table table() {
      return table.value();
    }

    /// The partition of these values as it is, or null.
    @Nullable Partition present(List<String> values) {
      byte[] bytes = catalog.store().get(records.key(values));
      return bytes == null ? null : records.read(values, bytes);
    }

    void attempt(List<PartitionError> errors, List<String> values, Runnable change) {
      try {
        change.run();
      } catch (GlueException e) {
        errors.add(
            PartitionError.builder()
                .partitionValues(values)
                .errorDetail(GlueErrors.detail(e))
                .build());
      }
    }

    void create(PartitionInput input) {
      checkInput(input);
      Key key = records.key(input.values());
      if (touched.contains(key) || catalog.store().get(key) != null) {
        throw GlueErrors.alreadyExists("Partition already exists.");
      }
      begin(key);
      batch.require(key, null);
      records.put(batch, records.of(input));
    }

    void update(List<String> values, PartitionInput input) {
      Check.present(input, "partitionInput");
      List<String> made = input.values().isEmpty() ? values : input.values();
      PartitionInput complete = input.toBuilder().values(made).build();
      checkInput(complete);
      Partition old = take(values);
      Key key = records.key(made);
      if (!made.equals(values)) {
        if (touched.contains(key) || catalog.store().get(key) != null) {
          throw GlueErrors.alreadyExists("Partition already exists.");
        }
        batch.require(key, null);
        remove(values);
        touched.add(key);
      }
      records.put(batch, records.of(complete).toBuilder().creationTime(old.creationTime()).build());
    }

    void delete(List<String> values) {
      var old = take(values);
      remove(old.values());
    }

    private void remove(List<String> values) {
      batch.delete(records.key(values)).deleteRange(KeyRange.prefix(statistics(values)));
    }

    private Key statistics(List<String> values) {
      return new ColumnStatisticsOperations(catalog)
          .partition(table().databaseName(), table().name(), values);
    }

    /// The partition as it is, to be changed in this batch.
    private Partition take(List<String> values) {
      Key key = records.key(values);
      byte[] bytes = catalog.store().get(key);
      if (bytes == null || touched.contains(key)) {
        throw GlueErrors.noPartition();
      }
      begin(key);
      batch.require(key, bytes);
      return records.read(values, bytes);
    }

    private void begin(Key key) {
      touched.add(key);
      if (!required) {
        required = true;
        table.required(batch);
      }
    }

    private void checkInput(PartitionInput input) {
      int keys = table().partitionKeys().size();
      if (input.values().size() != keys) {
        throw GlueErrors.invalid(
            "The number of partition keys do not match the number of partition values");
      }
      input
          .values()
          .forEach(value ->
              Check.length(
                  Check.present(value, "partitionInput.values"),
                  "partitionInput.values",
                  1,
                  VALUE));
      Check.storage(input.storageDescriptor(), "partitionInput.storageDescriptor");
      Check.parameters(input.parameters(), "partitionInput.parameters");
    }
  }
}
