package dev.polder.stepfunctions.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.Await;
import dev.polder.kernel.Json;
import dev.polder.kernel.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Where distributed Map states get their items from, and what they make of them.
class ItemReadersTest {
  private static final String GET = "arn:aws:states:::s3:getObject";

  @TempDir private Path directory;
  private OneStore store;
  private Rig rig;
  private final TreeMap<String, byte[]> bucket = new TreeMap<>();

  @BeforeEach
  void open() {
    store = OneStore.in(directory.resolve("store"));
    rig = new Rig(store, directory, TestPlatform.BEGIN);
    rig.buckets.buckets.put("b", bucket);
  }

  @AfterEach
  void close() {
    rig.close();
    store.close();
  }

  private void put(String key, String text) {
    bucket.put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private String mapped(String more) {
    return mapped(more, "{}");
  }

  /// The output of a distributed Map state whose children give back what they are given.
  private String mapped(String more, String input) {
    String definition =
        "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\","
            + more
            + ",\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\","
            + "\"ExecutionType\":\"STANDARD\"},\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":"
            + "\"Pass\",\"End\":true}}},\"End\":true}}}";
    String machine =
        rig.client()
            .createStateMachine(b ->
                b.name("m" + more.hashCode())
                    .roleArn("arn:aws:iam::111111111111:role/r")
                    .definition(definition))
            .stateMachineArn();
    String arn =
        rig.client().startExecution(b -> b.stateMachineArn(machine).input(input)).executionArn();
    Await.until(() -> told(arn).status() != ExecutionStatus.RUNNING);
    DescribeExecutionResponse told = told(arn);
    return told.status() == ExecutionStatus.SUCCEEDED
        ? told.output()
        : told.error() + ": " + told.cause();
  }

  private DescribeExecutionResponse told(String arn) {
    return rig.client().describeExecution(b -> b.executionArn(arn));
  }

  private static String reader(String resource, String config, String key) {
    return "\"ItemReader\":{\"Resource\":\""
        + resource
        + "\",\"ReaderConfig\":"
        + config
        + ",\"Arguments\":{\"Bucket\":\"b\",\""
        + (resource.endsWith("getObject") ? "Key" : "Prefix")
        + "\":\""
        + key
        + "\"}}";
  }

  @Test
  void theRowsOfParquetFilesAreItems() throws Exception {
    Path file = directory.resolve("x.parquet");
    try (var engine = DriverManager.getConnection("jdbc:duckdb:");
        var statement = engine.createStatement()) {
      statement.execute(
          "COPY (SELECT i AS n, 'row ' || i AS name, [i, i + 1] AS list, DATE '2020-05-01' AS day,"
              + " {'a': i} AS deep, CAST(1.5 AS DECIMAL(5,2)) AS d FROM range(3) t(i)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    bucket.put("x.parquet", Files.readAllBytes(file));

    assertThat(mapped(reader(GET, "{\"InputType\":\"PARQUET\",\"MaxItems\":2}", "x.parquet")))
        .isEqualTo(
            "[{\"n\":0,\"name\":\"row 0\",\"list\":[0,1],\"day\":\"2020-05-01\","
                + "\"deep\":{\"a\":0},\"d\":1.5},{\"n\":1,\"name\":\"row 1\",\"list\":[1,2],"
                + "\"day\":\"2020-05-01\",\"deep\":{\"a\":1},\"d\":1.5}]");
    put("y.parquet", "no parquet");
    assertThat(mapped(reader(GET, "{\"InputType\":\"PARQUET\"}", "y.parquet")))
        .startsWith("States.ItemReaderFailed: The Parquet file cannot be read");
  }

  @Test
  void theLinesOfJsonAndTheFieldsOfAnObjectAreItems() {
    put("x.jsonl", "{\"a\":1}\n\n[2]\n");
    put("x.json", "{\"in\":{\"k\":1,\"l\":[2]}}");

    assertThat(mapped(reader(GET, "{\"InputType\":\"JSONL\"}", "x.jsonl")))
        .isEqualTo("[{\"a\":1},[2]]");
    assertThat(
            mapped(
                reader(GET, "{\"InputType\":\"JSON\",\"ItemsPointer\":\"/in\"}", "x.json")
                    + ",\"ItemSelector\":{\"k\":\"{% $states.context.Map.Item.Key %}\","
                    + "\"v\":\"{% $states.context.Map.Item.Value %}\","
                    + "\"from\":\"{% $states.context.Map.Item.Source %}\"}"))
        .isEqualTo(
            "[{\"k\":\"k\",\"v\":1,\"from\":\"s3://b/x.json\"},"
                + "{\"k\":\"l\",\"v\":[2],\"from\":\"s3://b/x.json\"}]");
  }

  @Test
  void theFieldsOfAnObjectThatIsGivenAreItems() {
    assertThat(mapped("\"Items\":\"{% $states.input %}\"", "{\"a\":1,\"b\":{\"c\":2}}"))
        .isEqualTo("[{\"Key\":\"a\",\"Value\":1},{\"Key\":\"b\",\"Value\":{\"c\":2}}]");
  }

  @Test
  void theContentsOfAllListedObjectsAreItems() {
    put("in/1.csv", "n,s\n1,\"a \"\"b\"\"\"\n2,c\n");
    put("in/2.csv", "n,s\n3,d\n");
    String config =
        "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\","
            + "\"Transformation\":\"LOAD_AND_FLATTEN\"}";

    assertThat(mapped(reader("arn:aws:states:::s3:listObjectsV2", config, "in/")))
        .isEqualTo(
            "[{\"n\":\"1\",\"s\":\"a \\\"b\\\"\"},{\"n\":\"2\",\"s\":\"c\"},"
                + "{\"n\":\"3\",\"s\":\"d\"}]");
  }

  @Test
  void theObjectsOfAnInventoryAreItems() throws IOException {
    put(
        "inv/manifest.json",
        "{\"sourceBucket\":\"src\",\"destinationBucket\":\"arn:aws:s3:::b\",\"fileFormat\":\"CSV\","
            + "\"fileSchema\":\"Bucket, Key, Size\",\"files\":[{\"key\":\"inv/data.csv.gz\","
            + "\"size\":1,\"MD5checksum\":\"x\"}]}");
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write("\"src\",\"a/b\",\"7\"\n\"src\",\"c\",\"0\"\n".getBytes(StandardCharsets.UTF_8));
    }
    bucket.put("inv/data.csv.gz", zipped.toByteArray());

    assertThat(mapped(reader(GET, "{\"InputType\":\"MANIFEST\"}", "inv/manifest.json")))
        .isEqualTo(
            "[{\"Bucket\":\"src\",\"Key\":\"a/b\",\"Size\":\"7\"},"
                + "{\"Bucket\":\"src\",\"Key\":\"c\",\"Size\":\"0\"}]");
  }

  @Test
  void theFilesOfAnUnloadAreItems() {
    put("m.csv", "s3://b/out/1\ns3://b/out/2\n");
    put("out/1", "{\"a\":1}\n");
    put("out/2", "{\"a\":2}\n");

    assertThat(
            mapped(
                reader(GET, "{\"InputType\":\"JSONL\",\"ManifestType\":\"ATHENA_DATA\"}", "m.csv")))
        .isEqualTo("[{\"a\":1},{\"a\":2}]");
  }

  @Test
  void resultsAreWrittenByHowTheyEnded() {
    String output =
        mapped(
            "\"Items\":[1,2,3],\"ItemBatcher\":{\"MaxItemsPerBatch\":2},\"ResultWriter\":{"
                + "\"Resource\":\"arn:aws:states:::s3:putObject\",\"WriterConfig\":{"
                + "\"OutputType\":\"JSONL\",\"Transformation\":\"COMPACT\"},"
                + "\"Arguments\":{\"Bucket\":\"b\",\"Prefix\":\"out\"}}");

    assertThat(output).contains("\"ResultWriterDetails\":{\"Bucket\":\"b\",\"Key\":\"out/");
    String key = bucket.keySet().stream().filter(k -> k.endsWith(".jsonl")).findFirst().orElse("");
    assertThat(new String(bucket.get(key), StandardCharsets.UTF_8))
        .isEqualTo("{\"Items\":[1,2]}\n{\"Items\":[3]}\n");
    String manifest = key.replace("SUCCEEDED_0.jsonl", "manifest.json");
    assertThat(Json.parseObject(new String(bucket.get(manifest), StandardCharsets.UTF_8)))
        .containsEntry("DestinationBucket", "b");
  }
}
