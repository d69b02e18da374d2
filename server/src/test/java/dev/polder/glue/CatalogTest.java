package dev.polder.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Platform;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

/// Over 600 lines: all operations of one service against one fixture.
class CatalogTest {
  @TempDir Path directory;
  private TestPlatform platform;
  private GlueClient glue;

  @BeforeEach
  void open() {
    platform = TestPlatform.in(directory);
    platform.add(GlueService::new);
    glue = platform.client(GlueClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private void reopen() {
    close();
    open();
  }

  private void database(String name) {
    glue.createDatabase(r -> r.databaseInput(d -> d.name(name)));
  }

  private static Column column(String name, String type) {
    return Column.builder().name(name).type(type).build();
  }

  private static StorageDescriptor storage(String location) {
    return StorageDescriptor.builder()
        .columns(column("id", "int"), column("name", "string"))
        .location(location)
        .serdeInfo(s -> s.serializationLibrary("lib").parameters(Map.of("paths", "id,name")))
        .build();
  }

  private static TableInput input(String name, Column... keys) {
    return TableInput.builder()
        .name(name)
        .tableType("EXTERNAL_TABLE")
        .parameters(Map.of("classification", "json"))
        .storageDescriptor(storage("s3://lake/" + name + "/"))
        .partitionKeys(keys)
        .build();
  }

  private void table(String name, Column... keys) {
    glue.createTable(r -> r.databaseName("db").tableInput(input(name, keys)));
  }

  private static PartitionInput partition(String... values) {
    return PartitionInput.builder()
        .values(values)
        .storageDescriptor(storage("s3://lake/t/" + String.join("/", values) + "/"))
        .parameters(Map.of("objectCount", "1"))
        .build();
  }

  private static PartitionValueList list(String value) {
    return PartitionValueList.builder().values(value).build();
  }

  private static BatchUpdatePartitionRequestEntry entry(PartitionInput input) {
    return BatchUpdatePartitionRequestEntry.builder()
        .partitionValueList(input.values())
        .partitionInput(input)
        .build();
  }

  private Table read(String name) {
    return glue.getTable(r -> r.databaseName("db").name(name)).table();
  }

  private List<List<String>> values(String expression) {
    return glue
        .getPartitionsPaginator(r -> r.databaseName("db").tableName("t").expression(expression))
        .stream()
        .flatMap(page -> page.partitions().stream())
        .map(Partition::values)
        .toList();
  }

  @Test
  void databasesAreKeptInLowerCaseAndOutliveTheProcess() {
    glue.createDatabase(r ->
        r.databaseInput(d ->
            d.name("Sales")
                .description("all")
                .locationUri("s3://lake/")
                .parameters(Map.of("trino_query_id", "q"))));
    reopen();
    Database found = glue.getDatabase(r -> r.name("SALES")).database();
    assertThat(found.name()).isEqualTo("sales");
    assertThat(found.parameters()).containsEntry("trino_query_id", "q");
    assertThat(found.createTime()).isEqualTo(TestPlatform.BEGIN);
    assertThat(found.catalogId()).isEqualTo("000000000000");
    glue.updateDatabase(r -> r.name("sales").databaseInput(d -> d.name("sales").description("x")));
    assertThat(glue.getDatabase(r -> r.name("sales")).database().description()).isEqualTo("x");
  }

  @Test
  void databasesArePaged() {
    IntStream.range(0, 25).forEach(i -> database("db%02d".formatted(i)));
    List<String> names =
        glue.getDatabasesPaginator(r -> r.maxResults(10)).stream()
            .flatMap(page -> page.databaseList().stream())
            .map(Database::name)
            .toList();
    assertThat(names).hasSize(25).isSorted();
    assertThatThrownBy(() -> glue.getDatabases(r -> r.nextToken("x")))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void whatIsMissingOrThereAlreadyIsSaidInTheServicesWords() {
    assertThatThrownBy(() -> glue.getDatabase(r -> r.name("no")))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Database no not found.");
    database("db");
    assertThatThrownBy(() -> database("DB"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("Database already exists.");
    assertThatThrownBy(() -> read("no"))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Table no not found.");
    assertThatThrownBy(() -> glue.getTables(r -> r.databaseName("none")))
        .isInstanceOf(EntityNotFoundException.class);
    table("t", column("k", "string"));
    assertThatThrownBy(() -> table("T"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("Table already exists.");
    assertThatThrownBy(
            () -> glue.getPartition(r -> r.databaseName("db").tableName("t").partitionValues("1")))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Cannot find partition.");
    var error = catchGlue(() -> read("no"));
    assertThat(error.statusCode()).isEqualTo(400);
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("EntityNotFoundException");
  }

  private static GlueException catchGlue(Runnable action) {
    try {
      action.run();
    } catch (GlueException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void aTableComesBackAsItWasGivenWithWhatTheServiceAdds() {
    database("db");
    table("Events", column("year", "int"));
    reopen();
    Table found = read("events");
    assertThat(found.name()).isEqualTo("events");
    assertThat(found.databaseName()).isEqualTo("db");
    assertThat(found.versionId()).isEqualTo("0");
    assertThat(found.retention()).isZero();
    assertThat(found.isRegisteredWithLakeFormation()).isFalse();
    assertThat(found.createTime()).isEqualTo(found.updateTime()).isEqualTo(TestPlatform.BEGIN);
    StorageDescriptor storage = found.storageDescriptor();
    assertThat(storage.columns()).containsExactly(column("id", "int"), column("name", "string"));
    assertThat(storage.serdeInfo().parameters()).containsEntry("paths", "id,name");
    assertThat(storage.compressed()).isFalse();
    assertThat(storage.numberOfBuckets()).isZero();
    assertThat(found.partitionKeys()).containsExactly(column("year", "int"));
  }

  @Test
  void updatesMakeVersionsUnlessTheArchiveIsSkipped() {
    database("db");
    table("t");
    for (int i = 1; i <= 3; i++) {
      String description = "v" + i;
      glue.updateTable(r ->
          r.databaseName("db")
              .tableInput(input("t").toBuilder().description(description).build())
              .skipArchive(description.equals("v2")));
    }
    assertThat(read("t").versionId()).isEqualTo("3");
    var versions =
        glue
            .getTableVersionsPaginator(r -> r.databaseName("db").tableName("t").maxResults(1))
            .stream()
            .flatMap(page -> page.tableVersions().stream())
            .toList();
    assertThat(versions).extracting(TableVersion::versionId).containsExactly("3", "2", "0");
    assertThat(versions.get(1).table().description()).isEqualTo("v2");
    glue.deleteTableVersion(r -> r.databaseName("db").tableName("t").versionId("0"));
    var errors =
        glue.batchDeleteTableVersion(
                r -> r.databaseName("db").tableName("t").versionIds("2", "3", "9"))
            .errors();
    assertThat(errors).extracting(TableVersionError::versionId).containsExactly("3", "9");
    assertThat(errors.get(1).errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
    assertThat(glue.getTableVersions(r -> r.databaseName("db").tableName("t")).tableVersions())
        .hasSize(1);
  }

  @Test
  void ofManyWhoUpdateTheSameVersionOneWins() throws Exception {
    database("db");
    table("t");
    List<String> won = java.util.Collections.synchronizedList(new ArrayList<>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String mine = "w" + i;
        threads.submit(() -> {
          try {
            glue.updateTable(r ->
                r.databaseName("db")
                    .versionId("0")
                    .tableInput(input("t").toBuilder().description(mine).build()));
            won.add(mine);
          } catch (ConcurrentModificationException lost) {
            assertThat(lost.awsErrorDetails().errorMessage())
                .isEqualTo("Update table failed due to concurrent modifications.");
          }
        });
      }
    }
    assertThat(won).containsExactly(read("t").description());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales_.*", "sales_*", "SALES_[ab]", "sales_a|sales_b"})
  void tablesAreFoundByPattern(String pattern) {
    database("db");
    List.of("sales_a", "sales_b", "other").forEach(this::table);
    assertThat(glue.getTables(r -> r.databaseName("db").expression(pattern)).tableList())
        .extracting(Table::name)
        .containsExactly("sales_a", "sales_b");
  }

  @Test
  void tablesAreSearchedByTextAndProperty() {
    database("db");
    List.of("sales_a", "sales_b", "other").forEach(this::table);
    assertThat(glue.searchTables(r -> r.searchText("SALES")).tableList())
        .extracting(Table::name)
        .containsExactly("sales_a", "sales_b");
    assertThat(glue.searchTables(r -> r.searchText("\"sales_a\"")).tableList()).hasSize(1);
    assertThat(glue.searchTables(r -> r.searchText("name").maxResults(2)).nextToken()).isNotNull();
    var json = PropertyPredicate.builder().key("classification").value("json").build();
    var name = PropertyPredicate.builder().key("Name").value("p").comparator("LESS_THAN").build();
    assertThat(glue.searchTables(r -> r.filters(json, name)).tableList())
        .extracting(Table::name)
        .containsExactly("other");
    assertThat(
            glue.getPartitionIndexes(r -> r.databaseName("db").tableName("other"))
                .partitionIndexDescriptorList())
        .isEmpty();
  }

  @Test
  void tablesArePagedAndDeletedInBatches() {
    database("db");
    IntStream.range(0, 30).forEach(i -> table("t%02d".formatted(i)));
    assertThat(
            glue.getTablesPaginator(r -> r.databaseName("db").maxResults(7)).stream()
                .flatMap(page -> page.tableList().stream()))
        .hasSize(30);
    var errors =
        glue.batchDeleteTable(r -> r.databaseName("db").tablesToDelete("t00", "none")).errors();
    assertThat(errors).extracting(TableError::tableName).containsExactly("none");
    assertThat(glue.getTables(r -> r.databaseName("db")).tableList()).hasSize(29);
  }

  @Test
  void deletingADatabaseLeavesNothingOfIt() {
    database("db");
    database("db2");
    table("t", column("k", "string"));
    glue.createPartition(r -> r.databaseName("db").tableName("t").partitionInput(partition("1")));
    glue.deleteDatabase(r -> r.name("db"));
    database("db");
    assertThat(glue.getTables(r -> r.databaseName("db")).tableList()).isEmpty();
    table("t", column("k", "string"));
    assertThat(values("")).isEmpty();
    assertThat(glue.getDatabase(r -> r.name("db2")).database()).isNotNull();
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
    Platform p = platform.platform();
    var store = new CountingStore(p.store(), read);
    return new GlueService(
            new Platform(
                store,
                p.time(),
                p.ids(),
                p.events(),
                p.lake(),
                p.clients(),
                p.calls(),
                p.data(),
                p.endpoint()))
        .client(Scope.DEFAULT);
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

  @Test
  void functionsAreFoundByPatternInOneOrAllDatabases() {
    database("db");
    database("other");
    for (String name : List.of("trino__a", "trino__b", "plain")) {
      glue.createUserDefinedFunction(r ->
          r.databaseName("db")
              .functionInput(f ->
                  f.functionName(name)
                      .className("C")
                      .resourceUris(ResourceUri.builder().resourceType("FILE").uri("x").build())));
    }
    assertThat(
            glue.getUserDefinedFunctions(r -> r.databaseName("db").pattern("trino__.*"))
                .userDefinedFunctions())
        .hasSize(2);
    assertThat(glue.getUserDefinedFunctions(r -> r.pattern(".*")).userDefinedFunctions())
        .hasSize(3);
    glue.updateUserDefinedFunction(r ->
        r.databaseName("db")
            .functionName("plain")
            .functionInput(f -> f.functionName("plain").className("D")));
    var found =
        glue.getUserDefinedFunction(r -> r.databaseName("db").functionName("PLAIN"))
            .userDefinedFunction();
    assertThat(found.className()).isEqualTo("D");
    glue.deleteUserDefinedFunction(r -> r.databaseName("db").functionName("plain"));
    assertThatThrownBy(
            () -> glue.getUserDefinedFunction(r -> r.databaseName("db").functionName("plain")))
        .isInstanceOf(EntityNotFoundException.class);
  }

  @Test
  void accountsAndRegionsDoNotSeeEachOther() {
    database("db");
    var elsewhere =
        platform.platform().clients().get(GlueClient.class, new Scope("111122223333", "eu-west-1"));
    assertThat(elsewhere.getDatabases(r -> {}).databaseList()).isEmpty();
    assertThatThrownBy(() -> glue.getDatabase(r -> r.name("db").catalogId("111122223333")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void badNamesAndTypesAreRefusedByPlace() {
    database("db");
    assertThatThrownBy(() -> table(""))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'table.name'");
    assertThatThrownBy(() -> table("t", column("k", "struct<\na:int>")))
        .hasMessageContaining("'table.partitionKeys.1.member.type'")
        .hasMessageContaining("regular expression pattern");
    assertThatThrownBy(() -> database("x".repeat(256))).hasMessageContaining("length less than");
    assertThatThrownBy(() -> glue.createDatabase(r -> {}))
        .hasMessageContaining("Value null at 'databaseInput'");
    assertThatThrownBy(() ->
            glue.createTable(r ->
                r.databaseName("db")
                    .tableInput(input("t"))
                    .partitionIndexes(PartitionIndex.builder().indexName("i").build())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("PartitionIndexes is not supported.");
    assertThat(glue.getTables(r -> r.databaseName("db")).tableList()).isEmpty();
  }

  @Test
  void tagsBelongToResources() {
    glue.createDatabase(r -> r.databaseInput(d -> d.name("db")).tags(Map.of("team", "roads")));
    String arn = "arn:aws:glue:us-east-1:000000000000:database/db";
    glue.tagResource(r -> r.resourceArn(arn).tagsToAdd(Map.of("stage", "test")));
    glue.untagResource(r -> r.resourceArn(arn).tagsToRemove("team"));
    assertThat(glue.getTags(r -> r.resourceArn(arn)).tags()).isEqualTo(Map.of("stage", "test"));
    assertThatThrownBy(() -> glue.getTags(r -> r.resourceArn(arn + "x")))
        .isInstanceOf(EntityNotFoundException.class);
  }
}
