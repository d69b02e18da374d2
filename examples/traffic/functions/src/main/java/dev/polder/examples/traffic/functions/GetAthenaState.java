package dev.polder.examples.traffic.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.BatchGetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;

/**
 * Tells how the started queries stand, all of them as one. Output: the input with {@code
 * AthenaState}: FAILED or CANCELLED as soon as one of them is (and the others are stopped), else
 * RUNNING while one runs or waits, else SUCCEEDED; and {@code AthenaMessage}, why.
 */
public final class GetAthenaState
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  /** The most ids that BatchGetQueryExecution takes. */
  private static final int BATCH = 50;

  private final AthenaClient athena;

  /** The constructor that Lambda calls. */
  public GetAthenaState() {
    this(Clients.athena());
  }

  GetAthenaState(AthenaClient athena) {
    this.athena = athena;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    Fields input = new Fields(event);
    List<String> ids = new ArrayList<>();
    for (Fields query : input.objects("Queries")) {
      ids.add(query.requiredText("QueryExecutionId"));
    }
    List<QueryExecution> executions = executions(ids);
    Optional<QueryExecution> ended =
        executions.stream().filter(GetAthenaState::endedBadly).findFirst();
    if (ended.isPresent()) {
      executions.stream()
          .filter(GetAthenaState::isOpen)
          .forEach(open -> QueryStop.tryStop(athena, open.queryExecutionId()));
      return input.with(
          Map.of(
              "AthenaState",
              ended.get().status().stateAsString(),
              "AthenaMessage",
              why(ended.get())));
    }
    boolean running = executions.stream().anyMatch(GetAthenaState::isOpen);
    return input.with(
        Map.of("AthenaState", running ? "RUNNING" : "SUCCEEDED", "AthenaMessage", ""));
  }

  private List<QueryExecution> executions(List<String> ids) {
    List<QueryExecution> executions = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<String> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
      BatchGetQueryExecutionResponse response =
          athena.batchGetQueryExecution(request -> request.queryExecutionIds(batch));
      if (!response.unprocessedQueryExecutionIds().isEmpty()) {
        var unknown = response.unprocessedQueryExecutionIds().getFirst();
        throw new IllegalStateException(
            "Athena does not tell of query "
                + unknown.queryExecutionId()
                + ": "
                + unknown.errorMessage());
      }
      executions.addAll(response.queryExecutions());
    }
    return executions;
  }

  private static boolean endedBadly(QueryExecution execution) {
    QueryExecutionState state = execution.status().state();
    return state == QueryExecutionState.FAILED || state == QueryExecutionState.CANCELLED;
  }

  private static boolean isOpen(QueryExecution execution) {
    return execution.status().state() != QueryExecutionState.SUCCEEDED && !endedBadly(execution);
  }

  private static String why(QueryExecution execution) {
    String reason = execution.status().stateChangeReason();
    return "Query "
        + execution.queryExecutionId()
        + ": "
        + (reason == null ? "no reason given" : reason);
  }
}
