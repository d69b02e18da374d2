package dev.polder.glue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.polder.kernel.Event;
import dev.polder.kernel.Lake;
import dev.polder.kernel.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

class CrawlerTest {
  private static final String ROWS = "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n";

  @TempDir Path directory;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private TestPlatform platform;
  private GlueClient glue;
  private DirectoryLake lake;

  @BeforeEach
  void open() throws IOException {
    lake = new DirectoryLake(directory.resolve("lake"));
    Files.createDirectories(directory.resolve("lake/lake"));
    open(lake);
  }

  private void open(Lake given) {
    platform = TestPlatform.in(directory);
    platform.use(given);
    platform.events().subscribe(events::add);
    platform.add(GlueService::new);
    glue = platform.client(GlueClient.class);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private void put(String key, String text) {
    lake.put("lake/" + key, text.getBytes(UTF_8));
  }

  private void create(String path, Consumer<CreateCrawlerRequest.Builder> more) {
    glue.createCrawler(r -> {
      r.name("c").role("arn:aws:iam::000000000000:role/svc/Crawl").databaseName("db");
      r.targets(t -> t.s3Targets(S3Target.builder().path(path).build()));
      more.accept(r);
    });
  }

  private void create(String path) {
    create(path, _ -> {});
  }

  private static SchemaChangePolicy policy(UpdateBehavior update, DeleteBehavior delete) {
    return SchemaChangePolicy.builder().updateBehavior(update).deleteBehavior(delete).build();
  }

  /// Waits for the next event of a crawl's end.
  private Event end() throws InterruptedException {
    while (true) {
      Event event = events.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("the crawl ended within a minute").isNotNull();
      if (!"Started".equals(event.detail().get("state"))) {
        return event;
      }
    }
  }

  /// Runs the crawler and answers its event.
  private Map<String, Object> crawl() throws InterruptedException {
    platform.time().advance(Duration.ofMinutes(1));
    glue.startCrawler(r -> r.name("c"));
    return end().detail();
  }

  private Map<String, Object> succeed() throws InterruptedException {
    Map<String, Object> detail = crawl();
    assertThat(detail).containsEntry("state", "Succeeded");
    return detail;
  }

  private List<Table> tables() {
    return glue.getTables(r -> r.databaseName("db")).tableList();
  }

  private Table table(String name) {
    return glue.getTable(r -> r.databaseName("db").name(name)).table();
  }

  private List<Partition> partitions(String table) {
    return glue.getPartitionsPaginator(r -> r.databaseName("db").tableName(table)).stream()
        .flatMap(page -> page.partitions().stream())
        .toList();
  }

  private static String columns(Table table) {
    return table.storageDescriptor().columns().stream()
        .map(c -> c.name() + " " + c.type())
        .collect(Collectors.joining(", "));
  }

  private Crawler crawler() {
    return glue.getCrawler(r -> r.name("c")).crawler();
  }

  @Test
  void aJsonTableIsWrittenAsRealCrawlersWriteIt() throws Exception {
    put("events/year=2020/month=1/a.json", ROWS);
    put("events/year=2020/month=2/b.json", ROWS + ROWS);
    create("s3://lake/events", r -> r.tablePrefix("p_"));
    succeed();
    Table table = table("p_events");
    assertThat(table.owner()).isEqualTo("owner");
    assertThat(table.retention()).isZero();
    assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
    assertThat(table.createdBy())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/Crawl/AWS-Crawler");
    assertThat(table.lastAccessTime()).isNotNull();
    assertThat(table.partitionKeys())
        .extracting(c -> c.name() + " " + c.type())
        .containsExactly("year string", "month string");
    StorageDescriptor storage = table.storageDescriptor();
    assertThat(storage.location()).isEqualTo("s3://lake/events/");
    assertThat(storage.numberOfBuckets()).isEqualTo(-1);
    assertThat(storage.compressed()).isFalse();
    assertThat(storage.storedAsSubDirectories()).isFalse();
    assertThat(storage.inputFormat()).isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
    assertThat(storage.outputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
    assertThat(storage.serdeInfo().serializationLibrary())
        .isEqualTo("org.openx.data.jsonserde.JsonSerDe");
    assertThat(storage.serdeInfo().parameters()).isEqualTo(Map.of("paths", "id,name"));
    assertThat(columns(table)).isEqualTo("id int, name string");
    String crawlId = glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().crawlId();
    Map<String, String> expected =
        new java.util.TreeMap<>(
            Map.of(
                "CrawlerSchemaSerializerVersion", "1.0",
                "CrawlerSchemaDeserializerVersion", "1.0",
                "UPDATED_BY_CRAWLER", "c",
                "CRAWL_RUN_ID", crawlId,
                "averageRecordSize", "20",
                "recordCount", "6",
                "objectCount", "2",
                "sizeKey", Long.toString(3L * ROWS.length()),
                "classification", "json",
                "compressionType", "none"));
    expected.put("typeOfData", "file");
    expected.put("partition_filtering.enabled", "true");
    assertThat(table.parameters()).isEqualTo(expected);
    assertThat(storage.parameters()).isEqualTo(expected);
    List<Partition> partitions = partitions("p_events");
    assertThat(partitions)
        .extracting(Partition::values)
        .containsExactly(List.of("2020", "1"), List.of("2020", "2"));
    Partition second = partitions.get(1);
    assertThat(second.storageDescriptor().location())
        .isEqualTo("s3://lake/events/year=2020/month=2/");
    assertThat(second.storageDescriptor().columns()).isEqualTo(storage.columns());
    assertThat(second.storageDescriptor().serdeInfo()).isEqualTo(storage.serdeInfo());
    assertThat(second.parameters()).containsEntry("recordCount", "4");
  }

  @Test
  void aCsvTableSaysHowItIsSeparated() throws Exception {
    put("sales/a.csv", "Id;Amount\n1;2.5\n2;3\n");
    create("s3://lake/sales/");
    succeed();
    Table table = table("sales");
    assertThat(columns(table)).isEqualTo("id bigint, amount double");
    assertThat(table.parameters())
        .containsEntry("classification", "csv")
        .containsEntry("delimiter", ";")
        .containsEntry("columnsOrdered", "true")
        .containsEntry("areColumnsQuoted", "false")
        .containsEntry("skip.header.line.count", "1")
        .doesNotContainKey("partition_filtering.enabled");
    assertThat(table.storageDescriptor().serdeInfo().serializationLibrary())
        .isEqualTo("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe");
    assertThat(table.storageDescriptor().serdeInfo().parameters())
        .isEqualTo(Map.of("field.delim", ";"));
  }

  @Test
  void customClassifiersComeFirst() throws Exception {
    glue.createClassifier(r ->
        r.csvClassifier(c ->
            c.name("hash")
                .delimiter("#")
                .quoteSymbol("'")
                .containsHeader("PRESENT")
                .header("a", "b")));
    glue.createClassifier(r -> r.jsonClassifier(c -> c.name("rows").jsonPath("$.rows[*]")));
    put("t/csv/f", "x#y\n1#'2#3'\n");
    put("t/json/f", "{\"rows\":[{\"n\":1},{\"n\":2}]}");
    create("s3://lake/t/", r -> r.classifiers("hash", "rows"));
    succeed();
    Table csv = table("csv");
    assertThat(columns(csv)).isEqualTo("a bigint, b string");
    assertThat(csv.storageDescriptor().serdeInfo().serializationLibrary())
        .isEqualTo("org.apache.hadoop.hive.serde2.OpenCSVSerde");
    assertThat(csv.storageDescriptor().serdeInfo().parameters())
        .containsEntry("quoteChar", "'")
        .containsEntry("separatorChar", "#");
    assertThat(csv.parameters())
        .containsEntry("areColumnsQuoted", "true")
        .containsEntry("customSerde", "OpenCSVSerDe");
    assertThat(columns(table("json"))).isEqualTo("n int");
    assertThat(glue.getClassifiers(r -> {}).classifiers()).hasSize(2);
    glue.updateClassifier(r -> r.jsonClassifier(c -> c.name("rows").jsonPath("$")));
    var updated = glue.getClassifier(r -> r.name("rows")).classifier().jsonClassifier();
    assertThat(updated.version()).isEqualTo(2);
    assertThatThrownBy(
            () -> glue.createClassifier(r -> r.grokClassifier(g -> g.name("g").grokPattern("x"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("GrokClassifier is not supported.");
    assertThatThrownBy(
            () -> glue.createClassifier(r -> r.jsonClassifier(c -> c.name("x").jsonPath("$..x"))))
        .isInstanceOf(InvalidInputException.class);
    glue.deleteClassifier(r -> r.name("rows"));
    assertThatThrownBy(() -> glue.getClassifier(r -> r.name("rows")))
        .isInstanceOf(EntityNotFoundException.class);
  }

  private byte[] parquet(String select) throws Exception {
    Path file = directory.resolve("made.parquet");
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    return Files.readAllBytes(file);
  }

  @Test
  void parquetThatIsCutShortIsSkippedWithItsReason() throws Exception {
    byte[] file = parquet("SELECT 1 AS \"Id\", 'x' AS name");
    lake.put("lake/t/d=1/good.parquet", file);
    lake.put("lake/t/d=2/good.parquet", file);
    lake.put("lake/t/d=2/cut.parquet", Arrays.copyOf(file, file.length / 2));
    lake.put("lake/t/d=3/cut.parquet", Arrays.copyOf(file, file.length - 1));
    create("s3://lake/t/");
    Map<String, Object> detail = succeed();
    assertThat((String) detail.get("warningMessage"))
        .contains("d=2/cut.parquet was skipped: the Parquet file is cut short")
        .contains("d=3/cut.parquet was skipped");
    assertThat(columns(table("t"))).isEqualTo("id int, name string");
    assertThat(table("t").storageDescriptor().serdeInfo().serializationLibrary())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
    assertThat(table("t").storageDescriptor().serdeInfo().parameters())
        .isEqualTo(Map.of("serialization.format", "1"));
    assertThat(partitions("t")).extracting(p -> p.values().getFirst()).containsExactly("1", "2");
    assertThat(glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().summary())
        .contains("cut.parquet");
  }

  @Test
  void aColumnWhoseTypeChangesIsTextInTheTableAndItselfInPartitions() throws Exception {
    lake.put("lake/t/d=1/a.parquet", parquet("SELECT 1 AS id, 1 AS v"));
    lake.put("lake/t/d=2/a.parquet", parquet("SELECT 1 AS id, 'x' AS v"));
    create("s3://lake/t/");
    succeed();
    assertThat(columns(table("t"))).isEqualTo("id int, v string");
    assertThat(partitions("t"))
        .extracting(p -> p.storageDescriptor().columns().get(1).type())
        .containsExactly("int", "string");
  }

  @Test
  void partitionsCanInheritFromTheTable() throws Exception {
    put("t/d=1/a", "{\"id\":1,\"v\":1}");
    put("t/d=2/a", "{\"id\":1,\"v\":\"x\"}");
    create(
        "s3://lake/t/",
        r ->
            r.configuration(
                """
                {"Version": 1.0, "CrawlerOutput":
                  {"Partitions": {"AddOrUpdateBehavior": "InheritFromTable"}}}
                """));
    succeed();
    assertThat(partitions("t"))
        .extracting(p -> p.storageDescriptor().columns())
        .containsOnly(table("t").storageDescriptor().columns());
  }

  private static byte[] compressed(String text, Compressor compressor) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressor.on(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private interface Compressor {
    OutputStream on(OutputStream out) throws IOException;
  }

  private static byte[] hadoopSnappy(String text) throws IOException {
    byte[] plain = text.getBytes(UTF_8);
    byte[] stored = Snappy.compress(plain);
    return ByteBuffer.allocate(8 + stored.length)
        .putInt(plain.length)
        .putInt(stored.length)
        .put(stored)
        .array();
  }

  @Test
  void compressedTextIsReadAndNamed() throws Exception {
    lake.put("lake/t/gzip/f.gz", compressed(ROWS, GZIPOutputStream::new));
    lake.put("lake/t/zstd/f.zst", compressed(ROWS, ZstdOutputStream::new));
    lake.put("lake/t/bzip2/f.bz2", compressed(ROWS, BZip2CompressorOutputStream::new));
    lake.put("lake/t/framed/f", compressed(ROWS, SnappyFramedOutputStream::new));
    lake.put("lake/t/xerial/f", compressed(ROWS, SnappyOutputStream::new));
    lake.put("lake/t/hadoop/f.snappy", hadoopSnappy(ROWS));
    lake.put(
        "lake/t/zip/f.zip",
        compressed(
            ROWS,
            out -> {
              var zip = new ZipOutputStream(out);
              zip.putNextEntry(new ZipEntry("f"));
              return zip;
            }));
    byte[] cut = compressed(ROWS.repeat(100), GZIPOutputStream::new);
    lake.put("lake/t/cut/f.gz", Arrays.copyOf(cut, cut.length - 20));
    create(
        "s3://lake/t/",
        r -> r.configuration("{\"Version\":1.0,\"Grouping\":{\"TableLevelConfiguration\":3}}"));
    Map<String, Object> detail = succeed();
    assertThat((String) detail.get("warningMessage")).contains("cut/f.gz was skipped");
    assertThat(tables())
        .extracting(t -> t.name() + " " + t.parameters().get("compressionType") + " " + columns(t))
        .containsExactly(
            "bzip2 bzip2 id int, name string",
            "framed snappy id int, name string",
            "gzip gzip id int, name string",
            "hadoop snappy id int, name string",
            "xerial snappy id int, name string",
            "zip zip id int, name string",
            "zstd zstd id int, name string");
  }

  @Test
  void whatIsExcludedHiddenOrEmptyIsNotSeen() throws Exception {
    put("t/a.json", ROWS);
    put("t/b.csv", "x,y\n1,2\n");
    put("t/_SUCCESS", "x");
    put("t/.part", "x");
    put("t/_tmp/x.csv", "x,y\n1,2\n");
    put("t/empty.json", "");
    put("t/tmp/deep/c.csv", "x,y\n1,2\n");
    Files.createDirectories(directory.resolve("lake/lake/t/nothing"));
    glue.createCrawler(r ->
        r.name("c")
            .role("r")
            .databaseName("db")
            .targets(t ->
                t.s3Targets(
                    S3Target.builder()
                        .path("s3://lake/t/")
                        .exclusions("*.csv", "tmp/**")
                        .build())));
    succeed();
    assertThat(tables()).extracting(Table::name).containsExactly("t");
    assertThat(table("t").parameters())
        .containsEntry("objectCount", "1")
        .containsEntry("exclusions", "[\"*.csv\",\"tmp/**\"]");
  }

  @Test
  void anEmptyFolderIsNoTableAndAMissingBucketFails() throws Exception {
    create("s3://lake/none/");
    assertThat(succeed()).containsEntry("tablesCreated", "0");
    assertThat(tables()).isEmpty();
    glue.updateCrawler(r ->
        r.name("c").targets(t -> t.s3Targets(S3Target.builder().path("s3://nowhere/x").build())));
    Map<String, Object> detail = crawl();
    assertThat(detail).containsEntry("state", "Failed").containsEntry("message", "Crawler Failed");
    assertThat((String) detail.get("errorMessage")).contains("s3://nowhere/x");
    assertThat(crawler().lastCrawl().status()).isEqualTo(LastCrawlStatus.FAILED);
    assertThat(crawler().lastCrawl().errorMessage()).contains("the bucket does not exist");
    assertThat(crawler().state()).isEqualTo(CrawlerState.READY);
  }

  @Test
  void oddNamesAreCleanedInTablesAndKeptInPlacesAndValues() throws Exception {
    put("Odd Náme+(1)/Key One=a%20b/f'\".json", ROWS);
    put("Odd Náme+(1)/Key One=ü=1/f.json", ROWS);
    create("s3://lake/Odd Náme+(1)");
    succeed();
    Table table = table("odd_n_me__1_");
    assertThat(table.storageDescriptor().location()).isEqualTo("s3://lake/Odd Náme+(1)/");
    assertThat(table.partitionKeys().getFirst().name()).isEqualTo("key one");
    assertThat(partitions(table.name()))
        .extracting(p -> p.values().getFirst(), p -> p.storageDescriptor().location())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a b", "s3://lake/Odd Náme+(1)/Key One=a%20b/"),
            org.assertj.core.groups.Tuple.tuple("ü=1", "s3://lake/Odd Náme+(1)/Key One=ü=1/"));
  }

  @Test
  void aNameThatIsTakenGetsTheDigestOfItsPlace() throws Exception {
    put("a/data/f.json", ROWS);
    put("b/data/f.json", ROWS);
    create(
        "s3://lake/a/data/",
        r ->
            r.targets(t ->
                t.s3Targets(
                    S3Target.builder().path("s3://lake/a/data/").build(),
                    S3Target.builder().path("s3://lake/b/data/").build())));
    succeed();
    assertThat(tables()).extracting(Table::name).hasSize(2).contains("data");
    assertThat(tables().get(1).name()).matches("data_[0-9a-f]{32}");
    Map<String, Object> again = succeed();
    assertThat(again).containsEntry("tablesCreated", "0").containsEntry("tablesUpdated", "0");
  }

  @Test
  void aSingleFileIsATable() throws Exception {
    put("t/one.csv", "x,y\n1,2\n");
    put("t/two.csv", "x,y\n1,2\n");
    create("s3://lake/t/one.csv");
    succeed();
    assertThat(tables()).extracting(Table::name).containsExactly("one_csv");
    assertThat(table("one_csv").storageDescriptor().location()).isEqualTo("s3://lake/t/one.csv");
    assertThat(succeed()).containsEntry("tablesDeleted", "0");
  }

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

  @Test
  void aThresholdOfTablesFailsTheCrawlAndWritesNothing() throws Exception {
    put("t/a/f.json", "{\"a\":1}");
    put("t/b/f.json", "{\"b\":1}");
    create(
        "s3://lake/t/",
        r ->
            r.configuration(
                "{\"Version\":1.0,\"CrawlerOutput\":{\"Tables\":{\"TableThreshold\":1}}}"));
    assertThat(crawl()).containsEntry("state", "Failed");
    assertThat(tables()).isEmpty();
    assertThat(crawler().lastCrawl().errorMessage())
        .contains("The number of tables detected by crawler: 2 is greater than");
  }

  @Test
  void sampleSizeLimitsTheFilesThatAreOpened() throws Exception {
    put("t/d=1/a.json", ROWS);
    put("t/d=1/b.json", "{\"id\":1,\"name\":\"x\",\"unseen\":1}");
    put("t/d=2/a.json", ROWS);
    create(
        "s3://lake/t/",
        r ->
            r.targets(
                t -> t.s3Targets(S3Target.builder().path("s3://lake/t/").sampleSize(1).build())));
    succeed();
    assertThat(columns(table("t"))).isEqualTo("id int, name string");
    assertThat(table("t").parameters()).containsEntry("objectCount", "3");
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

  @Test
  void aCrawlersLifeShowsInStatesHistoryMetricsAndEvents() throws Exception {
    put("t/a.json", ROWS);
    create("s3://lake/t/", r -> r.description("d").tags(Map.of("team", "roads")));
    Crawler fresh = crawler();
    assertThat(fresh.state()).isEqualTo(CrawlerState.READY);
    assertThat(fresh.lastCrawl()).isNull();
    assertThat(fresh.schedule()).isNull();
    assertThat(fresh.version()).isEqualTo(1);
    assertThat(fresh.recrawlPolicy().recrawlBehavior()).isEqualTo(RecrawlBehavior.CRAWL_EVERYTHING);
    assertThat(fresh.schemaChangePolicy())
        .isEqualTo(policy(UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior.DEPRECATE_IN_DATABASE));
    glue.startCrawler(r -> r.name("c"));
    Event started = events.poll(60, TimeUnit.SECONDS);
    assertThat(started.source()).isEqualTo("aws.glue");
    assertThat(started.detailType()).isEqualTo("Glue Crawler State Change");
    assertThat(started.detail())
        .containsEntry("state", "Started")
        .containsEntry("crawlerName", "c");
    Map<String, Object> detail = end().detail();
    assertThat(detail)
        .containsEntry("state", "Succeeded")
        .containsEntry("message", "Crawler Succeeded")
        .containsEntry("crawlerName", "c")
        .containsEntry("accountId", "000000000000")
        .containsEntry("warningMessage", "N/A")
        .containsEntry("tablesCreated", "1")
        .containsKeys("runningTime (sec)", "completionDate", "cloudWatchLogLink");
    LastCrawlInfo last = crawler().lastCrawl();
    assertThat(last.status()).isEqualTo(LastCrawlStatus.SUCCEEDED);
    assertThat(last.logGroup()).isEqualTo("/aws-glue/crawlers");
    assertThat(last.logStream()).isEqualTo("c");
    succeed();
    var crawls = glue.listCrawls(r -> r.crawlerName("c").maxResults(1));
    assertThat(crawls.crawls()).hasSize(1);
    assertThat(crawls.crawls().getFirst().state()).isEqualTo(CrawlerHistoryState.COMPLETED);
    assertThat(glue.listCrawls(r -> r.crawlerName("c").nextToken(crawls.nextToken())).crawls())
        .hasSize(1);
    var filter =
        CrawlsFilter.builder()
            .fieldName(FieldName.STATE)
            .filterOperator(FilterOperator.NE)
            .fieldValue("COMPLETED")
            .build();
    assertThat(glue.listCrawls(r -> r.crawlerName("c").filters(filter)).crawls()).isEmpty();
    var metrics =
        glue.getCrawlerMetrics(r -> r.crawlerNameList("c")).crawlerMetricsList().getFirst();
    assertThat(metrics.tablesCreated()).isZero();
    assertThat(metrics.stillEstimating()).isFalse();
    assertThat(glue.listCrawlers(r -> r.tags(Map.of("team", "roads"))).crawlerNames())
        .containsExactly("c");
    assertThat(glue.listCrawlers(r -> r.tags(Map.of("team", "x"))).crawlerNames()).isEmpty();
    var batch = glue.batchGetCrawlers(r -> r.crawlerNames("c", "no"));
    assertThat(batch.crawlers()).hasSize(1);
    assertThat(batch.crawlersNotFound()).containsExactly("no");
    glue.updateCrawler(r -> r.name("c").description("e"));
    assertThat(crawler().version()).isEqualTo(2);
    assertThat(crawler().targets().s3Targets()).hasSize(1);
    glue.deleteCrawler(r -> r.name("c"));
    assertThat(glue.getCrawlers(r -> {}).crawlers()).isEmpty();
    assertThat(tables()).hasSize(1);
  }

  @Test
  void unknownCrawlersAreRefusedInTheServicesWords() {
    String text = "Crawler entry with name no does not exist";
    for (Runnable call :
        List.<Runnable>of(
            () -> glue.getCrawler(r -> r.name("no")),
            () -> glue.deleteCrawler(r -> r.name("no")),
            () -> glue.listCrawls(r -> r.crawlerName("no")))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(EntityNotFoundException.class)
          .hasMessageContaining(text);
    }
    assertThatThrownBy(() -> glue.startCrawler(r -> r.name("no")))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Crawler with name no does not exist");
    create("s3://lake/t/");
    assertThatThrownBy(() -> create("s3://lake/t/")).isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> glue.stopCrawler(r -> r.name("c")))
        .isInstanceOf(CrawlerNotRunningException.class);
    assertThatThrownBy(() -> glue.startCrawlerSchedule(r -> r.crawlerName("c")))
        .isInstanceOf(NoScheduleException.class);
  }

  @Test
  void whatWeDoNotHaveIsRefusedByName() {
    Map<String, Consumer<CreateCrawlerRequest.Builder>> bad =
        Map.of(
            "Schedule is not supported", r -> r.schedule("cron(0 * * * ? *)"),
            "Targets.DynamoDBTargets is not supported",
                r -> r.targets(t -> t.dynamoDBTargets(DynamoDBTarget.builder().path("t").build())),
            "RecrawlBehavior CRAWL_EVENT_MODE is not supported",
                r -> r.recrawlPolicy(p -> p.recrawlBehavior("CRAWL_EVENT_MODE")),
            "Invalid S3 path",
                r -> r.targets(t -> t.s3Targets(S3Target.builder().path("lake/t").build())),
            "at least one target", r -> r.targets(t -> {}),
            "Classifier nope not found.", r -> r.classifiers("nope"),
            "Configuration is not valid JSON", r -> r.configuration("{"),
            "Grouping has an unknown member X",
                r -> r.configuration("{\"Version\":1.0,\"Grouping\":{\"X\":1}}"),
            "can have only LOG",
                r ->
                    r.recrawlPolicy(p -> p.recrawlBehavior("CRAWL_NEW_FOLDERS_ONLY"))
                        .schemaChangePolicy(
                            policy(UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior.LOG)),
            "'targets.s3Targets.sampleSize'",
                r ->
                    r.targets(t ->
                        t.s3Targets(S3Target.builder().path("s3://b/").sampleSize(250).build())));
    bad.forEach((message, change) ->
        assertThatThrownBy(() -> create("s3://lake/t/", change))
            .isInstanceOf(GlueException.class)
            .hasMessageContaining(message));
    assertThat(glue.listCrawlers(r -> {}).crawlerNames()).isEmpty();
  }

  /// A lake whose listings never end, for as long as it is told so.
  private final class EndlessLake implements Lake {
    final LinkedBlockingQueue<String> listed = new LinkedBlockingQueue<>();

    @Override
    public boolean hasBucket(String bucket) {
      return true;
    }

    @Override
    public Stream<Entry> list(String bucket, String prefix) {
      listed.add(prefix);
      Path file = directory.resolve("none");
      return Stream.generate(
          () -> new Entry(bucket, prefix + "empty", file, 0, TestPlatform.BEGIN));
    }

    @Override
    public List<String> folders(String bucket, String prefix) {
      return List.of();
    }

    @Override
    public Path file(String bucket, String key) {
      return directory.resolve("none");
    }

    @Override
    public Path stage(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(String bucket, Map<Path, String> files) {
      throw new UnsupportedOperationException();
    }
  }

  private EndlessLake startEndless() throws InterruptedException {
    var endless = new EndlessLake();
    close();
    open(endless);
    create("s3://lake/t/");
    glue.startCrawler(r -> r.name("c"));
    assertThat(endless.listed.poll(60, TimeUnit.SECONDS)).isEqualTo("t/");
    return endless;
  }

  @Test
  void aCrawlThatRunsCanBeStoppedAndNothingElse() throws Exception {
    startEndless();
    assertThat(crawler().state()).isEqualTo(CrawlerState.RUNNING);
    platform.time().advance(Duration.ofSeconds(3));
    assertThat(crawler().crawlElapsedTime()).isEqualTo(3000);
    assertThatThrownBy(() -> glue.startCrawler(r -> r.name("c")))
        .isInstanceOf(CrawlerRunningException.class)
        .hasMessageContaining("Crawler with name c has already started");
    assertThatThrownBy(() -> glue.updateCrawler(r -> r.name("c").description("x")))
        .isInstanceOf(CrawlerRunningException.class);
    assertThatThrownBy(() -> glue.deleteCrawler(r -> r.name("c")))
        .isInstanceOf(CrawlerRunningException.class);
    assertThat(glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().state())
        .isEqualTo(CrawlerHistoryState.RUNNING);
    glue.stopCrawler(r -> r.name("c"));
    Event stopped = end();
    assertThat(stopped.detail())
        .containsEntry("state", "Stopped")
        .containsEntry("crawlerName", "c");
    assertThat(crawler().state()).isEqualTo(CrawlerState.READY);
    assertThat(crawler().lastCrawl().status()).isEqualTo(LastCrawlStatus.CANCELLED);
    assertThat(glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().state())
        .isEqualTo(CrawlerHistoryState.STOPPED);
  }

  @Test
  void aCrawlThatWasCutOffIsRunAgainUnderItsId() throws Exception {
    put("t/d=1/a.json", ROWS);
    startEndless();
    String id = glue.listCrawls(r -> r.crawlerName("c")).crawls().getFirst().crawlId();
    close();
    assertThat(events).allMatch(e -> "Started".equals(e.detail().get("state")));
    open(lake);
    assertThat(end().detail()).containsEntry("state", "Succeeded");
    var crawls = glue.listCrawls(r -> r.crawlerName("c")).crawls();
    assertThat(crawls).extracting(CrawlerHistory::crawlId).containsExactly(id);
    assertThat(crawls.getFirst().state()).isEqualTo(CrawlerHistoryState.COMPLETED);
    assertThat(crawler().lastCrawl().status()).isEqualTo(LastCrawlStatus.SUCCEEDED);
    assertThat(table("t").parameters()).containsEntry("CRAWL_RUN_ID", id);
  }

  @Test
  void ofManyWhoStartACrawlerOneDoes() throws Exception {
    put("t/a.json", ROWS);
    startEndless();
    var refused = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.submit(() -> {
          try {
            glue.startCrawler(r -> r.name("c"));
          } catch (CrawlerRunningException e) {
            refused.incrementAndGet();
          }
        });
      }
    }
    assertThat(refused).hasValue(20);
    glue.stopCrawler(r -> r.name("c"));
    end();
  }
}
