package dev.polder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;

/// A lake by the tools that people use: files in, crawled, listed and queried.
class LakeTest {
  @TempDir static Path directory;
  private static PolderProcess server;
  private static AwsTools tools;

  @BeforeAll
  static void start() throws IOException {
    server = PolderProcess.start(directory.resolve("data"));
    tools = new AwsTools(server, Files.createDirectory(directory.resolve("work")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Path file = tools.directory().resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theCliMovesFilesLargeAndSmall() throws Exception {
    AwsTools.assumeCli();
    var large = new byte[20 << 20];
    new Random(1).nextBytes(large);
    write("in/large", large);
    write("in/day=1/a b+c%.json", "{}");
    write("in/day=2/é.json", "[]");
    assertThat(tools.aws("s3", "mb", "s3://files")).contains("make_bucket: files");
    tools.aws("s3", "cp", "--recursive", "--quiet", "in", "s3://files/raw");
    assertThat(tools.aws("s3", "ls", "--recursive", "--summarize", "s3://files"))
        .contains("20971520 raw/large", "raw/day=1/a b+c%.json", "Total Objects: 3");
    assertThat(tools.aws("s3api", "head-object", "--bucket", "files", "--key", "raw/large"))
        .contains("-3\\\"");
    tools.aws("s3", "sync", "--quiet", "s3://files/raw", "out");
    assertThat(tools.directory().resolve("out/large")).hasBinaryContent(large);
    assertThat(tools.directory().resolve("out/day=2/é.json")).hasContent("[]");
    assertThat(tools.aws("s3", "sync", "s3://files/raw", "out")).doesNotContain("download");
    URI signed = URI.create(tools.aws("s3", "presign", "s3://files/raw/day=1/a b+c%.json").strip());
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(signed).build();
      assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("{}");
    }
    assertThat(tools.refused("s3", "rb", "s3://files")).contains("BucketNotEmpty");
  }

  @Test
  void boto3MovesFilesAndReadsTheCatalogue() {
    AwsTools.assumeBoto3();
    String program =
        """
        import boto3, io, os
        s3 = boto3.client('s3')
        s3.create_bucket(Bucket='python')
        big = os.urandom(17 << 20)
        s3.upload_fileobj(io.BytesIO(big), 'python', 'a/é b')
        out = io.BytesIO()
        s3.download_fileobj('python', 'a/é b', out)
        print(out.getvalue() == big)
        print([o['Key'] for o in s3.list_objects_v2(Bucket='python')['Contents']])
        glue = boto3.client('glue')
        glue.create_database(DatabaseInput={'Name': 'python'})
        for i in range(3):
            glue.create_table(DatabaseName='python', TableInput={
                'Name': 't%d' % i, 'PartitionKeys': [{'Name': 'day', 'Type': 'string'}],
                'StorageDescriptor': {'Columns': [{'Name': 'a', 'Type': 'int'}], 'Location': 's3://python/'}})
        pages = glue.get_paginator('get_tables').paginate(DatabaseName='python', PaginationConfig={'PageSize': 2})
        print([t['Name'] for p in pages for t in p['TableList']])
        made = glue.batch_create_partition(DatabaseName='python', TableName='t0', PartitionInputList=[
            {'Values': [day], 'StorageDescriptor': {'Location': 's3://python/' + day}} for day in ('1', "o'clock")])
        print(made['Errors'])
        print([p['Values'] for p in glue.get_partitions(
            DatabaseName='python', TableName='t0', Expression="day = 'o''clock'")['Partitions']])
        try:
            glue.create_database(DatabaseInput={'Name': 'python'})
        except glue.exceptions.AlreadyExistsException as e:
            print(e.response['Error']['Code'])
        """;
    assertThat(tools.python(program).lines().toList())
        .containsExactly(
            "True",
            "['a/é b']",
            "['t0', 't1', 't2']",
            "[]",
            "[[\"o'clock\"]]",
            "AlreadyExistsException");
  }

  @Test
  void theCliCrawlsAndListsATable() throws Exception {
    AwsTools.assumeCli();
    tools.aws("s3", "mb", "s3://cli");
    write("events/year=2020/month=05/a.json", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"é\"}\n");
    write("events/year=2021/month=01/a.json", "{\"a\":3,\"b\":\"y\"}\n");
    tools.aws("s3", "cp", "--recursive", "--quiet", "events", "s3://cli/events");
    tools.aws("glue", "create-database", "--database-input", "Name=cli");
    tools.aws(
        "glue",
        "create-crawler",
        "--name",
        "cli",
        "--role",
        "arn:aws:iam::000000000000:role/r",
        "--database-name",
        "cli",
        "--targets",
        "S3Targets=[{Path=s3://cli/events/}]");
    tools.aws("glue", "start-crawler", "--name", "cli");
    awaitCrawler("cli");
    assertThat(
            tools.aws(
                "glue",
                "get-table",
                "--database-name",
                "cli",
                "--name",
                "events",
                "--query",
                "Table.[StorageDescriptor.Columns,PartitionKeys][].[Name,Type]",
                "--output",
                "text"))
        .isEqualTo("a\tint\nb\tstring\nyear\tstring\nmonth\tstring\n");
    assertThat(
            tools.aws(
                "glue",
                "get-partitions",
                "--database-name",
                "cli",
                "--table-name",
                "events",
                "--expression",
                "year > '2020'",
                "--query",
                "Partitions[].Values",
                "--output",
                "text"))
        .isEqualTo("2021\t01\n");
    assertThat(tools.refused("glue", "get-table", "--database-name", "cli", "--name", "no"))
        .contains("EntityNotFoundException", "no");
    assertThat(tools.refused("glue", "start-crawler", "--name", "no"))
        .contains("EntityNotFoundException");
    assertThat(
            tools
                .as("123456789012", "eu-west-1")
                .refused("glue", "get-tables", "--database-name", "cli"))
        .contains("EntityNotFoundException");
  }

  private static void awaitCrawler(String name) {
    try (var glue = server.client(GlueClient.builder())) {
      var ended =
          Await.until(
              () -> glue.getCrawler(r -> r.name(name)).crawler(),
              crawler -> crawler.state() == CrawlerState.READY && crawler.lastCrawl() != null);
      assertThat(ended.lastCrawl().statusAsString())
          .as(ended.lastCrawl().errorMessage())
          .isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void everyFormatIsCrawledAndQueried() throws Exception {
    land();
    try (var glue = server.client(GlueClient.builder())) {
      glue.createDatabase(r -> r.databaseInput(d -> d.name("formats")));
      glue.createCrawler(r ->
          r.name("formats")
              .role("arn:aws:iam::000000000000:role/r")
              .databaseName("formats")
              .targets(
                  t -> t.s3Targets(List.of(target("json"), target("csv"), target("parquet")))));
      glue.startCrawler(r -> r.name("formats"));
      awaitCrawler("formats");
      assertThat(glue.getTables(r -> r.databaseName("formats")).tableList())
          .extracting(Table::name)
          .containsExactly("csv", "json", "parquet");
    }
    for (String table : List.of("csv", "json", "parquet")) {
      assertThat(query("SELECT day, sum(id), max(name) FROM " + table + " GROUP BY day ORDER BY 1"))
          .as(table)
          .containsExactly(List.of("1", "3", "é"), List.of("2", "7", "z"));
      assertThat(query("SELECT name FROM " + table + " WHERE day = '2' AND id = 3"))
          .as(table)
          .containsExactly(List.of("y"));
    }
    query(
        "CREATE TABLE made WITH (format = 'PARQUET', external_location = 's3://formats/made/',"
            + " partitioned_by = ARRAY['day']) AS SELECT id, name, day FROM json");
    query("INSERT INTO made SELECT CAST(id AS integer) + 10, name, day FROM csv WHERE day = '1'");
    assertThat(query("SELECT day, count(*) FROM made GROUP BY day ORDER BY day"))
        .containsExactly(List.of("1", "4"), List.of("2", "2"));
    assertThat(query("SHOW PARTITIONS made").stream().map(Object::toString).sorted())
        .containsExactly("[day=1]", "[day=2]");
  }

  private static S3Target target(String folder) {
    return S3Target.builder().path("s3://formats/" + folder + "/").build();
  }

  private static void land() throws IOException, SQLException {
    try (var s3 = server.client(S3Client.builder().forcePathStyle(true))) {
      s3.createBucket(r -> r.bucket("formats"));
      put(s3, "csv/day=1/a.csv", "id,name\n1,x\n2,é\n".getBytes(StandardCharsets.UTF_8));
      put(s3, "csv/day=2/a.csv", "id,name\n3,y\n4,z\n".getBytes(StandardCharsets.UTF_8));
      put(
          s3,
          "json/day=1/a.json.gz",
          gzip("{\"id\":1,\"name\":\"x\"}\n{\"id\":2,\"name\":\"é\"}\n"));
      put(
          s3,
          "json/day=2/a.json.gz",
          gzip("{\"id\":3,\"name\":\"y\"}\n{\"id\":4,\"name\":\"z\"}\n"));
      put(s3, "parquet/day=1/a.parquet", parquet("(1, 'x'), (2, 'é')"));
      put(s3, "parquet/day=2/a.parquet", parquet("(3, 'y'), (4, 'z')"));
    }
  }

  private static void put(S3Client s3, String key, byte[] bytes) {
    s3.putObject(r -> r.bucket("formats").key(key), RequestBody.fromBytes(bytes));
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] parquet(String rows) throws IOException, SQLException {
    Path file = Files.createTempFile(directory, "rows", ".parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM (VALUES "
              + rows
              + ") t(id, name)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    return Files.readAllBytes(file);
  }

  /// The rows of an answer, the header left out where there is one.
  private static List<List<String>> query(String sql) {
    try (var athena = server.client(AthenaClient.builder())) {
      String id =
          athena
              .startQueryExecution(r ->
                  r.queryString(sql)
                      .queryExecutionContext(c -> c.database("formats"))
                      .resultConfiguration(c -> c.outputLocation("s3://formats/results/")))
              .queryExecutionId();
      QueryExecution ended =
          Await.until(
              () -> athena.getQueryExecution(r -> r.queryExecutionId(id)).queryExecution(),
              q ->
                  q.status().state() != QueryExecutionState.QUEUED
                      && q.status().state() != QueryExecutionState.RUNNING);
      assertThat(ended.status().state())
          .as("%s: %s", sql, ended.status().stateChangeReason())
          .isEqualTo(QueryExecutionState.SUCCEEDED);
      return athena.getQueryResults(r -> r.queryExecutionId(id)).resultSet().rows().stream()
          .skip(sql.startsWith("SELECT") ? 1 : 0)
          .map(row -> row.data().stream().map(d -> String.valueOf(d.varCharValue())).toList())
          .toList();
    }
  }
}
