package dev.polder.glue;

import dev.polder.glue.Catalog.Held;
import dev.polder.glue.expression.InvalidExpressionException;
import dev.polder.glue.expression.InvalidValueException;
import dev.polder.glue.expression.PartitionFilter;
import dev.polder.glue.expression.PartitionKey;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.Table;

/// Reading the partitions of tables; [PartitionChanges] writes them.
record Partitions(Catalog catalog) {
  private static final int PAGE = 1000;
  private static final int SEGMENTS = 10;
  private static final int EXPRESSION = 2048;

  GetPartitionResponse get(GetPartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Table table = table(request.databaseName(), request.tableName());
    var records = new PartitionRecords(catalog, table.databaseName(), table.name());
    Partition found = find(records, request.partitionValues());
    if (found == null) {
      throw GlueErrors.noPartition();
    }
    return GetPartitionResponse.builder().partition(found).build();
  }

  /// Those that exist, in the order asked for. None is ever left unprocessed.
  BatchGetPartitionResponse batchGet(BatchGetPartitionRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.size(request.partitionsToGet(), "partitionsToGet", 0, PAGE);
    Table table = table(request.databaseName(), request.tableName());
    var records = new PartitionRecords(catalog, table.databaseName(), table.name());
    List<Partition> found = new ArrayList<>();
    for (PartitionValueList values : request.partitionsToGet()) {
      Partition partition = find(records, values.values());
      if (partition != null) {
        found.add(partition);
      }
    }
    return BatchGetPartitionResponse.builder().partitions(found).unprocessedKeys(List.of()).build();
  }

  private @Nullable Partition find(PartitionRecords records, List<String> values) {
    byte[] bytes = catalog.store().get(records.key(values));
    return bytes == null ? null : records.read(values, bytes);
  }

  /// The partitions of a table in the order of their values, which are compared as text.
  GetPartitionsResponse list(GetPartitionsRequest request) {
    catalog.checkCatalog(request.catalogId());
    Check.absent(request.transactionId(), "TransactionId");
    Check.absent(request.queryAsOfTime(), "QueryAsOfTime");
    int most = Check.most(request.maxResults(), PAGE);
    Segment segment = checked(request.segment());
    Table table = table(request.databaseName(), request.tableName());
    var records = new PartitionRecords(catalog, table.databaseName(), table.name());
    KeyRange range = Catalog.rest(records.prefix(), request.nextToken());
    boolean columns = !Boolean.TRUE.equals(request.excludeColumnSchema());
    var page = new PageOfPartitions(records, segment, most, columns);
    try {
      new PartitionScan(catalog.store(), records, filter(request.expression(), table))
          .walk(range, page::take);
    } catch (InvalidValueException e) {
      throw GlueErrors.invalidState(e);
    }
    return GetPartitionsResponse.builder()
        .partitions(page.items)
        .nextToken(page.more ? Catalog.token(page.last()) : null)
        .build();
  }

  /// What a page of partitions has taken so far.
  private static final class PageOfPartitions {
    private final PartitionRecords records;
    private final @Nullable Segment segment;
    private final int most;
    private final boolean columns;
    private final List<Partition> items = new ArrayList<>();
    private boolean more;

    PageOfPartitions(
        PartitionRecords records, @Nullable Segment segment, int most, boolean columns) {
      this.records = records;
      this.segment = segment;
      this.most = most;
      this.columns = columns;
    }

    boolean take(List<String> values, Scan.Entry entry) {
      if (segment != null
          && Math.floorMod(values.hashCode(), segment.totalSegments()) != segment.segmentNumber()) {
        return true;
      }
      if (items.size() == most) {
        more = true;
        return false;
      }
      items.add(
          columns
              ? records.read(values, entry.value())
              : records.readWithoutColumns(values, entry.value()));
      return true;
    }

    Key last() {
      return records.key(items.getLast().values());
    }
  }

  private static @Nullable PartitionFilter filter(@Nullable String expression, Table table) {
    if (expression == null || expression.isBlank()) {
      return null;
    }
    Check.length(expression, "expression", 0, EXPRESSION);
    List<PartitionKey> keys =
        table.partitionKeys().stream()
            .map(key -> new PartitionKey(key.name(), key.type() == null ? "string" : key.type()))
            .toList();
    try {
      return PartitionFilter.of(expression, keys);
    } catch (InvalidExpressionException e) {
      throw GlueErrors.invalid(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable Segment checked(@Nullable Segment segment) {
    if (segment == null) {
      return null;
    }
    int total =
        Check.within(
            Check.present(segment.totalSegments(), "segment.totalSegments"),
            "segment.totalSegments",
            1,
            SEGMENTS);
    int number = Check.present(segment.segmentNumber(), "segment.segmentNumber");
    if (number < 0 || number >= total) {
      throw GlueErrors.invalid(
          "Segment number " + number + " must be from 0 to below the total of " + total);
    }
    return segment;
  }

  private Table table(String database, String name) {
    Held<Table> held =
        new Tables(catalog)
            .held(Check.lowerName(database, "databaseName"), Check.lowerName(name, "tableName"));
    return held.value();
  }
}
