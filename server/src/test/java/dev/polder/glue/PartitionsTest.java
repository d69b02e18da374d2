package dev.polder.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

/// Partitions: batches, expressions, segments, statistics of their columns.
final class PartitionsTest extends CatalogFixture {
  private static PartitionValueList list(String value) {
    return PartitionValueList.builder().values(value).build();
  }

  private static BatchUpdatePartitionRequestEntry entry(PartitionInput input) {
    return BatchUpdatePartitionRequestEntry.builder()
        .partitionValueList(input.values())
        .partitionInput(input)
        .build();
  }

  @Test
  void aBatchOfPartitionsReportsEachFailureAndKeepsTheRest() {
    database("db");
    table("t", column("year", "string"), column("month", "string"));
    glue.createPartition(
        r -> r.databaseName("db").tableName("t").partitionInput(partition("2020", "1")));
    var errors =
        glue.batchCreatePartition(r ->
                r.databaseName("db")
                    .tableName("t")
                    .partitionInputList(
                        partition("2020", "1"),
                        partition("2020", "2"),
                        partition("2020", "2"),
                        partition("2020")))
            .errors();
    assertThat(errors)
        .extracting(PartitionError::partitionValues)
        .containsExactly(List.of("2020", "1"), List.of("2020", "2"), List.of("2020"));
    assertThat(errors)
        .extracting(e -> e.errorDetail().errorCode())
        .containsExactly(
            "AlreadyExistsException", "AlreadyExistsException", "InvalidInputException");
    assertThat(errors.getFirst().errorDetail().errorMessage())
        .isEqualTo("Partition already exists.");
    reopen();
    assertThat(values("")).containsExactly(List.of("2020", "1"), List.of("2020", "2"));
    Partition found =
        glue.getPartition(r -> r.databaseName("db").tableName("t").partitionValues("2020", "2"))
            .partition();
    assertThat(found.databaseName()).isEqualTo("db");
    assertThat(found.tableName()).isEqualTo("t");
    assertThat(found.storageDescriptor().columns()).hasSize(2);
    assertThat(found.storageDescriptor().location()).isEqualTo("s3://lake/t/2020/2/");
    assertThat(found.parameters()).containsEntry("objectCount", "1");
  }

