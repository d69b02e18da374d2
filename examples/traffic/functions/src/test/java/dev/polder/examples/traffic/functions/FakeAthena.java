package dev.polder.examples.traffic.functions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.BatchGetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.BatchGetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.TooManyRequestsException;
import software.amazon.awssdk.services.athena.model.UnprocessedQueryExecutionId;

/// Athena as far as the functions use it: queries are remembered by token and stand as a test says.
final class FakeAthena implements AthenaClient {
  final Map<String, StartQueryExecutionRequest> started = new LinkedHashMap<>();
  final Map<String, QueryExecution> executions = new LinkedHashMap<>();
  final List<String> stopped = new ArrayList<>();
  private final Map<String, String> ids = new LinkedHashMap<>();
  private int most = Integer.MAX_VALUE;
  private int batches;

  /// From now on no more than this many queries are taken.
  void takeAtMost(int queries) {
    most = queries;
  }

  int batches() {
    return batches;
  }

  /// How a query stands.
  void stands(String id, QueryExecutionState state, @Nullable String reason, Instant submitted) {
    executions.put(
        id,
        QueryExecution.builder()
            .queryExecutionId(id)
            .status(status ->
                status.state(state).stateChangeReason(reason).submissionDateTime(submitted))
            .statistics(statistics ->
                statistics.dataManifestLocation("s3://lake/results/" + id + "-manifest.csv"))
            .build());
  }

  @Override
  public StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
    if (started.size() >= most) {
      throw TooManyRequestsException.builder().message("You have exceeded the limit").build();
    }
    String id =
        ids.computeIfAbsent(request.clientRequestToken(), token -> "query-" + started.size());
    started.put(id, request);
    return StartQueryExecutionResponse.builder().queryExecutionId(id).build();
  }

  @Override
  public StopQueryExecutionResponse stopQueryExecution(StopQueryExecutionRequest request) {
    stopped.add(request.queryExecutionId());
    return StopQueryExecutionResponse.builder().build();
  }

  @Override
  public BatchGetQueryExecutionResponse batchGetQueryExecution(
      BatchGetQueryExecutionRequest request) {
    batches++;
    if (request.queryExecutionIds().size() > 50) {
      throw new IllegalArgumentException("At most 50 ids");
    }
    return BatchGetQueryExecutionResponse.builder()
        .queryExecutions(
            request.queryExecutionIds().stream()
                .filter(executions::containsKey)
                .map(executions::get)
                .toList())
        .unprocessedQueryExecutionIds(
            request.queryExecutionIds().stream()
                .filter(id -> !executions.containsKey(id))
                .map(id ->
                    UnprocessedQueryExecutionId.builder()
                        .queryExecutionId(id)
                        .errorMessage("unknown")
                        .build())
                .toList())
        .build();
  }

  @Override
  public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
    return GetQueryExecutionResponse.builder()
        .queryExecution(executions.get(request.queryExecutionId()))
        .build();
  }

  @Override
  public String serviceName() {
    return "athena";
  }

  @Override
  public void close() {}
}
