package dev.polder.glue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;
import software.amazon.awssdk.services.glue.model.*;

/// What a first crawl finds in files, and how it writes it down.
class CrawlerTablesTest extends CrawlerFixture {
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
}
