import dev.polder.kernel.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// The INSERTs of the better state machine: planned by its function, run as its Map runs them.
final class AthenaEtl {
  private static final int POLL_MILLIS = 50;

  private final PolderServer server;
  private final AthenaClient athena;
  private final GlueClient glue;
  private final S3Client s3;
  private final List<QueryExecution> last = new ArrayList<>();
  private String bucket = "";
  private String query = "";
  private List<Range> ranges = List.of();

  AthenaEtl(PolderServer server) {
    this.server = server;
    this.athena = server.client(AthenaClient.builder()).build();
    this.glue = server.client(GlueClient.builder()).build();
    this.s3 = server.client(S3Client.builder().forcePathStyle(true)).build();
  }

  /// What one INSERT fills.
  ///
  /// @param parameters the literals for the text's question marks
  record Range(String start, String end, List<String> parameters) {}

  String bucket() {
    return bucket;
  }

  List<Range> ranges() {
    return ranges;
  }

  void prepare(Landed landed, int days) throws IOException, InterruptedException {
    try (var stacks = server.client(CloudFormationClient.builder()).build()) {
      bucket =
          stacks.describeStacks(r -> r.stackName("traffic")).stacks().getFirst().outputs().stream()
              .filter(output -> output.outputKey().equals("LakeBucket"))
              .findFirst()
              .orElseThrow()
              .outputValue();
    }
    landed.linkInto(server.bucketFolder(bucket));
    glue.startCrawler(r -> r.name("traffic-landing"));
    while (glue.getCrawler(r -> r.name("traffic-landing")).crawler().state() != CrawlerState.READY) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    plan(days);
  }

  @SuppressWarnings("unchecked")
  private void plan(int days) {
    try (var lambda = server.client(LambdaClient.builder()).build()) {
      String name =
          lambda.listFunctionsPaginator().functions().stream()
              .map(function -> function.functionName())
              .filter(function -> function.contains("PlanRanges"))
              .findFirst()
              .orElseThrow();
      String due = Landed.START.plus(Duration.ofDays(days)).toString();
      String input =
          "{\"executionStart\": \"%s\", \"input\": {\"scheduledTime\": \"%s\", \"lookbackDays\": %d}}"
              .formatted(due, due, days);
      String answer =
          lambda
              .invoke(r -> r.functionName(name).payload(SdkBytes.fromUtf8String(input)))
              .payload()
              .asUtf8String();
      var plan = (Map<String, Object>) Json.parse(answer);
      query = (String) plan.get("query");
      ranges =
          ((List<Map<String, Object>>) plan.get("ranges"))
              .stream()
                  .map(range ->
                      new Range(
                          (String) range.get("start"),
                          (String) range.get("end"),
                          (List<String>) range.get("parameters")))
                  .toList();
    }
  }

  /// Removes what a run has written.
  void clear() throws IOException {
    last.clear();
    List<String> keys =
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix("minutes/")).contents().stream()
            .map(object -> object.key())
            .toList();
    for (int from = 0; from < keys.size(); from += 1000) {
      var batch =
          keys.subList(from, Math.min(keys.size(), from + 1000)).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      s3.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(batch)));
    }
    var partitions =
        glue.getPartitionsPaginator(r -> r.databaseName("traffic").tableName("minutes"))
            .stream()
            .flatMap(page -> page.partitions().stream())
            .toList();
    partitions.forEach(partition ->
        glue.deletePartition(r ->
            r.databaseName("traffic").tableName("minutes").partitionValues(partition.values())));
  }

  void run() throws Exception {
    try (var workers = Executors.newFixedThreadPool(Etl.QUERIES)) {
      List<Future<QueryExecution>> all = new ArrayList<>();
      for (Range range : ranges) {
        all.add(workers.submit(() -> insert(range)));
      }
      for (Future<QueryExecution> each : all) {
        last.add(each.get());
      }
    }
  }

  private QueryExecution insert(Range range) throws InterruptedException {
    String id =
        athena
            .startQueryExecution(r ->
                r.queryString(query)
                    .executionParameters(range.parameters())
                    .workGroup("traffic-queries")
                    .queryExecutionContext(context -> context.database("traffic")))
            .queryExecutionId();
    while (true) {
      QueryExecution now = athena.getQueryExecution(r -> r.queryExecutionId(id)).queryExecution();
      QueryExecutionState state = now.status().state();
      if (state == QueryExecutionState.SUCCEEDED) {
        return now;
      }
      if (state != QueryExecutionState.QUEUED && state != QueryExecutionState.RUNNING) {
        throw new IllegalStateException(now.status().stateChangeReason());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /// Where the last run's time went, as Athena tells it.
  List<String> statistics() {
    return last.stream()
        .map(query -> query.statistics())
        .map(s ->
            "query: %d ms = queue %d + planning %d + engine %d + publishing %d, %,d bytes read"
                .formatted(
                    s.totalExecutionTimeInMillis(),
                    s.queryQueueTimeInMillis(),
                    s.queryPlanningTimeInMillis(),
                    s.engineExecutionTimeInMillis(),
                    s.serviceProcessingTimeInMillis(),
                    s.dataScannedInBytes()))
        .toList();
  }
}