  @Test
  void aBatchOfMoreThanAHundredIsRefusedAndChangesNothing() {
    database("db");
    table("t", column("k", "string"));
    var many = IntStream.range(0, 101).mapToObj(i -> partition("" + i)).toList();
    assertThatThrownBy(() ->
            glue.batchCreatePartition(
                r -> r.databaseName("db").tableName("t").partitionInputList(many)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'partitionInputList'")
        .hasMessageContaining("Member must have length less than or equal to 100");
    assertThat(values("")).isEmpty();
  }

  @Test
  void partitionsAreChangedMovedAndDeleted() {
    database("db");
    table("t", column("k", "string"));
    glue.batchCreatePartition(r ->
        r.databaseName("db")
            .tableName("t")
            .partitionInputList(partition("a"), partition("b"), partition("c")));
    glue.updatePartition(r ->
        r.databaseName("db").tableName("t").partitionValueList("a").partitionInput(partition("z")));
    assertThatThrownBy(() ->
            glue.updatePartition(r ->
                r.databaseName("db")
                    .tableName("t")
                    .partitionValueList("z")
                    .partitionInput(partition("b"))))
        .isInstanceOf(AlreadyExistsException.class);
    var failed =
        glue.batchUpdatePartition(r ->
                r.databaseName("db")
                    .tableName("t")
                    .entries(
                        entry(
                            partition("b").toBuilder()
                                .parameters(Map.of("objectCount", "9"))
                                .build()),
                        entry(partition("no"))))
            .errors();
    assertThat(failed)
        .extracting(BatchUpdatePartitionFailureEntry::partitionValueList)
        .containsExactly(List.of("no"));
    assertThat(values("")).containsExactly(List.of("b"), List.of("c"), List.of("z"));
    var errors =
        glue.batchDeletePartition(
                r -> r.databaseName("db").tableName("t").partitionsToDelete(list("c"), list("no")))
            .errors();
    assertThat(errors).extracting(PartitionError::partitionValues).containsExactly(List.of("no"));
    glue.deletePartition(r -> r.databaseName("db").tableName("t").partitionValues("z"));
    var got =
        glue.batchGetPartition(
            r -> r.databaseName("db").tableName("t").partitionsToGet(list("b"), list("z")));
    assertThat(got.partitions()).extracting(Partition::values).containsExactly(List.of("b"));
    assertThat(got.partitions().getFirst().parameters()).containsEntry("objectCount", "9");
    assertThat(got.unprocessedKeys()).isEmpty();
  }

  @Test
  void segmentsDivideThePartitionsAmongThemselves() {
    database("db");
    table("t", column("k", "string"));
    glue.batchCreatePartition(r ->
        r.databaseName("db")
            .tableName("t")
            .partitionInputList(IntStream.range(0, 100).mapToObj(i -> partition("" + i)).toList()));
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      List<String> part =
          glue
              .getPartitionsPaginator(r ->
                  r.databaseName("db")
                      .tableName("t")
                      .expression("")
                      .excludeColumnSchema(true)
                      .segment(s -> s.segmentNumber(number).totalSegments(5))
                      .maxResults(7))
              .stream()
              .flatMap(page -> page.partitions().stream())
              .peek(p -> assertThat(p.storageDescriptor().hasColumns()).isFalse())
              .map(p -> p.values().getFirst())
              .toList();
      assertThat(part).hasSizeBetween(10, 30);
      all.addAll(part);
    }
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void expressionsSelectPartitionsAndBadOnesAreRefused() {
    database("db");
    table("t", column("year", "int"), column("month", "string"));
    for (int year = 2018; year < 2022; year++) {
      List<PartitionInput> inputs = new ArrayList<>();
      for (int month = 1; month <= 12; month++) {
        inputs.add(partition("" + year, "%02d".formatted(month)));
      }
      glue.batchCreatePartition(
          r -> r.databaseName("db").tableName("t").partitionInputList(inputs));
    }
    assertThat(values("year = 2020 and month between '03' and '04'"))
        .containsExactly(List.of("2020", "03"), List.of("2020", "04"));
    assertThat(values("month = '12'")).hasSize(4);
    assertThat(values("year > 2018 and year <> 2020 and not month like '0%'")).hasSize(6);
    assertThat(values("year = 1999")).isEmpty();
    assertThat(values("(year >= 2020 AND year <= 2021) OR year in (1, 2)")).hasSize(24);
    assertThatThrownBy(() -> values("day = 1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Invalid partition expression!");
    glue.createPartition(
        r -> r.databaseName("db").tableName("t").partitionInput(partition("odd", "01")));
    assertThatThrownBy(() -> values("year = 2020"))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("\"odd\" is not an integer.");
  }

  @Test
  void aHundredThousandPartitionsAreReadByTheirLeadingValues() {
    database("db");
    table("t", column("year", "string"), column("day", "string"), column("hour", "string"));
    List<List<PartitionInput>> batches = new ArrayList<>();
    List<PartitionInput> inputs = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      inputs.add(partition("" + (2000 + i / 10_000), "%03d".formatted(i / 25 % 400), "" + i % 25));
      if (inputs.size() == 100) {
        batches.add(List.copyOf(inputs));
        inputs.clear();
      }
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var batch : batches) {
        threads.submit(() ->
            glue.batchCreatePartition(
                r -> r.databaseName("db").tableName("t").partitionInputList(batch)));
      }
    }
    var read = new AtomicLong();
    glue = counting(read);
    assertThat(values("")).hasSize(100_000);
    assertThat(read.getAndSet(0)).isGreaterThanOrEqualTo(100_000);
    assertThat(values("year = '2007' and day = '123'")).hasSize(25);
    assertThat(read.getAndSet(0)).isLessThan(10_000);
    assertThat(values("hour = '24' and year >= '2008' and day < '003'")).hasSize(6);
    assertThat(read.get()).isLessThan(25_000);
  }

  /// A client of the same catalogue, whose reads are counted.
  private GlueClient counting(AtomicLong read) {
    var store = new CountingStore(platform.platform().store(), read);
    return new GlueService(platform.over(store)).client(Scope.DEFAULT);
  }

  @Test
  void statisticsAreKeptPerColumnAndAbsentOnesMayBeDeleted() {
    database("db");
    table("t", column("k", "string"));
    glue.createPartition(r -> r.databaseName("db").tableName("t").partitionInput(partition("1")));
    var statistics =
        ColumnStatistics.builder()
            .columnName("id")
            .columnType("int")
            .analyzedTime(TestPlatform.BEGIN)
            .statisticsData(d ->
                d.type("LONG")
                    .longColumnStatisticsData(
                        l -> l.minimumValue(1L).numberOfNulls(0L).numberOfDistinctValues(5L)))
            .build();
    glue.updateColumnStatisticsForTable(
        r -> r.databaseName("db").tableName("t").columnStatisticsList(statistics));
    glue.updateColumnStatisticsForPartition(r ->
        r.databaseName("db").tableName("t").partitionValues("1").columnStatisticsList(statistics));
    var table =
        glue.getColumnStatisticsForTable(
            r -> r.databaseName("db").tableName("t").columnNames("id", "name"));
    assertThat(table.columnStatisticsList()).containsExactly(statistics);
    assertThat(table.errors()).extracting(ColumnError::columnName).containsExactly("name");
    assertThat(
            glue.getColumnStatisticsForPartition(
                    r -> r.databaseName("db").tableName("t").partitionValues("1").columnNames("id"))
                .columnStatisticsList())
        .containsExactly(statistics);
    for (String column : List.of("id", "name", "k")) {
      glue.deleteColumnStatisticsForTable(
          r -> r.databaseName("db").tableName("t").columnName(column));
      glue.deleteColumnStatisticsForPartition(
          r -> r.databaseName("db").tableName("t").partitionValues("1").columnName(column));
    }
    assertThat(
            glue.getColumnStatisticsForTable(
                    r -> r.databaseName("db").tableName("t").columnNames("id"))
                .columnStatisticsList())
        .isEmpty();
  }
}
