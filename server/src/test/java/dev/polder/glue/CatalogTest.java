package dev.polder.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

/// Databases, tables, functions and tags.
final class CatalogTest extends CatalogFixture {
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
