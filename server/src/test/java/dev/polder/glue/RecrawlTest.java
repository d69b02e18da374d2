package dev.polder.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.*;

/// What further crawls make of what is in the catalogue.
class RecrawlTest extends CrawlerFixture {
  @Test
  void crawlingAgainFollowsTheData() throws Exception {
    put("t/d=1/a.json", ROWS);
    put("t/d=2/a.json", ROWS);
    create("s3://lake/t/");
    assertThat(succeed())
        .containsEntry("tablesCreated", "1")
        .containsEntry("partitionsCreated", "2");
    assertThat(succeed())
        .containsEntry("tablesCreated", "0")
        .containsEntry("tablesUpdated", "0")
        .containsEntry("partitionsUpdated", "0");
    assertThat(table("t").versionId()).isEqualTo("0");
    put("t/d=2/a.json", "{\"id\":9999999999,\"extra\":true,\"name\":\"x\"}");
    put("t/d=3/a.json", ROWS);
    assertThat(succeed())
        .containsEntry("tablesUpdated", "1")
        .containsEntry("partitionsCreated", "1")
        .containsEntry("partitionsUpdated", "1");
    assertThat(columns(table("t"))).isEqualTo("id bigint, name string, extra boolean");
    assertThat(table("t").versionId()).isEqualTo("1");
    Files.delete(directory.resolve("lake/lake/t/d=1/a.json"));
    assertThat(succeed()).containsEntry("partitionsDeleted", "1");
    assertThat(partitions("t").getFirst().parameters())
        .containsEntry(
            "DEPRECATED_BY_CRAWLER", Long.toString(platform.time().instant().toEpochMilli()));
    put("t/d=1/a.json", ROWS);
    succeed();
    assertThat(partitions("t").getFirst().parameters()).doesNotContainKey("DEPRECATED_BY_CRAWLER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE", "LOG"})
  void aTableWhoseDataIsGoneIsTreatedByThePolicy(String behavior) throws Exception {
    put("t/a/f.json", ROWS);
    put("t/b/f.csv", "x,y\n1,2\n");
    create(
        "s3://lake/t/",
        r ->
            r.schemaChangePolicy(
                policy(UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior.fromValue(behavior))));
    succeed();
    assertThat(tables()).hasSize(2);
    Files.delete(directory.resolve("lake/lake/t/b/f.csv"));
    succeed();
    switch (behavior) {
      case "DELETE_FROM_DATABASE" ->
          assertThat(tables()).extracting(Table::name).containsExactly("t").hasSize(1);
      case "LOG" -> assertThat(table("b").parameters()).doesNotContainKey("DEPRECATED_BY_CRAWLER");
      default -> assertThat(table("b").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
    }
  }

  @Test
  void withLogOnlyNewTablesAndPartitionsAreWritten() throws Exception {
    put("t/d=1/a.json", ROWS);
    create(
        "s3://lake/t/", r -> r.schemaChangePolicy(policy(UpdateBehavior.LOG, DeleteBehavior.LOG)));
    succeed();
    put("t/d=1/a.json", "{\"id\":1,\"name\":\"x\",\"more\":1}");
    put("t/d=2/a.json", "{\"id\":1,\"name\":\"x\",\"more\":1}");
    assertThat(succeed())
        .containsEntry("tablesUpdated", "0")
        .containsEntry("partitionsCreated", "1")
        .containsEntry("partitionsUpdated", "0");
    assertThat(columns(table("t"))).isEqualTo("id int, name string");
  }

  private void handMade(Map<String, String> parameters) {
    glue.createDatabase(r -> r.databaseInput(d -> d.name("db")));
    glue.createTable(r ->
        r.databaseName("db")
            .tableInput(t ->
                t.name("mine")
                    .description("kept")
                    .parameters(parameters)
                    .partitionKeys(Column.builder().name("year").type("bigint").build())
                    .storageDescriptor(s ->
                        s.location("s3://lake/t")
                            .columns(
                                Column.builder()
                                    .name("st")
                                    .type("struct<a:string>")
                                    .comment("c")
                                    .build(),
                                Column.builder().name("old").type("int").build()))));
  }

  private void createMerging() {
    create(
        "s3://lake/t/",
        r ->
            r.configuration(
                """
                {"Version": 1.0, "CrawlerOutput":
                  {"Tables": {"AddOrUpdateBehavior": "MergeNewColumns"}}}
                """));
  }

  @Test
  void newColumnsCanBeMergedIntoAHandMadeTable() throws Exception {
    handMade(Map.of("classification", "json", "compressionType", "none"));
    put("t/2020/a.json", "{\"st\":{\"a\":1,\"b\":2},\"fresh\":1}");
    createMerging();
    assertThat(succeed()).containsEntry("tablesUpdated", "1");
    Table table = table("mine");
    assertThat(columns(table)).isEqualTo("st struct<a:string,b:int>, old int, fresh int");
    assertThat(table.description()).isEqualTo("kept");
    assertThat(table.storageDescriptor().columns().getFirst().comment()).isEqualTo("c");
    assertThat(table.partitionKeys().getFirst().type()).isEqualTo("bigint");
    assertThat(partitions("mine")).extracting(Partition::values).containsExactly(List.of("2020"));
  }

  @Test
  void mergingIntoATableOfUnknownFormatDeprecatesIt() throws Exception {
    handMade(Map.of("classification", "json"));
    put("t/2020/a.json", "{\"fresh\":1}");
    createMerging();
    assertThat((String) succeed().get("warningMessage"))
        .contains(
            "Cannot merge new columns into the table mine as defined in the Data Catalog because"
                + " the parameter 'compressionType' has changed. The existing value is 'null', and"
                + " the crawled value is 'none'. Either remove the table or resolve the"
                + " inconsistent parameter value.");
    assertThat(table("mine").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
    assertThat(columns(table("mine"))).isEqualTo("st struct<a:string>, old int");
  }

  @Test
  void aHandMadeTableWithOtherKeysIsLeftAlone() throws Exception {
    handMade(Map.of());
    put("t/2020/05/a.json", ROWS);
    create("s3://lake/t/");
    assertThat((String) succeed().get("warningMessage"))
        .contains("Table mine was left as it is: it has 1 partition keys where its folders give 2");
    assertThat(table("mine").versionId()).isEqualTo("0");
    assertThat(partitions("mine")).isEmpty();
  }

  @Test
  void catalogTargetsUpdateTheirTablesAndMakeNone() throws Exception {
    handMade(Map.of());
    put("t/2020/a.json", "{\"x\":1}");
    put("t/2021/a.json", "{\"y\":1}");
    glue.createCrawler(r ->
        r.name("c")
            .role("r")
            .targets(t ->
                t.catalogTargets(
                    CatalogTarget.builder().databaseName("db").tables("mine").build())));
    assertThat(succeed())
        .containsEntry("tablesCreated", "0")
        .containsEntry("tablesUpdated", "1")
        .containsEntry("partitionsCreated", "2");
    assertThat(tables()).hasSize(1);
    assertThat(columns(table("mine"))).isEqualTo("x int, y int");
    assertThat(table("mine").partitionKeys().getFirst().name()).isEqualTo("year");
  }

  private void createForNewFolders() {
    create(
        "s3://lake/t/",
        r -> r.recrawlPolicy(p -> p.recrawlBehavior(RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY)));
  }

  @Test
  void onlyNewFoldersAreOpened() throws Exception {
    for (int hour = 0; hour < 24; hour++) {
      put("t/year=2020/hour=" + hour + "/a.json", ROWS);
    }
    createForNewFolders();
    assertThat(succeed()).containsEntry("partitionsCreated", "24");
    lake.files.set(0);
    put("t/year=2020/hour=3/late.json", "{\"other\":1}");
    put("t/year=2021/hour=0/a.json", ROWS);
    put("t/year=2021/hour=1/a.csv", "p,q\n1,2\n");
    put("t/year=2021/hour=2/a.json", "{\"p\":1,\"q\":2}");
    put("t/year=2021/hour=3/deep/a.json", ROWS);
    Map<String, Object> detail = succeed();
    assertThat(detail)
        .containsEntry("partitionsCreated", "1")
        .containsEntry("tablesUpdated", "0")
        .containsEntry("partitionsUpdated", "0");
    assertThat((String) detail.get("warningMessage"))
        .contains("year=2021/hour=1/ was skipped: its classification is csv")
        .contains("year=2021/hour=2/ was skipped: its schema does not match")
        .contains("year=2021/hour=3/ was skipped: its files lie deeper");
    assertThat(lake.files).hasValue(4);
    assertThat(partitions("t")).hasSize(25);
  }

  @Test
  void newTablesBesideOldOnesAreFoundToo() throws Exception {
    put("t/a/f.json", "{\"a\":1}");
    put("t/b/f.json", "{\"b\":1}");
    createForNewFolders();
    succeed();
    put("t/c/d=1/f.json", "{\"c\":1}");
    put("t/c/d=2/f.json", "{\"c\":1}");
    lake.files.set(0);
    assertThat(succeed())
        .containsEntry("tablesCreated", "1")
        .containsEntry("partitionsCreated", "2");
    assertThat(lake.files).hasValue(2);
    assertThat(tables()).extracting(Table::name).containsExactly("a", "b", "c");
  }
}
