package dev.polder.stepfunctions;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Scope;
import dev.polder.shape.Shapes;
import dev.polder.stepfunctions.maprun.MapRun;
import dev.polder.store.Key;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunRequest;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunResponse;

/// Map runs: what is told of them, and their limits.
final class MapRunOperations {
  private final Engine engine;
  private final Scope scope;

  MapRunOperations(Engine engine, Scope scope) {
    this.engine = engine;
    this.scope = scope;
  }

  private MapRun find(@Nullable String text) {
    Arn arn = Constraints.arn(text, "mapRunArn");
    String[] part = arn.resource().split("[:/]", 4);
    if (part.length != 4 || !part[0].equals("mapRun")) {
      throw StepFunctionsErrors.invalidArn("Resource type not valid in this context: " + part[0]);
    }
    return engine
        .mapRuns()
        .find(arn.scope(scope), part[1], part[2] + ":" + part[3])
        .orElseThrow(() -> StepFunctionsErrors.noResource(String.valueOf(text)));
  }

  /// The name under which the children of a run are listed.
  String listedUnder(@Nullable String mapRunArn) {
    MapRun run = find(mapRunArn);
    return run.machine() + "/" + run.name().substring(0, run.name().lastIndexOf(':'));
  }

  DescribeMapRunResponse describe(DescribeMapRunRequest request) {
    MapRun run = find(request.mapRunArn());
    long running = engine.mapRuns().running(run);
    long children = Math.max(0, run.children());
    MapRun.Counts counts = run.counts();
    long pending = Math.max(0, children - counts.ended() - running);
    // With batches the counts of items are those of their executions, as far as is known.
    MapRunItemCounts items =
        MapRunItemCounts.builder()
            .pending(pending)
            .running(running)
            .succeeded((long) counts.succeeded())
            .failed((long) counts.failed())
            .timedOut((long) counts.timedOut())
            .aborted((long) counts.aborted())
            .total(children)
            .resultsWritten((long) run.ending().resultsWritten())
            .failuresNotRedrivable(0L)
            .pendingRedrive(0L)
            .build();
    return DescribeMapRunResponse.builder()
        .mapRunArn(run.arn())
        .executionArn(run.executionArn())
        .status(run.status().name())
        .startDate(Instant.ofEpochMilli(run.started()))
        .stopDate(ExecutionOperations.instant(run.ending().stopped()))
        .maxConcurrency((int) run.limits().concurrency())
        .toleratedFailureCount(run.limits().failures())
        .toleratedFailurePercentage((float) run.limits().failedPercentage())
        .itemCounts(items)
        .executionCounts(Shapes.copy(items, MapRunExecutionCounts.builder()).build())
        .redriveCount(run.redrives())
        .redriveDate(ExecutionOperations.instant(run.redriven()))
        .build();
  }

  ListMapRunsResponse list(ListMapRunsRequest request) {
    ExecutionArn arn = ExecutionArn.parse(request.executionArn(), scope);
    int size = Constraints.page(request.maxResults());
    Key after = PageToken.parse(request.nextToken(), 1024);
    if (engine.executions().head(arn.key()).isEmpty()) {
      throw StepFunctionsErrors.noExecution(arn.text());
    }
    List<MapRun> found =
        engine.mapRuns().of(arn.key().scope(), arn.key().machine(), arn.text()).stream()
            .dropWhile(run -> after != null && run.name().compareTo(after.string(-1)) <= 0)
            .limit(size + 1L)
            .toList();
    boolean more = found.size() > size;
    List<MapRun> page = more ? found.subList(0, size) : found;
    List<MapRunListItem> runs =
        page.stream()
            .map(run ->
                MapRunListItem.builder()
                    .mapRunArn(run.arn())
                    .executionArn(run.executionArn())
                    .stateMachineArn(MachineArn.of(scope, run.machine(), null))
                    .startDate(Instant.ofEpochMilli(run.started()))
                    .stopDate(ExecutionOperations.instant(run.ending().stopped()))
                    .build())
            .toList();
    return ListMapRunsResponse.builder()
        .mapRuns(runs)
        .nextToken(more ? PageToken.of(Key.of("mapRun", page.getLast().name())) : null)
        .build();
  }

  UpdateMapRunResponse update(UpdateMapRunRequest request) {
    MapRun run = find(request.mapRunArn());
    if (run.status() != MapRun.Status.RUNNING) {
      throw StepFunctionsErrors.validation("Map Run has already completed");
    }
    MapRun.Limits limits = run.limits();
    Integer concurrency = request.maxConcurrency();
    Long failures = request.toleratedFailureCount();
    Float percentage = request.toleratedFailurePercentage();
    engine
        .mapRuns()
        .limit(
            run.limited(
                new MapRun.Limits(
                    concurrency == null ? limits.concurrency() : concurrency,
                    failures == null ? limits.failures() : failures,
                    percentage == null ? limits.failedPercentage() : percentage)));
    return UpdateMapRunResponse.builder().build();
  }
}
