package dev.polder.conformance;

import dev.polder.examples.traffic.lander.Landing;
import dev.polder.examples.traffic.lander.Route;
import dev.polder.examples.traffic.lander.S3Bucket;
import dev.polder.examples.traffic.lander.Tally;
import dev.polder.examples.traffic.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The traffic example on one server, small: deployed, fed and run as a user would.
final class TrafficPipeline {
  private static final LocalDate DAY = LocalDate.of(2020, 4, 30);
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(20);

  private final PolderProcess server;
  private final Map<String, String> outputs;

  private TrafficPipeline(PolderProcess server, Map<String, String> outputs) {
    this.server = server;
    this.outputs = outputs;
  }

  /// Deploys the example's template.
  ///
  /// @param parameters `Name=Value` of the template
  static TrafficPipeline deploy(PolderProcess server, String... parameters) {
    List<String> command = new ArrayList<>(List.of("up"));
    command.add(PolderProcess.root().resolve("examples/traffic").toString());
    command.addAll(List.of("--endpoint", server.endpoint().toString(), "--stack", "traffic"));
    for (String parameter : parameters) {
      command.addAll(List.of("--parameter", parameter));
    }
    PolderProcess.run(command.toArray(String[]::new));
    return of(server);
  }

  /// The example that a server has been given before.
  static TrafficPipeline of(PolderProcess server) {
    Map<String, String> outputs = new HashMap<>();
    try (var cloudFormation = server.client(CloudFormationClient.builder())) {
      var stack = cloudFormation.describeStacks(r -> r.stackName("traffic")).stacks().getFirst();
      stack.outputs().forEach(each -> outputs.put(each.outputKey(), each.outputValue()));
    }
    return new TrafficPipeline(server, outputs);
  }

  String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new IllegalStateException("The stack has no output " + name + ": " + outputs);
    }
    return value;
  }

  /// Lands one day of simulated measurements.
  Tally land(int points, long seed, Path scratch) throws IOException, InterruptedException {
    var start = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    var tally = new Tally();
    try (S3Client s3 = server.client(S3Client.builder().forcePathStyle(true))) {
      var simulator = new Simulator(seed, points, start, 1);
      new Landing(simulator, new S3Bucket(s3, output("LakeBucket")), tally, scratch, Route.XML)
          .run(2);
    }
    return tally;
  }

  /// Starts an execution, or finds the one of this name.
  void start(String name) {
    try (SfnClient states = server.client(SfnClient.builder())) {
      states.startExecution(r ->
          r.stateMachineArn(output("BetterPipelineArn"))
              .name(name)
              .input("{\"scheduledTime\": \"2020-05-01T02:00:00Z\", \"lookbackDays\": 1}"));
    } catch (ExecutionAlreadyExistsException e) {
      // It was acknowledged before the server was killed, and has ended since.
      return;
    }
  }

  /// What became of an execution so far; null if it does not exist.
  @Nullable DescribeExecutionResponse execution(String name) {
    String arn = output("BetterPipelineArn").replace(":stateMachine:", ":execution:") + ":" + name;
    try (SfnClient states = server.client(SfnClient.builder())) {
      return states.describeExecution(r -> r.executionArn(arn));
    } catch (ExecutionDoesNotExistException e) {
      return null;
    }
  }

  /// Waits for an execution to end.
  DescribeExecutionResponse await(String name) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (System.nanoTime() < deadline) {
      DescribeExecutionResponse found = execution(name);
      if (found != null && found.status() != ExecutionStatus.RUNNING) {
        return found;
      }
      LockSupport.parkNanos(POLL);
    }
    throw new IllegalStateException("The execution " + name + " did not end: " + execution(name));
  }

  /// Every row of the target table, in order, as text.
  List<List<String>> minutes() {
    return query("SELECT * FROM minutes ORDER BY recordtimestamp, uniqueid");
  }

  /// The rows of an answer, the header left out; null is `NULL`.
  List<List<String>> query(String sql) {
    try (AthenaClient athena = server.client(AthenaClient.builder())) {
      String id =
          athena
              .startQueryExecution(r ->
                  r.queryString(sql)
                      .workGroup(output("WorkGroupName"))
                      .queryExecutionContext(c -> c.database(output("DatabaseName"))))
              .queryExecutionId();
      awaitQuery(athena, id);
      List<List<String>> rows = new ArrayList<>();
      athena
          .getQueryResultsPaginator(r -> r.queryExecutionId(id))
          .forEach(page ->
              page.resultSet()
                  .rows()
                  .forEach(row ->
                      rows.add(
                          row.data().stream()
                              .map(d -> d.varCharValue() == null ? "NULL" : d.varCharValue())
                              .toList())));
      return rows.subList(1, rows.size());
    }
  }

  private static void awaitQuery(AthenaClient athena, String id) {
    while (true) {
      QueryExecution query = athena.getQueryExecution(r -> r.queryExecutionId(id)).queryExecution();
      QueryExecutionState state = query.status().state();
      if (state == QueryExecutionState.SUCCEEDED) {
        return;
      }
      if (state == QueryExecutionState.FAILED || state == QueryExecutionState.CANCELLED) {
        throw new IllegalStateException(query.status().stateChangeReason());
      }
      LockSupport.parkNanos(POLL);
    }
  }
}
